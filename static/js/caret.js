// Says where the caret of a textarea stands, in pixels from its inner corner: a copy of the text up to there is measured.
const COPIED = ["font", "letterSpacing", "wordSpacing", "tabSize", "textIndent", "padding", "direction"];

export default function caret(text) {
  const copy = document.createElement("div");
  const style = getComputedStyle(text);
  for (const name of COPIED) copy.style[name] = style[name];
  Object.assign(copy.style, { position: "absolute", visibility: "hidden", whiteSpace: "pre-wrap", overflowWrap: "break-word" });
  copy.style.inlineSize = `${text.clientWidth}px`;
  const end = document.createElement("span");
  end.textContent = "\u200b";
  copy.append(text.value.slice(0, text.selectionEnd), end);
  text.after(copy);
  const place = { left: end.offsetLeft, bottom: end.offsetTop + end.offsetHeight - text.scrollTop };
  copy.remove();
  return place;
}
