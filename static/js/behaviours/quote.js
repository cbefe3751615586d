// Offers to reply to the words that are selected within one passage.
import offerAtSelection, { selectedIn } from "../selection.js";

const [LONGEST, AROUND] = [600, 32];

export default function quote(text) {
  offerAtSelection(text.dataset.label, (offer) => {
    const { element: words, range } = selectedIn("[data-passage]") ?? {};
    if (!words || !text.contains(words)) return null;
    const whole = document.createRange();
    whole.selectNodeContents(words);
    if (words.querySelector(".number")) whole.setStartAfter(words.querySelector(".number"));
    if (range.compareBoundaryPoints(Range.START_TO_START, whole) < 0) range.setStart(whole.startContainer, whole.startOffset);
    const exact = range.toString().trim();
    if (!exact || exact.length > LONGEST) return null;
    const [before, after] = [whole.cloneRange(), whole.cloneRange()];
    before.setEnd(range.startContainer, range.startOffset);
    after.setStart(range.endContainer, range.endOffset);
    const around = { prefix: String(before).slice(-AROUND), suffix: String(after).slice(0, AROUND) };
    const asked = new URLSearchParams({ passage: words.dataset.passage, exact, ...around });
    offer.href = `${text.dataset.base}?${asked}#write`;
    return { range, after: words };
  });
}
