// A footnote opens below its paragraph; without this its number leads down to it.
"use strict";
for (const link of [...document.querySelectorAll("a.footnote-ref")].reverse()) {
  const note = document.createElement("div");
  const show = (open) => {
    note.hidden = !open;
    link.setAttribute("aria-expanded", open);
  };
  const onKey = (event) => {
    if (event.key === "Escape" && !note.hidden) {
      show(false);
      link.focus();
    } else if (event.key === " " && event.target === link) {
      event.preventDefault();
      link.click();
    }
  };
  note.className = "note";
  note.append(...document.querySelector(link.hash).cloneNode(true).childNodes);
  note.querySelector(".footnote-backref").remove();
  link.closest("article > *").after(note);
  link.setAttribute("role", "button");
  link.setAttribute("aria-label", `Note ${link.textContent}`);
  show(false);
  link.onclick = (event) => {
    event.preventDefault();
    show(note.hidden);
  };
  link.onkeydown = note.onkeydown = onKey;
}
