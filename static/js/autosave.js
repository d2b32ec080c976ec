// Saves each prompt while it is typed. What is not saved says so and stays in the page; nothing goes
// to any storage of the browser.
"use strict";
{
  const REST = 2_000; // milliseconds without a key before a save
  const MOST = 10_000; // between two saves while somebody types on
  const RETRIES = [2, 4, 8, 16, 30]; // seconds
  const KEEPALIVE = 60_000; // bytes: browsers take 64 KiB from a page that is being closed
  const NOT_TAKEN = new Set([400, 404, 413, 415, 422]);
  const TRYING = "Not saved yet, trying again";
  const ELSEWHERE = "This page belongs to another account than the one that is signed in now. " +
    "Nothing is saved there; what you typed stays here.";

  const form = document.querySelector("form[data-token]");
  const prompts = [...document.querySelectorAll(".prompt[data-save]")].map((one) => new Prompt(one));
  const owner = form && new Owner(form);
  const status = form?.querySelector("[data-all-state]");
  let leaving = false; // the form itself is on its way
  let troubled = false; // the status line tells of it

  const later = (prompt, wait) => {
    clearTimeout(prompt.timer);
    prompt.timer = setTimeout(save, wait, prompt);
  };

  function typed(prompt) {
    leaving = false;
    prompt.touched = true;
    prompt.renewToken();
    prompt.since ??= Date.now();
    if (prompt.conflict) return;
    if (!owner.gone && !prompt.tries) prompt.say("Saving…");
    later(prompt, Math.min(REST, Math.max(0, prompt.since + MOST - Date.now())));
  }

  const may = (prompt) =>
    prompt.unsaved && !owner.gone && !prompt.conflict && (prompt.attempt || prompt.refused !== prompt.content());

  // One save at a time for each prompt. Resolves when nothing of it is on its way.
  function save(prompt, options) {
    clearTimeout(prompt.timer);
    prompt.timer = 0;
    if (prompt.busy) {
      prompt.again = true;
      return prompt.busy;
    }
    if (!may(prompt)) return settled(prompt);
    prompt.busy = exchange(prompt, options).finally(() => {
      prompt.busy = null;
      const again = prompt.again && !prompt.tries;
      prompt.again = false;
      return again ? save(prompt) : settled(prompt);
    });
    return prompt.busy;
  }

  function settled(prompt) {
    if (prompt.touched && !prompt.unsaved && !prompt.conflict) {
      prompt.say(prompt.savedLabel);
      prompt.refuse("");
    }
    tell();
  }

  const saveAll = (options) => Promise.all(prompts.map((prompt) => save(prompt, options)));

  async function exchange(prompt, options) {
    prompt.since = null;
    // A text whose fate is unknown is sent again as it was, before anything newer: the server may
    // have it, and would take the newer one for that of another page.
    const { fields, content } = (prompt.attempt ??= prompt.snapshot());
    const { status: code, data } = await owner.post(prompt.address, fields, options);
    const act = code === 200 && "revision" in data ? took
      : code === 409 ? parted
      : NOT_TAKEN.has(code) && refused;
    if (act) {
      prompt.attempt = null;
      prompt.tries = 0;
      act(prompt, data, content);
    } else if (!owner.gone) failed(prompt);
  }

  function took(prompt, data, content) {
    prompt.saved = content;
    prompt.refused = null;
    prompt.hidden("base").value = data.revision;
    prompt.savedLabel = data.state;
    prompt.unchosen?.remove();
    prompt.unchosen = null;
    prompt.offerHistory(data.history);
    prompt.tellWho(data.who);
    if (!prompt.timer && prompt.content() !== content) prompt.again = true;
  }

  function refused(prompt, data, content) {
    prompt.refused = content;
    prompt.say("Not saved", true);
    prompt.refuse(data.message || "This cannot be saved. Copy it and reload the page.");
  }

  function failed(prompt) {
    const wait = RETRIES[Math.min(prompt.tries++, RETRIES.length - 1)];
    prompt.say(TRYING, true);
    later(prompt, wait * 1_000);
  }

  function parted(prompt, data, content) {
    prompt.saved = content; // beside the newest one, but kept
    prompt.say("Two texts: choose one", true);
    prompt.offerHistory(data.history);
    prompt.tellWho(data.who);
    prompt.conflict = new Conflict(prompt, data, () => keepMine(prompt), () => useOther(prompt));
  }

  function goOn(prompt, head) {
    prompt.conflict.panel.remove();
    prompt.conflict = null;
    prompt.hidden("base").value = head;
    prompt.tokenUsed = true; // it speaks for the text that was set aside
    prompt.renewToken();
  }

  function keepMine(prompt) {
    goOn(prompt, prompt.conflict.data.head);
    prompt.saved = null;
    prompt.focus();
    typed(prompt);
    save(prompt);
  }

  // What was typed since the conflict is kept aside as well, before the other text takes its place.
  async function useOther(prompt) {
    let { data } = prompt.conflict;
    if (prompt.content() !== prompt.saved) {
      const { status: code, data: newer } = await owner.post(prompt.address, prompt.snapshot().fields);
      if (code === 409) data = newer;
      else if (code !== 200) return prompt.say("Not saved yet: press again", true);
    }
    goOn(prompt, data.head);
    prompt.replaceInputs(data.form);
    prompt.saved = prompt.content();
    prompt.savedLabel = "Saved";
    settled(prompt);
  }

  const signIn = () => [
    "You are signed out. ",
    make("a", { href: "/accounts/login/", target: "_blank", rel: "noopener" }, "Sign in in a new tab"),
    "; what you typed stays here.",
  ];

  const prove = () => [
    "Not saved yet: your passkey, or a code of your app, is wanted again. ",
    make("a", { href: "/care/secure/", target: "_blank", rel: "noopener" }, "Show it in a new tab"),
    "; what you typed stays here.",
  ];

  const covered = () => (owner.gone === "signed-out" ? signIn() : owner.gone ? [ELSEWHERE]
    : ["There is no connection. What you typed stays here."]);

  function tell() {
    const open = prompts.filter((prompt) => prompt.unsaved);
    const words = () => (owner.gone === "owner" ? [ELSEWHERE] : owner.gone === "proof" ? prove() : signIn());
    if (owner.gone) {
      for (const prompt of open) prompt.say(words(), true);
      announce(words(), true);
    } else if (open.some((prompt) => prompt.tries)) announce([`${TRYING}. Keep this page open.`], true);
    else if (troubled && !open.length) announce(["All saved."]);
  }

  function announce(words, trouble = false) {
    fill(status, words);
    status.classList.toggle("failed", trouble);
    troubled = trouble;
  }

  async function resume() {
    if (cover.on) {
      if (!(await owner.renew())) return cover.draw(...covered());
      cover.lift();
    }
    if (owner.gone) await owner.renew();
    if (!owner.gone) await saveAll();
    tell();
  }

  // The form's own buttons. Everything is saved first, so that the form says nothing new and can't
  // race with a save that is on its way.
  async function submitted(event) {
    const { submitter } = event;
    const open = prompts.some((prompt) => prompt.unsaved || prompt.conflict || prompt.unchosen);
    if (submitter?.name === "finish" && !open) leaving = true;
    if (leaving) return;
    event.preventDefault();
    for (const prompt of prompts) {
      prompt.refused = null;
      if (prompt.unchosen) Object.assign(prompt, { saved: null, touched: true });
    }
    status.textContent = "";
    await (owner.gone ? resume() : saveAll());
    const first = prompts.find((prompt) => prompt.conflict || prompt.unsaved);
    if (first) return stuck(first);
    if (submitter?.name !== "finish") return announce(["All saved."]);
    leaving = true;
    form.requestSubmit(submitter);
  }

  function stuck(prompt) {
    if (!troubled) announce(["Something above is not saved yet."], true);
    (prompt.conflict?.panel ?? prompt.element).scrollIntoView({ block: "nearest" });
    prompt.conflict?.panel.focus();
  }

  if (form) {
    prompts.filter((prompt) => prompt.touched).forEach(typed);
    const of = (event) => prompts.find((prompt) => prompt.inputs.contains(event.target));
    form.addEventListener("input", (event) => of(event) && typed(of(event)));
    form.addEventListener("focusout", (event) => {
      const prompt = of(event);
      if (prompt?.timer && !prompt.tries && !prompt.inputs.contains(event.relatedTarget)) save(prompt);
    });
    form.addEventListener("submit", submitted);
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") resume();
      else if (!leaving) last(save);
    });
    addEventListener("focus", resume);
    addEventListener("online", resume);
    addEventListener("beforeunload", (event) => {
      if (!leaving && prompts.some((prompt) => prompt.unsaved)) event.preventDefault();
    });
    addEventListener("pagehide", () => leaving || last(farewell));
    addEventListener("leave", () => { // exit.js: nothing is waited for, nothing is asked
      last(farewell);
      leaving = true;
    });
    addEventListener("kept", (event) => { // cover.js: shown again by Back
      leaving = false;
      if (!prompts.some((prompt) => prompt.unsaved)) return;
      event.preventDefault();
      resume();
    });
    addEventListener("over", (event) => { // idle.js: the session has ended
      if (!prompts.some((prompt) => prompt.unsaved)) return;
      event.preventDefault();
      owner.gone = "signed-out";
      cover.draw(...covered());
    });
  }

  // No answer is waited for. Where one still was, the newer text takes that token: it tells the
  // server what it goes on from.
  function farewell(prompt, options) {
    clearTimeout(prompt.timer);
    prompt.timer = 0;
    const { fields } = prompt.attempt ?? {};
    if (fields) prompt.hidden("token").value = new Map(fields).get(`${prompt.id}:token`);
    owner.post(prompt.address, prompt.snapshot().fields, options);
  }

  // The last chance of a page that is hidden: within what a browser lets it send.
  function last(send) {
    let room = KEEPALIVE;
    for (const prompt of prompts.filter(({ unsaved }) => unsaved && !owner.gone)) {
      const bytes = String(new URLSearchParams(prompt.fields())).length + 200;
      const keepalive = bytes <= room;
      if (keepalive) room -= bytes;
      send(prompt, { keepalive });
    }
  }
}
