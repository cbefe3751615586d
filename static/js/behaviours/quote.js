// Offers to reply to the words that are selected within one passage, by mouse, finger or caret.
const [LONGEST, AROUND, PAUSE] = [600, 32, 250];

export default function quote(text) {
  const offer = document.createElement("a");
  Object.assign(offer, { className: "button quote-offer", textContent: text.dataset.label });
  let [timer, fresh] = [0, false];

  function selected() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0).cloneRange();
    const words = closest(range.startContainer);
    if (!words || !text.contains(words) || words !== closest(range.endContainer)) return null;
    const whole = document.createRange();
    whole.selectNodeContents(words);
    if (words.querySelector(".number")) whole.setStartAfter(words.querySelector(".number"));
    if (range.compareBoundaryPoints(Range.START_TO_START, whole) < 0) range.setStart(whole.startContainer, whole.startOffset);
    const [before, after] = [whole.cloneRange(), whole.cloneRange()];
    before.setEnd(range.startContainer, range.startOffset);
    after.setStart(range.endContainer, range.endOffset);
    return { words, range, exact: range.toString().trim(), before: String(before), after: String(after) };
  }

  function show() {
    if (document.activeElement === offer) return; // going to it by keyboard may end the selection
    const found = selected();
    if (!found?.exact || found.exact.length > LONGEST) return offer.remove();
    const { words, range, exact, before, after } = found;
    const around = { prefix: before.slice(-AROUND), suffix: after.slice(0, AROUND) };
    const asked = new URLSearchParams({ passage: words.dataset.passage, exact, ...around });
    fresh = true;
    offer.href = `${text.dataset.base}?${asked}#write`;
    if (words.nextSibling !== offer) words.after(offer);
    const box = offer.offsetParent.getBoundingClientRect();
    const end = [...range.getClientRects()].pop();
    offer.style.top = `${end.bottom - box.top + 6}px`;
    offer.style.left = `${Math.max(0, Math.min(end.right - box.left - 40, box.width - offer.offsetWidth))}px`;
  }

  document.addEventListener("selectionchange", () => {
    clearTimeout(timer);
    timer = setTimeout(show, PAUSE);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") offer.remove();
    // The next stop after a selection; a browser would count from the focus, which a click has left far above.
    if (event.key !== "Tab" || event.shiftKey || !offer.isConnected || !fresh) return;
    fresh = false;
    event.preventDefault();
    offer.focus();
  });
  // Pressing the button must not take the selection away before it is followed.
  offer.addEventListener("pointerdown", (event) => event.preventDefault());
  show(); // what was selected before this was loaded
}

function closest(node) {
  return (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-passage]");
}
