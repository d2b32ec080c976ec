// Says that the session is about to end by itself, and lets it go on. Asking how much time is left
// does not count as use; everything else that is sent does.
"use strict";
{
  const root = document.documentElement;
  const limit = Number(root.dataset.idle); // seconds; only where a short rest was chosen
  const WARNED = 120; // seconds before the end
  const AGAIN = 15; // seconds between two looks while the warning stands
  let timer = 0;
  let end = 0; // when it is over as far as this page knows
  let token = "";
  let warning = null;

  const later = (seconds) => {
    clearTimeout(timer);
    timer = setTimeout(look, seconds * 1_000);
  };

  async function ask(address, options = {}) {
    const headers = { Accept: "application/json", "X-CSRFToken": token };
    try {
      const response = await fetch(address, { cache: "no-store", redirect: "error", headers, ...options });
      return { status: response.status, data: await response.json().catch(() => ({})) };
    } catch {
      return { status: 0, data: {} };
    }
  }

  async function look() {
    clearTimeout(timer);
    const { status, data } = await ask("/accounts/idle/");
    if (status === 401) return over();
    if (status !== 200) return Date.now() > end ? over() : later(AGAIN);
    token = data.csrf;
    goOn(data.left);
  }

  function goOn(left) {
    end = Date.now() + left * 1_000;
    if (left > WARNED) {
      warning?.close();
      return later(left - WARNED);
    }
    warn(left);
    later(Math.min(AGAIN, left + 1));
  }

  async function stay() {
    const { status, data } = await ask("/accounts/stay/", { method: "POST" });
    if (status === 200) goOn(data.left);
    else look();
  }

  function warn(left) {
    const words = left > 90 ? "about two minutes" : left > 45 ? "about a minute" : left > 20 ? "half a minute" : "a few seconds";
    warning ??= build();
    const text = `You will be signed out in ${words}.`;
    const line = warning.querySelector("h2");
    if (line.textContent !== text) line.textContent = text;
    if (!warning.open) warning.showModal();
  }

  function build() {
    const dialog = document.createElement("dialog");
    dialog.className = "card";
    dialog.setAttribute("role", "alertdialog");
    dialog.setAttribute("aria-labelledby", "idle");
    dialog.setAttribute("aria-describedby", "idle-why");
    dialog.innerHTML = '<h2 id="idle"></h2><p id="idle-why">Nothing was done here for a while. What is saved stays saved.</p><p><button type="button" class="primary" autofocus>Stay signed in</button></p>';
    dialog.querySelector("button").onclick = stay;
    dialog.oncancel = (event) => {
      event.preventDefault(); // Escape means the same: nobody asks for the end by it
      stay();
    };
    return document.body.appendChild(dialog);
  }

  function over() {
    clearTimeout(timer);
    warning?.close();
    if (dispatchEvent(new Event("over", { cancelable: true }))) {
      location.replace(`/accounts/login/?next=${encodeURIComponent(location.pathname)}`);
    }
  }

  if (limit) {
    end = Date.now() + limit * 1_000;
    later(limit - WARNED);
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());
    addEventListener("pageshow", (event) => event.persisted && look());
  }
}
