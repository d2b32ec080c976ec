// Steps that are written one after the other: those after the first blank one wait behind a button.
"use strict";
{
  const fieldOf = (step) => step.querySelector("textarea");

  function close(list) {
    const steps = [...list.querySelectorAll(":scope > .step")];
    const blank = steps.findIndex((step) => !fieldOf(step).value.trim());
    const filled = steps.findLastIndex((step) => fieldOf(step).value.trim());
    const open = blank < 0 ? steps.length : Math.max(blank, filled) + 1;
    steps.forEach((step, index) => { step.hidden = index >= open; });
    if (open < steps.length) list.after(button(steps, open));
  }

  function button(steps, next) {
    const more = make("button", { type: "button", className: "more", ariaExpanded: "false" });
    const name = () => {
      more.textContent = `Next step (${next + 1} of ${steps.length})`;
      more.setAttribute("aria-controls", fieldOf(steps[next]).id);
    };
    more.addEventListener("click", () => {
      const step = steps[next++];
      step.hidden = false;
      if (next < steps.length) name();
      else more.remove();
      fieldOf(step).focus();
    });
    name();
    return more;
  }

  const closeIn = (root) => root.querySelectorAll("[data-steps-open]").forEach(close);
  document.addEventListener("prompt:replaced", (event) => closeIn(event.target));
  closeIn(document);
}
