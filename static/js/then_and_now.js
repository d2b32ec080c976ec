// The numbers of this week stand beside those of the first one: what is chosen below shows at once.
"use strict";
{
  const cells = document.querySelectorAll("[data-now]");

  const none = () => [
    make("span", { ariaHidden: "true" }, "–"),
    make("span", { className: "visually-hidden" }, "no answer"),
  ];

  function show() {
    for (const cell of cells) {
      const inputs = [...document.querySelectorAll(`.exercise .pulse input[name$=".${cell.dataset.now}"]`)];
      const number = inputs.find((one) => one.checked)?.value;
      if (inputs.length) cell.replaceChildren(...(number ? [number] : none()));
    }
  }

  if (cells.length) {
    document.addEventListener("change", show);
    document.addEventListener("prompt:replaced", show);
    show();
  }
}
