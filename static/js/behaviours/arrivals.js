// Says how many replies came since the page was served, with a link to the first of them. It asks less often while nothing
// happens, not at all while nobody looks, and moves nothing on the page.
const [SLOWER, SLOWEST, SPREAD] = [1.5, 10, 0.2];

export default function arrivals(place) {
  const { asked, order, one, many, most } = place.dataset;
  const shortest = place.dataset.every * 1000;
  const link = document.createElement("a");
  let [pause, timer, asking, tag, told] = [shortest, 0, false, "", 0];

  function wait(next) {
    pause = Math.min(next, shortest * SLOWEST);
    // Spread, so that pages which were opened at one time do not ask at one time for ever.
    if (!document.hidden) timer = setTimeout(ask, pause * (1 + SPREAD * Math.random()));
  }

  async function ask() {
    clearTimeout(timer);
    if (asking) return;
    asking = true;
    const answer = await fetch(asked, { headers: tag ? { "If-None-Match": tag } : {} }).catch(() => null);
    const came = answer?.ok ? await answer.json().catch(() => null) : null;
    asking = false;
    if (answer?.status === 404) return; // nobody may read this thread any more
    if (came) tag = answer.headers.get("ETag");
    if (came && came.count !== told) {
      tell(came);
      wait(shortest);
    } else wait(pause * (came || answer?.status === 304 ? SLOWER : 2));
  }

  // The link stays the same one, so that whoever is on it stays there.
  function tell({ count, first }) {
    told = count;
    if (!count) return place.replaceChildren();
    link.href = `/replies/${first}?order=${order}`;
    link.textContent = count === 1 ? one : count < 100 ? many.replace("#", count) : most;
    if (!link.isConnected) place.append(link);
  }

  document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(timer) : ask()));
  wait(shortest);
}
