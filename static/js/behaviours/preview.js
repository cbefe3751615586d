// Shows a text as it will stand while it is being written, by the server's own renderer. The preview button stays.
const PAUSE = 600;

export default function preview(form) {
  const text = form.querySelector("textarea");
  const box = form.querySelector("[data-preview]");
  const shown = box?.querySelector("div");
  if (!text || !shown) return;
  let timer = 0;
  let latest = 0;

  async function show() {
    const asked = ++latest;
    if (!text.value.trim()) {
      box.hidden = true;
      return;
    }
    const body = new URLSearchParams({ body: text.value, csrf_token: form.elements.csrf_token.value });
    const answer = await fetch(form.dataset.previewUrl, { method: "POST", body }).catch(() => null);
    if (!answer?.ok || asked !== latest) return;
    // The server has rendered and sanitised it, exactly as it will stand.
    shown.innerHTML = await answer.text();
    box.hidden = false;
  }

  text.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, PAUSE);
  });
}
