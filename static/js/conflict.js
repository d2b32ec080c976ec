// Two texts for one prompt, both kept by the server: shows the other one until its writer chooses.
"use strict";

class Conflict {
  constructor(prompt, data, keep, other) {
    this.data = data;
    const answer = make("div", { className: "other answer" });
    answer.innerHTML = data.shown || "<p>It is empty there.</p>"; // made and escaped by the server
    // Said aloud, but the focus stays where somebody is typing.
    const message = make("p", { role: "alert" }, make("b", {}, data.message));
    const button = (words, act, name) =>
      make("button", { type: "button", className: name, onclick: act }, words);
    const buttons = make("div", { className: "buttons" }, button("Keep mine", keep, "primary"));
    if (data.form) buttons.append(button("Use the other one", other, "secondary"));
    const names = { className: "notice warn conflict", role: "group", ariaLabel: "Two texts" };
    this.panel = make("div", { ...names, tabIndex: -1 }, message,
      make("p", { className: "meta" }, data.whose ?? "Saved from the other page:"), answer,
      make("p", {}, "Yours is above, as you typed it."), buttons);
    prompt.under.before(this.panel);
  }
}
