// Leaves at once, by the link or by Shift three times: one last attempt to save, the page is wiped,
// and /leave/ ends the session on the way to a site that nobody wonders about. Other open tabs do
// the same. After the component "Exit this page" of GOV.UK.
"use strict";
{
  const TIMES = 3;
  const PAUSE = 5_000; // milliseconds from one press to the next, and for what is said to be heard
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel("leave") : null;
  const said = document.createElement("span");
  let left = false;
  let alone = false; // Shift is down, and no other key or button was
  let count = 0;
  let timer = 0;

  function leave() {
    if (left) return;
    left = true;
    dispatchEvent(new Event("leave")); // whoever holds a text sends it now and waits for nothing
    wipe();
    location.replace("/leave/");
  }

  function wipe() {
    document.title = "Loading";
    const alert = document.createElement("p");
    alert.setAttribute("role", "alert");
    document.body?.replaceChildren(alert);
    alert.textContent = "Loading"; // said more reliably when it comes after its place
  }

  function leaveEverywhere(event) {
    event?.preventDefault();
    tabs?.postMessage("leave");
    leave();
  }

  // Before any other listener, so that no warning about an unsaved text holds anybody back.
  addEventListener("beforeunload", (event) => left && event.stopImmediatePropagation(), true);
  tabs?.addEventListener("message", leave);

  for (const kind of ["click", "auxclick"]) {
    document.addEventListener(kind, (event) => event.target.closest?.("[data-exit]") && leaveEverywhere(event), true);
  }

  function forget(words) {
    if (!count) return;
    clearTimeout(timer);
    show(0, words);
    timer = setTimeout(() => show(0, ""), PAUSE);
  }

  function show(number, words) {
    count = number;
    said.textContent = words;
    for (const link of document.querySelectorAll("[data-exit]")) link.dataset.exit = number || "";
  }

  function press() {
    clearTimeout(timer);
    const more = TIMES - count - 1;
    if (!more) return leaveEverywhere();
    show(count + 1, `Shift: press ${more} more time${more === 1 ? "" : "s"} to leave.`);
    timer = setTimeout(forget, PAUSE, "Leaving was not finished.");
  }

  const other = () => {
    alone = false;
    forget("");
  };
  addEventListener("keydown", (event) => {
    if (event.key !== "Shift" || event.ctrlKey || event.altKey || event.metaKey) other();
    else if (!event.repeat) alone = true;
  }, true);
  addEventListener("keyup", (event) => {
    if (event.key === "Shift" && alone) press();
    alone = false;
  }, true);
  addEventListener("pointerdown", other, true);

  document.addEventListener("DOMContentLoaded", () => {
    said.className = "visually-hidden";
    said.setAttribute("aria-live", "polite");
    document.querySelector(".exit")?.append(said);
  });
}
