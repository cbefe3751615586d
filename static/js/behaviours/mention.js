// Offers the names of members while one types after an @. What it puts there can as well be typed.
import listbox from "../listbox.js";

const PAUSE = 120;
const CALL = /(?<![\p{L}\p{N}@./+&=%_-])@([\p{L}\p{N}][\p{L}\p{M}\p{N}._-]{0,29})?$/u;
const LONGEST = 40;

export default function mention(form) {
  const text = form.querySelector("textarea");
  if (!text || text.readOnly) return;
  const { people, peopleLabel: label, peopleFound: found } = form.dataset;
  const offered = listbox(text, { label, found, take, leave });
  let [timer, latest, left] = [0, 0, -1];

  function called() {
    const caret = text.selectionEnd;
    if (text.selectionStart !== caret) return null;
    const match = CALL.exec(text.value.slice(Math.max(0, caret - LONGEST), caret));
    return match && { start: caret - match[0].length, end: caret, word: match[1] ?? "" };
  }

  function take(name) {
    const call = called();
    offered.close();
    if (!call) return;
    text.setRangeText(`@${name} `, call.start, call.end, "end");
    text.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }

  // Whoever closes the list means no name; it stays closed for this @.
  function leave() {
    left = called()?.start ?? -1;
    offered.close();
  }

  async function ask() {
    const asked = ++latest;
    const call = called();
    if (!call) left = -1;
    if (!call || call.start === left) return offered.close();
    const answer = await fetch(people + encodeURIComponent(call.word)).catch(() => null);
    const names = answer?.ok && answer.headers.get("Content-Type") === "application/json" ? await answer.json() : [];
    if (asked !== latest || document.activeElement !== text) return;
    if (names.length) offered.show(names);
    else offered.close();
  }

  text.addEventListener("input", () => {
    clearTimeout(timer);
    if (called()) timer = setTimeout(ask, PAUSE);
    else ask(); // at once: the next Enter ends a line
  });
  text.addEventListener("pointerdown", offered.close);
}
