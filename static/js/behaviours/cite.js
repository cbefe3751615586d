// Offers to answer with a quotation of the words that are selected within one reply.
import offerAtSelection, { selectedIn } from "../selection.js";

const LONGEST = 1000;

export default function cite(talk) {
  const form = talk.dataset.wrote ? document.querySelector("#write textarea") : null;

  offerAtSelection(talk.dataset.cite, (offer) => {
    const { element: words, range } = selectedIn(".reply .prose") ?? {};
    const quote = range?.toString().trim();
    if (!words || !talk.contains(words) || !quote || quote.length > LONGEST) return null;
    const reply = words.closest(".reply");
    offer.href = `/replies/${reply.id.slice(1)}/answers?${new URLSearchParams({ quote })}#write`;
    offer.onclick = form ? (event) => write(event, reply, quote) : null;
    return { range, after: words };
  });

  // An answer that is being written already gets the quotation at its end.
  function write(event, reply, quote) {
    event.preventDefault();
    const wrote = talk.dataset.wrote.replace("*", reply.querySelector(".who bdi").textContent);
    const lines = quote.split("\n").map((line) => `> ${line}`.trimEnd());
    const cited = [`> [${wrote}](/replies/${reply.id.slice(1)}):`, ">", ...lines, "", ""].join("\n");
    const before = form.value.trimEnd();
    form.value = before + (before ? "\n\n" : "") + cited;
    form.dispatchEvent(new Event("input", { bubbles: true }));
    form.focus();
    event.currentTarget.remove();
  }
}
