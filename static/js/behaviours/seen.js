// Notes which replies were on the screen, and tells the forum at a pause and when the page is left. How long is nobody's business.
const [PAUSE, LARGE] = [1500, 0.6];

export default function seen(element) {
  const { scope, id } = element.dataset;
  const waiting = new Set();
  let [timer, been] = [0, false];

  // In a reply that is taller than the screen, what fills most of it counts.
  function isShown(entry) {
    return entry.isIntersecting && (entry.intersectionRatio >= LARGE || entry.intersectionRect.height >= innerHeight * LARGE);
  }

  const observer = new IntersectionObserver(
    (entries) => {
      for (const entry of entries.filter(isShown)) {
        observer.unobserve(entry.target);
        waiting.add(entry.target.id.slice(1));
      }
      clearTimeout(timer);
      timer = setTimeout(tell, PAUSE);
    },
    { threshold: [0, 0.1, 0.2, 0.3, 0.4, 0.5, LARGE, 0.8, 1] },
  );

  function tell() {
    clearTimeout(timer);
    if (been && !waiting.size) return;
    const told = { [scope]: id, replies: [...waiting].join("."), csrf_token: document.querySelector("[name=csrf_token]").value };
    // A beacon outlives the page; it is lost only where the browser refuses to queue it.
    if (!navigator.sendBeacon("/notices/seen", new URLSearchParams(told))) return;
    been = true;
    waiting.clear();
  }

  for (const reply of document.querySelectorAll("article.reply[id]")) observer.observe(reply);
  timer = setTimeout(tell, PAUSE);
  addEventListener("pagehide", tell);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && tell());
}
