// <writing-help>: looks over what is being written, after a pause, and carries out the answers in the box itself.
// The server looks and keeps nothing; without this script it looks when the form is sent.

import { fileNames, places, swap } from "./box-words.js";

const SENT = ["csrfmiddlewaretoken", "title", "body", "submission_id", "pseudonymous", "fine", "quote"];
const PAUSE = 800; // after the last key

class WritingHelp extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.findings = this.querySelector("[data-findings]");
    this.told = this.querySelector("[data-told]");
    this.typing = () => this.later();
    this.form.addEventListener("input", this.typing);
    this.addEventListener("click", (event) => this.pressed(event));
    this.ready();
    if (this.boxes.some((box) => box.value.trim()) && !this.querySelector(".helper")) this.later();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.form.removeEventListener("input", this.typing);
  }

  get boxes() {
    return [...this.form.elements].filter((box) => box.matches("textarea, input[type=text]"));
  }

  later(pause = PAUSE) {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.timer = setTimeout(() => this.look(), pause);
  }

  async look() {
    const typed = new FormData(this.form);
    const data = new FormData();
    for (const name of SENT) for (const words of typed.getAll(name)) data.append(name, words);
    if (!this.form.elements.body) data.set("body", this.boxes.map((box) => box.value).join("\n\n"));
    for (const name of fileNames(this.form)) data.append("named", name);
    data.set("topic", this.dataset.topic);
    this.asking = new AbortController();
    try {
      const answer = await fetch(this.dataset.url, { method: "POST", body: data, signal: this.asking.signal });
      if (answer.status === 429) return this.later(Number(answer.headers.get("Retry-After")) * 1000);
      if (answer.ok && !answer.redirected) this.show(await answer.text());
    } catch {
      // Away, or overtaken by the next key: the server looks again when the form is sent.
    }
  }

  // The keyboard stays where it was: on the same button, or else on the first of what is left, or in the box.
  show(html) {
    const before = this.marks;
    const focused = this.contains(document.activeElement) ? document.activeElement.value : null;
    const fresh = new DOMParser().parseFromString(html, "text/html").body;
    this.findings.replaceChildren(...fresh.childNodes);
    this.ready();
    const buttons = [...this.querySelectorAll("li button[value]")];
    if (focused !== null) (buttons.find((one) => one.value === focused) ?? buttons[0] ?? this.form.elements.body ?? this.boxes[0]).focus();
    if (this.marks === before) return;
    const words = this.marks === 1 ? "one" : this.marks ? "many" : "none";
    this.told.textContent = this.dataset[words].replace("%n", this.marks);
  }

  get marks() {
    return this.querySelectorAll("li").length;
  }

  ready() {
    for (const button of this.querySelectorAll("[data-find]")) button.hidden = false;
  }

  pressed(event) {
    const button = event.target.closest("button");
    if (!button || (button.name === "swap" && !button.dataset.swaps)) return; // a file gets its other name on the server
    event.preventDefault();
    if (button.dataset.find) return this.find(button.dataset.find);
    if (button.name === "swap") for (const pair of JSON.parse(button.dataset.swaps)) this.boxes.forEach((box) => swap(box, ...pair));
    else button.after(Object.assign(document.createElement("input"), { type: "hidden", name: "fine", value: button.value }));
    button.focus();
    this.later(0);
  }

  // To the first place where the words stand.
  find(words) {
    for (const box of this.boxes) {
      const [at] = places(box, words);
      if (at === undefined) continue;
      box.focus();
      return box.setSelectionRange(at, at + words.length);
    }
  }
}

customElements.define("writing-help", WritingHelp);
