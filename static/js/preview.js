// Shows what a lesson will look like while it is written, and warns before unsaved text is left.
// Without this script the button “Preview” does the first.
"use strict";
{
  const form = document.querySelector("[data-preview]");
  const shown = document.querySelector("[data-preview-shown]");
  const says = document.querySelector("[data-preview-says]");
  const REST = 1_200;  // milliseconds without a key
  const GONE = "The preview cannot be fetched now. What you wrote is still here.";
  let [timer, running, unsaved] = [0, null, Boolean(form.querySelector("[role=alert]"))];

  function say(text) {
    if (says.textContent !== text) says.textContent = text;
  }

  async function look() {
    running?.abort();
    const mine = running = new AbortController();
    const body = new URLSearchParams(new FormData(form));
    const headers = { Accept: "application/json" };
    try {
      const sent = { method: "POST", body, headers, signal: mine.signal, redirect: "error" };
      const response = await fetch(form.dataset.preview, sent);
      const said = await response.json();
      if (said.html !== undefined) shown.innerHTML = said.html;  // made and cleaned by the server
      say(said.message ?? "");
    } catch (error) {
      if (error.name !== "AbortError") say(GONE);
    }
  }

  form.addEventListener("input", () => {
    unsaved = true;
    clearTimeout(timer);
    timer = setTimeout(look, REST);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    unsaved = false;
  });
  addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });
  look();
}
