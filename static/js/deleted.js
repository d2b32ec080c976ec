// Counts the seconds in which a deletion can be undone; when they are over, it is made final.
"use strict";
{
  const box = document.querySelector("[data-undo]");
  const line = box.querySelector("[data-left]");
  const purge = box.querySelector("[data-purge]");
  const end = performance.now() + Number(box.dataset.undo) * 1_000;

  async function over() {
    const options = { method: "POST", body: new URLSearchParams(new FormData(purge)), headers: { Accept: "application/json" } };
    // If this does not arrive, the next page that is opened does it.
    await fetch(purge.action, options).catch(() => null);
    box.remove();
    document.querySelector("[data-over]").textContent = "It is gone for good.";
  }

  function count() {
    const left = Math.ceil((end - performance.now()) / 1_000);
    if (left <= 0) return over();
    line.textContent = left === 1 ? "1 second left." : `${left} seconds left.`;
    setTimeout(count, 250);
  }

  count();
}
