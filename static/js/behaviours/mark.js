// Takes over the words that are selected in a text into the field that asks which ones are meant.
export default function mark(text) {
  const field = document.getElementById(text.dataset.into);
  document.addEventListener("selectionchange", () => {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    if (text.contains(range.commonAncestorContainer)) field.value = range.toString().trim().slice(0, 500);
  });
}
