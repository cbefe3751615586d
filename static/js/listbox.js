// Choices at the caret of a field that keeps the focus, after ARIA's pattern of a combobox; its role itself no textarea may have.
import caret from "./caret.js";

export default function listbox(field, { label, found, take, leave }) {
  const list = document.createElement("ul");
  Object.assign(list, { id: `${field.id}-choices`, className: "listbox", hidden: true, role: "listbox", ariaLabel: label });
  const told = Object.assign(document.createElement("p"), { className: "say", role: "status" });
  field.after(list, told);
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  let at = 0;

  function mark(next) {
    const options = list.children;
    at = (next + options.length) % options.length;
    for (const option of options) option.setAttribute("aria-selected", option === options[at]);
    field.setAttribute("aria-activedescendant", options[at].id);
  }

  function close() {
    list.hidden = true;
    list.replaceChildren();
    field.removeAttribute("aria-activedescendant");
    told.textContent = "";
  }

  function show(choices) {
    list.replaceChildren(...choices.map((choice, number) => {
      const option = document.createElement("li");
      Object.assign(option, { id: `${list.id}-${number}`, role: "option", dir: "auto", textContent: choice });
      return option;
    }));
    list.hidden = false;
    mark((at = 0));
    const place = caret(field);
    list.style.top = `${field.offsetTop + field.clientTop + place.bottom}px`;
    list.style.left = `${field.offsetLeft + Math.max(0, Math.min(place.left, field.clientWidth - list.offsetWidth))}px`;
    list.scrollIntoView({ block: "nearest" });
    told.textContent = found.replace("#", choices.length);
  }

  field.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) mark(at + step);
    else if (event.key === "Enter") take(list.children[at].textContent);
    else if (event.key === "Escape") leave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  field.addEventListener("blur", close);
  // Pressing a choice must not take the focus away before it is taken.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("li");
    if (option) take(option.textContent);
  });
  return { show, close };
}
