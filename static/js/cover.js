// Covers a private page whose person may no longer be the one who looks: a browser can keep a whole
// page for Back, and a session can end by itself. What was typed stays in the page, unseen.
"use strict";
const cover = {
  root: document.documentElement,
  page: null, // what is shown instead

  get on() {
    return "covered" in this.root.dataset;
  },

  draw(...words) {
    this.root.dataset.covered = "";
    if (!words.length) return;
    this.page ??= document.body.appendChild(document.createElement("main"));
    this.page.className = "cover narrow";
    this.page.setAttribute("role", "alert");
    if (this.page.textContent !== words.map((word) => word.textContent ?? word).join("")) this.page.replaceChildren(...words);
  },

  lift() {
    delete this.root.dataset.covered;
    this.page?.remove();
    this.page = null;
  },
};

if ("private" in cover.root.dataset) {
  addEventListener("pagehide", (event) => event.persisted && cover.draw());
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    cover.draw();
    // It may be older than what is saved, and of somebody who has left. A page with a text that is
    // not saved keeps it, and asks who is signed in before it shows it.
    if (dispatchEvent(new Event("kept", { cancelable: true }))) location.reload();
  });
}
