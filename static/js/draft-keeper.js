// <draft-keeper>: keeps on the server what is typed in its form. Nothing stays in the browser.

const SOON = 2000; // after the last key
const LATEST = 10_000; // while one goes on typing

class DraftKeeper extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.words = this.querySelector("[data-saved]");
    this.revision = Number(this.dataset.revision);
    this.form.addEventListener("input", () => this.keep());
    this.form.addEventListener("submit", () => this.rest());
    addEventListener("pagehide", (this.leaving = () => this.leave()));
    if (this.querySelector(".error-summary, [data-asks]")) this.keep();
    else this.count();
  }

  disconnectedCallback() {
    this.rest();
    removeEventListener("pagehide", this.leaving);
  }

  // Save after a pause in typing, and at least every ten seconds.
  keep() {
    this.dirty = true;
    this.count();
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
    const typed = new FormData(this.form);
    const data = new FormData();
    for (const name of ["csrfmiddlewaretoken", "title", "body"]) data.set(name, typed.get(name) ?? "");
    for (const quote of typed.getAll("quote")) data.append("quote", quote);
    data.set("place", this.dataset.place);
    data.set("revision", this.revision);
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
      const answer = await fetch(this.dataset.url, { method: "POST", body: this.data, headers: { Accept: "application/json" }, signal });
      if (!answer.ok) throw answer;
      const { revision, other, words } = await answer.json();
      if (!other) this.revision = revision;
      this.words.textContent = words;
    } catch (fault) {
      if (fault.name !== "AbortError") this.failed(fault);
    }
    this.busy = false;
    if (this.dirty) this.keep();
  }

  // Tried again with the next key, and after a while.
  failed({ status }) {
    this.words.textContent = status === 401 || status === 403 ? this.words.dataset.out : this.words.dataset.failed;
    this.dirty = true;
    this.latest ??= setTimeout(() => this.save(), LATEST);
  }

  leave() {
    if (this.dirty) navigator.sendBeacon(this.dataset.url, this.data);
  }

  // How much still fits, once that matters. Counted as the server counts: in code points.
  count() {
    const box = this.form.elements.body;
    const left = Number(box.dataset.limit) - [...box.value].length;
    if (left < 500) this.words.textContent = this.words.dataset.left.replace("%n", left);
  }
}

customElements.define("draft-keeper", DraftKeeper);
