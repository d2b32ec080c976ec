// Takes the archive in while it is made, and says how far it is. Without this script the form does
// the same, and the browser shows the download.
"use strict";
{
  const form = document.querySelector("[data-export]");
  const button = form.querySelector("button");
  const progress = document.querySelector("[data-export-progress]");
  const says = document.querySelector("[data-export-says]");
  const bar = document.querySelector("[data-export-bar]");
  const START = [0x50, 0x4b, 3, 4];  // of a file in the archive
  const END = [0x50, 0x4b, 5, 6];    // of the list of contents, the last 22 bytes
  const BROKEN = "The file broke off on its way, and nothing was kept of it. Try again.";

  // Where `signature` begins in `bytes`, from `at` on; -1 if nowhere.
  function find(bytes, signature, at = 0) {
    for (let i = bytes.indexOf(0x50, at); i >= 0; i = bytes.indexOf(0x50, i + 1)) {
      if (signature.every((byte, n) => bytes[i + n] === byte)) return i;
    }
    return -1;
  }

  function count(bytes) {
    let found = 0;
    for (let i = find(bytes, START); i >= 0; i = find(bytes, START, i + 4)) found += 1;
    return found;
  }

  function say(text) {
    if (says.textContent !== text) says.textContent = text;
  }

  async function fetched() {
    const body = new URLSearchParams(new FormData(form));
    const response = await fetch(form.action, { method: "POST", body, redirect: "manual" });
    // The proof of who is here has grown old, or the session has ended: the page asks anew.
    if (response.type === "opaqueredirect" || response.status === 403) {
      location.reload();
      return null;
    }
    if (!response.ok) throw new Error(response.status);
    const most = Number(response.headers.get("X-Workbook-Files"));
    const parts = [];
    let [size, files, tail] = [0, 0, new Uint8Array()];
    bar.max = most;
    for (const reader = response.body.getReader(); ;) {
      const { done, value } = await reader.read();
      if (done) break;
      parts.push(value);
      size += value.length;
      // A signature may lie across two pieces: the end of the last one is looked at again.
      const seen = new Uint8Array([...tail, ...value]);
      files += count(seen);
      tail = seen.slice(-3);
      bar.value = Math.min(files, most);
      const last = new TextDecoder("latin1").decode(value).includes("schema.json");
      if (last) say("Your texts are here. Now the PDF is being made.");
      else if (!says.textContent.includes("PDF")) {
        say(`Taking in your texts: file ${files} of up to ${most}.`);
      }
    }
    const whole = new Blob(parts, { type: "application/zip" });
    const end = new Uint8Array(await whole.slice(-22).arrayBuffer());
    if (find(end, END) !== 0) throw new Error("broken");
    bar.value = most;
    say(`Done: workbook.zip, ${Math.max(1, Math.round(size / 1024)).toLocaleString("en")} KB.`);
    return whole;
  }

  function keep(whole) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(whole);
    link.download = "workbook.zip";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button.getAttribute("aria-disabled") === "true") return;
    button.setAttribute("aria-disabled", "true");
    bar.removeAttribute("value");
    bar.hidden = progress.hidden = false;
    say("Looking for everything that you have here.");
    try {
      const whole = await fetched();
      if (whole) keep(whole);
    } catch {
      bar.hidden = true;
      say(BROKEN);
    }
    button.removeAttribute("aria-disabled");
  });
}
