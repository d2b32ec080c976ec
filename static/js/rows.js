// Rows of a list, a table or promises: more of them without a round trip, Enter to the next line.
"use strict";
{
  const NEAR = 0.9; // of the most rows
  const FIELD = "textarea, input:not([type=hidden])";
  const items = (group) => [...group.querySelectorAll("[data-into] > [data-row-item]")];

  // Fields are named "<prompt>.<number>.<column>".
  const numberOf = (item) => Number(item.querySelector("[name]").name.split(".")[1]);

  function add(group) {
    const number = Math.max(0, ...items(group).map(numberOf)) + 1;
    const row = group.querySelector("template[data-row]").cloneNode(true);
    row.innerHTML = row.innerHTML.replaceAll("__row__", number);
    group.querySelector("[data-into]").append(row.content);
    const added = items(group);
    group.querySelector("button.more").hidden = added.length >= group.dataset.most;
    tell(group);
    added.at(-1).querySelector(FIELD).focus();
  }

  // How many more rows there may be, once they come near to their limit.
  function tell(group) {
    const most = Number(group.dataset.most);
    const left = most - items(group).length;
    if (most - left < most * NEAR) return;
    const counter = group.querySelector(":scope > .counter") ?? make("span", { className: "counter", role: "status" });
    group.append(counter);
    counter.textContent = left > 0 ? `${left} row${left === 1 ? "" : "s"} left` : `Full: ${most} rows`;
  }

  const tellIn = (root) => root.querySelectorAll("[data-rows]").forEach(tell);
  document.addEventListener("prompt:replaced", (event) => tellIn(event.target));
  tellIn(document);

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-rows] > button.more");
    if (!button) return;
    event.preventDefault();
    add(button.parentElement);
  });

  document.addEventListener("keydown", (event) => {
    // Enter may also end a word of an input method, and Shift+Enter stays a new line.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    if (!event.target.matches?.("[data-line]")) return;
    event.preventDefault();
    const group = event.target.closest("[data-rows]");
    const all = items(group);
    const next = all[all.indexOf(event.target.closest("[data-row-item]")) + 1];
    if (next) next.querySelector(FIELD).focus();
    else if (all.length < group.dataset.most) add(group);
  });

  // A promise gets its permanent id when it is first typed; saved without one it would get a new
  // id with every save.
  document.addEventListener("input", (event) => {
    const id = event.target.closest?.("[data-row-item]")?.querySelector("[data-new-id]");
    if (id && !id.value) id.value = crypto.randomUUID().replaceAll("-", "");
  }, true);
}
