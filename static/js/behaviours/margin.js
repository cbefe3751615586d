// Opens what is said about a passage beside it, so that the reading place is not lost. Its link leads to the same words.
export default function margin(text) {
  let open = null;

  function close() {
    open?.panel.remove();
    open?.link.removeAttribute("aria-expanded");
    open = null;
  }

  function shown(link, page) {
    const panel = document.createElement("aside");
    panel.className = "beside";
    panel.tabIndex = -1;
    panel.setAttribute("aria-label", page.getElementById("talk-title").textContent);
    const button = document.createElement("button");
    button.className = "quiet";
    button.textContent = text.dataset.close;
    button.addEventListener("click", () => {
      close();
      link.focus();
    });
    const write = document.createElement("a");
    write.href = link.href.replace("#talk", "#write");
    write.textContent = text.dataset.write;
    const voices = page.querySelector("[data-voices]");
    // The same replies may stand in the conversation below: there they keep their ids.
    for (const reply of voices.querySelectorAll("[id]")) reply.removeAttribute("id");
    panel.append(button, voices, ...(page.getElementById("body") ? [write] : []));
    link.closest(".passage").append(panel);
    link.setAttribute("aria-expanded", "true");
    panel.focus({ preventScroll: true });
    panel.scrollIntoView({ block: "nearest" });
    return { link, panel };
  }

  text.addEventListener("click", async (event) => {
    const link = event.target.closest(".margin a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const again = open?.link === link;
    close();
    if (again) return;
    const answer = await fetch(link.href).catch(() => null);
    const page = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
    if (page?.querySelector("[data-voices]")) {
      close();
      open = shown(link, page);
    } else location.assign(link.href);
  });

  text.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !open) return;
    const { link } = open;
    close();
    link.focus();
  });
}
