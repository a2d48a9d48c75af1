// <step-keeper>: keeps a page of a draft on the server while one types. Nothing stays in the browser.

const SOON = 2000; // after the last key
const LATEST = 10_000; // while one goes on typing

class StepKeeper extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.words = this.querySelector("[data-saved]");
    if (!this.words) return; // what others read changes with its button only
    this.form.addEventListener("input", () => this.keep());
    this.form.addEventListener("submit", () => this.rest());
    addEventListener("pagehide", (this.leaving = () => this.leave()));
  }

  disconnectedCallback() {
    if (this.words) this.rest();
    removeEventListener("pagehide", this.leaving);
  }

  keep() {
    this.dirty = true;
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.save(), SOON);
    this.latest ??= setTimeout(() => this.save(), LATEST);
  }

  rest() {
    this.dirty = false;
    clearTimeout(this.soon);
    clearTimeout(this.latest);
    this.latest = null;
    this.saving?.abort();
  }

  async save() {
    if (!this.dirty || this.busy) return;
    clearTimeout(this.latest);
    this.latest = null;
    this.dirty = false;
    this.busy = true;
    this.saving = new AbortController();
    try {
      const { signal } = this.saving;
      const answer = await fetch(this.form.action, { method: "POST", body: new FormData(this.form), headers: { Accept: "application/json" }, signal });
      if (!answer.ok) throw answer;
      this.kept(await answer.json());
    } catch (fault) {
      if (fault.name !== "AbortError") await this.failed(fault);
    }
    this.busy = false;
    if (this.dirty) this.keep();
  }

  // From the first saving on the draft has an address of its own.
  kept({ revision, url, words }) {
    this.form.elements.revision.value = revision;
    this.form.action = url;
    this.words.textContent = words;
  }

  // What the server says is wrong stays until the next key; a lost line is tried again after a while.
  async failed(fault) {
    const { status } = fault;
    if (status === 409 || status === 422) {
      this.words.textContent = (await fault.json()).message;
      return;
    }
    this.words.textContent = status === 401 || status === 403 ? this.words.dataset.out : this.words.dataset.failed;
    this.dirty = true;
    this.latest ??= setTimeout(() => this.save(), LATEST);
  }

  leave() {
    if (this.dirty) fetch(this.form.action, { method: "POST", body: new FormData(this.form), headers: { Accept: "application/json" }, keepalive: true });
  }
}

customElements.define("step-keeper", StepKeeper);
