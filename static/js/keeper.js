// What keeps a form on the server while one types. Nothing stays in the browser.
// A kind of it says what is sent (`data`), where to (`url`), and what an answer changes (`kept`).

import { renew } from "./fresh-token.js";

const SOON = 2000; // after the last key
const LATEST = 10_000; // while one goes on typing
const OUTLIVES = 15_000; // characters that a request may carry when it is to go on after the page is gone: 64 kB

export class Keeper extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.words = this.querySelector("[data-saved]");
    if (!this.live) return;
    this.form.addEventListener("input", () => this.keep());
    this.form.addEventListener("submit", () => this.rest());
    addEventListener("pagehide", (this.leaving = () => this.leave()));
    if ([...this.form.elements].some((box) => box.value !== (box.defaultValue ?? box.value))) this.keep(); // typed before this ran
  }

  disconnectedCallback() {
    if (!this.leaving) return;
    this.rest();
    removeEventListener("pagehide", this.leaving);
  }

  get live() {
    return Boolean(this.words);
  }

  get url() {
    return this.form.action;
  }

  get data() {
    return new FormData(this.form);
  }

  kept({ revision }) {
    this.form.elements.revision.value = revision;
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

  async save() {
    if (!this.dirty || this.busy) return;
    clearTimeout(this.latest);
    this.latest = null;
    this.dirty = false;
    this.busy = true;
    this.saving = new AbortController();
    try {
      const answer = await this.send({ signal: this.saving.signal });
      if (!answer.ok) throw answer;
      const told = await answer.json();
      this.kept(told);
      this.words.textContent = told.words;
    } catch (fault) {
      if (fault.name !== "AbortError") await this.failed(fault);
    }
    this.busy = false;
    if (this.dirty) this.keep();
  }

  // It arrives also when the page is left meanwhile, unless it is very long.
  send(more) {
    const { data } = this;
    const keepalive = [...data.values()].reduce((sum, value) => sum + (value.length ?? value.size), 0) < OUTLIVES;
    return fetch(this.url, { method: "POST", body: data, headers: { Accept: "application/json" }, keepalive, ...more });
  }

  // What the server says is wrong stays until the next key; a lost line is tried again after a while.
  async failed(fault) {
    const { status } = fault;
    if (status === 409 || status === 422) return (this.words.textContent = (await fault.json()).message);
    if (status === 403) renew(); // signed in again in another tab: the next time it is taken
    this.words.textContent = status === 401 || status === 403 ? this.words.dataset.out : this.words.dataset.failed;
    this.dirty = true;
    this.latest ??= setTimeout(() => this.save(), LATEST);
  }

  leave() {
    if (this.dirty) this.send();
  }
}
