// Asking the trainers: the question stays in its box until it stands; what waits without a name is looked after.
import { name } from "./chat-pending.js";
import { post } from "./chat-post.js";

export class ChatAsk {
  // `questions` is the list; it hears what was asked from here. `own` looks after what waits.
  constructor(place, questions, own) {
    Object.assign(this, { place, questions, own });
    this.box = place.querySelector("[data-ask]");
    this.form = this.box?.querySelector("form");
    if (!this.form) return;
    this.error = this.form.querySelector("[data-ask-error]");
    this.words = this.form.querySelector("[name=body]");
    this.form.addEventListener("submit", (event) => this.send(event));
    addEventListener("beforeunload", (event) => this.words.value.trim() && event.preventDefault());
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

  asked({ id, state }) {
    const nameless = this.form.querySelector("[name=nameless]").checked;
    const button = this.form.querySelector("button");
    this.questions.mine.add(id);
    this.form.reset();
    this.words.value = "";
    this.form.querySelector("[name=cid]").value = name();
    this.error.textContent = "";
    this.place.querySelector("[data-told]").textContent = nameless ? button.dataset.nameless : state ? button.dataset.held : button.dataset.named;
    this.box.open = false;
    this.box.querySelector("summary").focus();
    if (state) this.own.look();
  }

  allow(open) {
    if (this.box) this.box.hidden = !open && !this.words.value.trim();
  }
}
