// What trainers say among themselves, what waits for their eyes, and who reads along for a while.
import { name } from "./chat-pending.js";
import { post } from "./chat-post.js";
import { Line } from "./line.js";
import { Stream } from "./chat-stream.js";

export class ChatBack {
  // `question(event)` takes what happened to a question.
  constructor(place, question) {
    Object.assign(this, { place, question });
    this.log = place.querySelector("[data-log]");
    this.form = place.querySelector("[data-composer]");
    this.box = this.form.querySelector("textarea");
    this.error = this.form.querySelector("[data-error]");
    this.form.addEventListener("submit", (event) => this.send(event));
    this.box.addEventListener("keydown", (event) => event.key === "Enter" && !event.shiftKey && !event.isComposing && this.send(event));
    addEventListener("beforeunload", (event) => this.box.value.trim() && event.preventDefault());
    const { ws, news, lastSeq } = place.dataset;
    const stop = () => this.stop();
    this.stream = new Stream({ url: news, last: Number(lastSeq), each: (event) => this.show(event), done: () => {}, asked: () => {}, refused: stop });
    this.line = new Line({
      url: ws,
      after: () => this.stream.last,
      frame: (frame) => frame.type === "events" && this.stream.take(frame),
      state: (state, code) => this.heard(state, code),
      poll: () => this.stream.poll(),
    });
    this.toEnd();
  }

  heard(state, code) {
    if (state === "open") this.stream.stop();
    if (state === "lost") this.stream.forget();
    if (state === "gone" && code !== 4409 && code !== 4410) this.log.replaceChildren();
  }

  show(event) {
    const article = Object.assign(document.createElement("template"), { innerHTML: event.html }).content.firstElementChild;
    if (article.matches(".question")) return this.question(event);
    if (article.matches("[data-rests-now]")) return showRests(article);
    if (!article.matches(".msg")) return;
    const old = document.getElementById(article.id);
    if (old) return old.replaceWith(article);
    if (event.kind === "message") this.log.append(article);
    this.toEnd();
  }

  toEnd() {
    this.log.scrollTop = this.log.scrollHeight;
  }

  // One at a time; the text stays until it stands.
  async send(event) {
    event.preventDefault();
    if (this.busy || !this.box.value.trim()) return;
    this.busy = true;
    const verdict = await post(this.form);
    this.busy = false;
    if (verdict.type === "ack") this.sent();
    else this.error.textContent = verdict.message ?? this.error.dataset.failed;
  }

  sent() {
    this.box.value = this.error.textContent = "";
    this.form.querySelector("[name=cid]").value = name();
  }

  stop() {
    this.line.stop();
    this.stream.stop();
  }
}

// In the menus of messages stands whose writer reads along for a while.
function showRests(list) {
  for (const link of document.querySelectorAll("a[data-rests]")) {
    const { by } = link.closest(".said").querySelector(".msg").dataset;
    link.textContent = list.querySelector(`[data-rested="${CSS.escape(by)}"]`)?.textContent ?? list.dataset.none;
  }
}
