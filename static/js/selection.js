// Offers a link beside the words that are selected, by mouse, finger or caret.
const PAUSE = 250;

// `found(offer)` looks at the selection: it sets the offer's address and returns the range to stand at, and after which
// element, or nothing.
export default function offerAtSelection(label, found) {
  const offer = document.createElement("a");
  Object.assign(offer, { className: "button quote-offer", textContent: label });
  let [timer, fresh] = [0, false];

  function show() {
    if (document.activeElement === offer) return; // going to it by keyboard may end the selection
    const { range, after } = found(offer) ?? {};
    if (!range) return offer.remove();
    fresh = true;
    if (after.nextSibling !== offer) after.after(offer);
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

// Return the selection and the one element of this kind that it begins and ends in, if there is one.
export function selectedIn(kind) {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0).cloneRange();
  const element = closest(range.startContainer, kind);
  return element && element === closest(range.endContainer, kind) ? { element, range } : null;
}

function closest(node, kind) {
  return (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest(kind);
}
