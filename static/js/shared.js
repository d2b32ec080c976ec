// On a shared device the browser is asked not to remember what is typed to sign in.
"use strict";
for (const box of document.querySelectorAll("input[name=shared]")) {
  const mind = () => {
    for (const field of document.querySelectorAll("input[autocomplete]")) {
      field.dataset.usual ??= field.autocomplete;
      field.autocomplete = box.checked ? "off" : field.dataset.usual;
    }
  };
  box.addEventListener("change", mind);
  mind();
}
