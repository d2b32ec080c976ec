// Sends what is typed, for the person this page was made for and for nobody else.
"use strict";

class Owner {
  constructor(form) {
    this.form = form;
    this.gone = ""; // "signed-out", "owner" or "proof" while nothing may be sent
  }

  get mark() {
    return this.form.elements.owner.value;
  }

  // Resolves to {status, data}; status 0 when no whole answer came back.
  async post(address, fields, options = {}) {
    const answer = await this.ask(address, fields, options);
    if (answer.data.error === "token" && (await this.renew())) {
      return this.ask(address, fields, options);
    }
    if (answer.status === 401) this.gone = "signed-out";
    if (["owner", "proof"].includes(answer.data.error)) this.gone = answer.data.error;
    return answer;
  }

  async ask(address, fields, options) {
    const body = fields && new URLSearchParams([
      ...fields, ["owner", this.mark], ["csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value],
    ]);
    try {
      const response = await fetch(address, {
        method: body ? "POST" : "GET",
        body,
        headers: { Accept: "application/json" },
        credentials: "same-origin",
        redirect: "error",
        cache: "no-store",
        signal: AbortSignal.timeout(20_000),
        ...options,
      });
      return { status: response.status, data: await response.json().catch(() => ({})) };
    } catch {
      return { status: 0, data: {} };
    }
  }

  // Takes a new CSRF token if the owner of this page is the one who is signed in.
  async renew() {
    const { status, data } = await this.ask(this.form.dataset.token);
    if (status === 401) this.gone = "signed-out";
    if (status !== 200) return false;
    this.gone = data.owner === this.mark ? "" : "owner";
    if (this.gone) return false;
    for (const field of document.getElementsByName("csrfmiddlewaretoken")) field.value = data.csrf;
    return true;
  }
}
