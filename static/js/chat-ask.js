// Asking the trainers: the question stays in its box until it stands; what waits without a name is looked after.
import { name } from "./chat-pending.js";
import { post } from "./chat-post.js";

const AGAIN = 20_000; // milliseconds between two looks at what waits

export class ChatAsk {
  // `questions` is the list; it hears what was asked from here.
  constructor(place, questions) {
    this.place = place;
    this.questions = questions;
    this.box = place.querySelector("[data-ask]");
    this.form = this.box?.querySelector("form");
    if (!this.form) return;
    this.error = this.form.querySelector("[data-ask-error]");
    this.words = this.form.querySelector("[name=body]");
    this.form.addEventListener("submit", (event) => this.send(event));
    addEventListener("beforeunload", (event) => this.words.value.trim() && event.preventDefault());
    this.timer = setInterval(() => this.mine.querySelector("li") && !document.hidden && this.look(), AGAIN);
  }

  get mine() {
    return this.place.querySelector("[data-own]");
  }

  async send(event) {
    event.preventDefault();
    if (this.busy) return;
    this.busy = true;
    const verdict = await post(this.form);
    this.busy = false;
    if (verdict.type === "ack") this.asked(verdict);
    else this.error.textContent = verdict.message ?? this.error.dataset.failed;
  }

  asked({ id }) {
    const nameless = this.form.querySelector("[name=nameless]").checked;
    const button = this.form.querySelector("button");
    this.questions.mine.add(id);
    this.form.reset();
    this.words.value = "";
    this.form.querySelector("[name=cid]").value = name();
    this.error.textContent = "";
    this.place.querySelector("[data-told]").textContent = nameless ? button.dataset.nameless : button.dataset.named;
    this.box.open = false;
    this.box.querySelector("summary").focus();
    if (nameless) this.look();
  }

  // Only the page itself may know what is one's own: it is asked for, never sent to everyone.
  async look() {
    const page = await fetch(location.pathname).then((answer) => (answer.ok ? answer.text() : ""), () => "");
    const fresh = new DOMParser().parseFromString(page, "text/html").querySelector("[data-own]");
    if (fresh && !this.mine.contains(document.activeElement)) this.mine.replaceWith(document.adoptNode(fresh));
  }

  allow(open) {
    if (this.box) this.box.hidden = !open && !this.words.value.trim();
  }

  stop() {
    clearInterval(this.timer);
  }
}
