// Keeps the place of reading, so that "Go on where you stopped" leads back to it.
"use strict";
{
  const PAUSE = 15_000; // milliseconds between two notes while somebody scrolls
  const article = document.querySelector("#lesson[data-place]");
  const form = document.querySelector("form[data-token]");
  const owner = form && new Owner(form);
  let noted = null;
  let timer = 0;

  function topmost() {
    const blocks = [...article.querySelectorAll(":scope > [id^=b]")].filter((block) => /^b\d+$/.test(block.id));
    // What stays at the top of the window covers what is under it, and a jump stops below.
    const covered = parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0;
    const seen = blocks.find((block) => block.getBoundingClientRect().bottom > covered);
    return seen && seen.getBoundingClientRect().top < innerHeight ? seen.id.slice(1) : null;
  }

  function note(options) {
    clearTimeout(timer);
    timer = 0;
    const place = topmost();
    if (!place || place === noted) return;
    noted = place;
    owner.post(article.dataset.place, [["place", place]], options);
  }

  if (article && owner) {
    addEventListener("scroll", () => { timer ||= setTimeout(note, PAUSE); }, { passive: true });
    document.addEventListener("visibilitychange", () => {
      if (timer && document.visibilityState === "hidden") note({ keepalive: true });
    });
  }
}
