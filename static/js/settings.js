// Text size and line spacing, as chosen on this device. In the head and not deferred, so that
// nothing jumps. "size" and "spacing" are the only two things that are ever kept in the browser.
"use strict";
{
  const root = document.documentElement;

  function read() {
    for (const name of ["size", "spacing"]) {
      let kept = null;
      // A browser may forbid keeping anything; a choice then lasts as long as the page.
      try { kept = localStorage.getItem(name); } catch { continue; }
      root.dataset[name] = /^[0-3]$/.test(kept) ? kept : "0";
    }
    press();
  }

  function press() {
    for (const button of document.querySelectorAll("[data-set]")) {
      button.setAttribute("aria-pressed", (root.dataset[button.dataset.set] ?? "0") === button.value);
    }
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-set]");
    if (!button) return;
    root.dataset[button.dataset.set] = button.value;
    try { localStorage.setItem(button.dataset.set, button.value); } catch { /* as above */ }
    press();
  });

  document.addEventListener("DOMContentLoaded", () => {
    for (const part of document.querySelectorAll("[data-text]")) part.hidden = !part.hidden;
    press();
  });
  addEventListener("storage", read);
  addEventListener("pageshow", read);
  read();
}
