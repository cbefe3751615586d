// Binds each element with data-behaviour to the module of that name; a page without one loads nothing more.
for (const element of document.querySelectorAll("[data-behaviour]")) {
  for (const name of element.dataset.behaviour.split(" ")) {
    import(`./behaviours/${name}.js`).then((module) => module.default(element));
  }
}

// What is wrong with a form is where a reader should be after sending it.
document.getElementById("problems")?.focus();
