// How many characters are left, once a text comes near to its limit.
"use strict";
{
  const NEAR = 0.9; // of the limit
  const QUIET = 1_500; // milliseconds without a key before it is said aloud
  const aloud = make("p", { className: "visually-hidden", role: "status" });
  let timer;

  function words(field) {
    const left = field.maxLength - field.value.length;
    if (left > 0) return `${left.toLocaleString("en")} character${left === 1 ? "" : "s"} left`;
    return `Full: ${field.maxLength.toLocaleString("en")} characters`;
  }

  function count({ target: field }) {
    if (!(field.maxLength > 0)) return;
    const near = field.value.length >= field.maxLength * NEAR;
    const shown = field.nextElementSibling?.matches(".counter") && field.nextElementSibling;
    if (!near) {
      if (shown) shown.remove();
      return;
    }
    const counter = shown || make("span", { className: "counter", ariaHidden: "true" });
    counter.textContent = words(field);
    counter.classList.toggle("over", field.value.length >= field.maxLength);
    if (!shown) field.after(counter);
    clearTimeout(timer);
    timer = setTimeout(() => { aloud.textContent = words(field); }, QUIET);
  }

  document.querySelector(".exercise")?.append(aloud);
  document.addEventListener("input", count);
  document.addEventListener("focusin", count);
}
