// One prompt of the workbook's form: what is typed in it, and what is said beneath it.
"use strict";

const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

// Left alone when it says so already: a link in it keeps the focus.
const fill = (element, words) => {
  const text = words.map((word) => word.textContent ?? word).join("");
  if (element.textContent !== text) element.replaceChildren(...words);
};

class Prompt {
  constructor(element) {
    this.element = element;
    this.form = element.closest("form");
    this.id = element.dataset.prompt;
    this.address = element.dataset.save;
    this.inputs = element.querySelector("[data-inputs]");
    this.under = element.querySelector(".under");
    this.stateLine = element.querySelector("[data-state]");
    this.savedLabel = this.stateLine.textContent;
    // After a conflict without scripts the inputs hold the text that is kept beside the newest.
    this.unchosen = element.querySelector(".conflict");
    this.touched = this.typedAlready();
    this.saved = this.touched ? null : this.content();
    this.tries = 0;
  }

  fields() {
    const own = (name) => name.startsWith(this.id) && [undefined, ".", ":"].includes(name[this.id.length]);
    return [...new FormData(this.form)].filter(([name]) => own(name));
  }

  // Without what the page adds (base, token, week): equal when the answer is equal.
  content(fields = this.fields()) {
    return JSON.stringify(fields.filter(([name]) => !name.includes(":")));
  }

  // Whether somebody typed before this script was here.
  typedAlready() {
    return [...this.inputs.querySelectorAll("textarea, input")].some(
      (field) => field.value !== field.defaultValue || field.checked !== field.defaultChecked,
    );
  }

  snapshot() {
    const fields = this.fields();
    this.tokenUsed = true;
    return { fields, content: this.content(fields) };
  }

  get unsaved() {
    return Boolean(this.busy || this.attempt || (this.touched && this.content() !== this.saved));
  }

  hidden(part) {
    return this.form.elements[`${this.id}:${part}`];
  }

  // A token speaks for one text only: the server takes a known token for a text it has.
  renewToken() {
    if (this.tokenUsed) this.hidden("token").value = crypto.randomUUID();
    this.tokenUsed = false;
  }

  say(message, failed = false) {
    fill(this.stateLine, [message].flat());
    this.under.classList.toggle("failed", failed);
  }

  offerHistory(href) {
    if (href) Object.assign(this.under.querySelector("[data-history]"), { href, hidden: false });
  }

  // Made and escaped by the server; left alone when it says so already.
  tellWho(html) {
    const line = this.element.querySelector("[data-who]");
    if (html && line && line.innerHTML !== html) line.innerHTML = html;
  }

  refuse(message) {
    this.problem?.remove();
    this.problem = null;
    if (!message) return;
    this.problem = make("p", { className: "refused", role: "alert" }, message);
    this.under.before(this.problem);
  }

  replaceInputs(html) {
    this.inputs.innerHTML = html;
    this.element.dispatchEvent(new CustomEvent("prompt:replaced", { bubbles: true }));
    this.focus();
  }

  focus() {
    const field = "textarea, select, input:not([type=hidden])";
    (this.inputs.querySelector("input:checked") || this.inputs.querySelector(field))?.focus();
  }
}
