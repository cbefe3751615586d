// Does the small sum by which the forum tells people from programs (forum/accounts/proof.py). It begins when someone begins to
// write, and is mostly done when they send the form; else the form waits for it. Without it, a moderator lets them in.
const BATCH = 256;
const encoder = new TextEncoder();

export default function prove(said) {
  const form = said.closest("form");
  const { stamp, proof } = form.elements;
  const parts = Number(said.dataset.parts);
  const spare = 32 - said.dataset.bits;
  let [work, waits] = [null, false];
  if (!globalThis.crypto?.subtle) {
    said.textContent = said.dataset.without; // browsers have it on https and on one's own machine alone
    return;
  }

  const begins = (digest) => new DataView(digest).getUint32(0) >>> spare === 0;

  async function search(begin) {
    for (let from = 0; ; from += BATCH) {
      const tries = Array.from({ length: BATCH }, (_, number) => encoder.encode(begin + (from + number)));
      const digests = await Promise.all(tries.map((tried) => crypto.subtle.digest("SHA-256", tried)));
      const found = digests.findIndex(begins);
      if (found >= 0) return from + found;
    }
  }

  async function solve() {
    const found = [];
    for (let part = 0; part < parts; part += 1) {
      found.push(await search(`${stamp.value}:${part}:`));
      if (waits) said.textContent = `${said.dataset.working} ${found.length}/${parts}`;
    }
    proof.value = found.join(".");
  }

  const start = () => (work ??= solve().catch(() => (proof.value = "")));

  form.addEventListener("input", start);
  form.addEventListener("submit", (event) => {
    if (proof.value || waits === "over") return;
    event.preventDefault();
    if (waits) return;
    waits = true;
    said.textContent = said.dataset.working;
    start().then(() => {
      waits = "over";
      form.requestSubmit();
    });
  });
  addEventListener("pageshow", () => {
    [work, waits, proof.value, said.textContent] = [null, false, "", ""]; // one may have come back to a form that was sent
  });
}
