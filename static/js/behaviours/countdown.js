// Says how much of a pause is left, and when it is over. The time at which it ends stands there for whoever has no script.
export default function countdown(place) {
  const { seconds, left, over } = place.dataset;
  const end = performance.now() + seconds * 1000;
  const told = document.createElement("strong");
  told.setAttribute("role", "timer");
  place.append(" ", told);

  function tell() {
    const rest = Math.ceil((end - performance.now()) / 1000);
    if (rest <= 0) {
      // Once, so that those who hear the page are told too.
      place.setAttribute("role", "status");
      place.textContent = over;
      return;
    }
    told.textContent = left.replace("#", clock(rest));
    setTimeout(tell, 1000);
  }

  tell();
}

function clock(rest) {
  const parts = [Math.floor(rest / 3600), Math.floor(rest / 60) % 60, rest % 60];
  const shown = parts[0] ? parts : parts.slice(1);
  return shown.map((part, place) => (place ? String(part).padStart(2, "0") : part)).join(":");
}
