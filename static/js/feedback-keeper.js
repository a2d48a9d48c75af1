// <feedback-keeper>: saves the draft of a trainer's feedback on the server while it is written.

const SOON = 2000; // after the last key
const LATEST = 10_000; // while one goes on typing

class FeedbackKeeper extends HTMLElement {
  connectedCallback() {
    if (!("live" in this.dataset)) return;
    this.form = this.querySelector("form");
    this.words = this.querySelector("[data-saved]");
    this.form.addEventListener("input", () => this.keep());
    this.form.addEventListener("submit", () => this.rest());
    addEventListener("pagehide", (this.leaving = () => this.leave()));
  }

  disconnectedCallback() {
    if (!this.leaving) return;
    this.rest();
    removeEventListener("pagehide", this.leaving);
  }

  // Save after a pause in typing, and at least every ten seconds.
  keep() {
    if (this.over) return;
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

  get data() {
    const data = new FormData(this.form);
    data.set("do", "keep");
    return data;
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
      const answer = await fetch(this.form.action, { method: "POST", body: this.data, headers: { Accept: "application/json" }, signal });
      if (!answer.ok) throw answer;
      const { revision, words } = await answer.json();
      this.form.elements.revision.value = revision;
      this.words.textContent = words;
    } catch (fault) {
      if (fault.name !== "AbortError") await this.failed(fault);
    }
    this.busy = false;
    if (this.dirty) this.keep();
  }

  // Someone else wrote: nothing more is saved by itself, and the form shows both texts when it is sent.
  // Else it is tried again with the next key, and after a while.
  async failed(fault) {
    if (fault.status === 409 || fault.status === 422) {
      this.over = fault.status === 409;
      this.words.textContent = (await fault.json()).message;
      return;
    }
    this.words.textContent = fault.status === 401 || fault.status === 403 ? this.words.dataset.out : this.words.dataset.failed;
    this.dirty = true;
    this.latest ??= setTimeout(() => this.save(), LATEST);
  }

  leave() {
    if (this.dirty) navigator.sendBeacon(this.form.action, this.data);
  }
}

customElements.define("feedback-keeper", FeedbackKeeper);
