// Keeps what is written on the server, a moment after each pause and when the page is left; it overwrites nothing that is newer.
const [PAUSE, AGAIN, LONGEST] = [1500, 10_000, 8000];

export default function draft(state) {
  const form = state.closest("form");
  const [said, newer] = [state.querySelector("[role=status]"), state.querySelector("[data-newer]")];
  const words = { 400: state.dataset.lost, 401: state.dataset.lost, 404: state.dataset.gone, 409: "" };
  const know = (sequence) => document.getElementsByName("sequence").forEach((field) => (field.value = sequence));
  let [timer, unsaved, saving, sent] = [0, false, null, false];

  function changed(pause = PAUSE) {
    unsaved = true;
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  }

  async function save(leaving) {
    clearTimeout(timer);
    if (!unsaved || saving || sent || newer.firstChild) return;
    unsaved = false;
    const again = await (saving = tell(Boolean(leaving)));
    saving = null;
    if (unsaved || again) changed(again || PAUSE);
  }

  async function tell(keepalive) {
    const more = { headers: { Accept: "application/json" }, keepalive, signal: AbortSignal.timeout(LONGEST) };
    const answer = await fetch("/drafts", { method: "POST", body: new FormData(form), ...more }).catch(() => null);
    const told = await answer?.json().catch(() => null);
    if (answer?.ok && told) know(told.sequence);
    if (answer?.status === 409 && told) show(told);
    said.textContent = told?.said ?? words[answer?.status] ?? state.dataset.failed;
    return !answer || answer.status === 429 || answer.status >= 500 ? AGAIN : 0;
  }

  function show({ panel, sequence }) {
    newer.innerHTML = panel;
    newer.querySelector("a")?.addEventListener("click", () => (sent = true));
    newer.querySelector("[data-mine]").addEventListener("click", () => {
      newer.replaceChildren();
      know(sequence);
      changed(0);
    });
  }

  form.addEventListener("input", () => changed());
  addEventListener("submit", (event) => {
    if (!event.target.elements.sequence) return;
    sent = true;
    if (!saving) return;
    event.preventDefault(); // what is under way arrives first: later, it would be a draft of what was sent already
    saving.then(() => event.target.requestSubmit(event.submitter));
  });
  addEventListener("pagehide", () => save(true));
  addEventListener("visibilitychange", () => document.hidden && save(true));
  addEventListener("pageshow", () => (sent = false));
  addEventListener("beforeunload", (event) => newer.firstChild && !sent && event.preventDefault());
  const begun = (text) => text.value !== text.defaultValue; // someone may have written before this was loaded
  if ("unsaved" in state.dataset || [...form.querySelectorAll("textarea")].some(begun)) changed();
}
