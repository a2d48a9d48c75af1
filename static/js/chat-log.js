// The messages on the page: added, replaced, marked as one's own. Stays at the end only for who is there.
import { enter } from "./chat-enter.js";
import { fold, foldWith } from "./chat-fold.js";
import { arrange, mark } from "./chat-layout.js";
import { menuFor } from "./chat-menu.js";

const NEAR = 80; // pixels from the end that count as being there

export class ChatLog {
  constructor(room, voice) {
    Object.assign(this, { room, voice });
    this.box = room.part("log");
    this.tail = room.part("tail"); // what only oneself sees: on its way, or waiting for a trainer
    this.button = room.part("new");
    this.unseen = 0;
    this.button.addEventListener("click", () => this.toEnd());
    this.box.addEventListener("scroll", () => (this.stuck = this.atEnd()) && this.seen());
    new ResizeObserver(() => this.stuck && this.toEnd()).observe(this.box);
    for (const article of this.box.querySelectorAll(".msg")) mark(article, this.room.dataset.you);
    foldWith(this.box);
    enter(this);
  }

  atEnd() {
    return this.box.scrollHeight - this.box.scrollTop - this.box.clientHeight < NEAR;
  }

  toEnd() {
    this.box.scrollTop = this.box.scrollHeight;
    this.stuck = true;
    this.seen();
  }

  // The line that stands for a message of one's own on its way.
  wait(line) {
    this.tail.append(line);
    this.toEnd();
  }

  seen() {
    this.unseen = 0;
    this.button.hidden = true;
  }

  // A message as it stands now. `pending` is the line that stood for it while it was being sent or waited.
  show(event, pending) {
    const stay = this.stuck;
    const article = Object.assign(document.createElement("template"), { innerHTML: event.html }).content.firstElementChild;
    const old = this.box.querySelector(`#m-${CSS.escape(event.id)}`);
    if (old) this.change(old, article);
    else if (["message", "prompt"].includes(event.kind)) this.add(event, article, pending, stay); // others are of before this page
    if (stay) this.toEnd();
  }

  change(old, article) {
    mark(article, this.room.dataset.you);
    old.replaceWith(article);
    arrange(article.parentElement, this.room.dataset.hour);
    const away = article.classList.contains("msg--gone") ? "[data-hidden], .said__more" : "[data-hidden]";
    for (const part of article.parentElement.querySelectorAll(away)) part.remove();
  }

  add(event, article, pending, stay) {
    const mine = mark(article, this.room.dataset.you) || Boolean(pending);
    const line = Object.assign(document.createElement("div"), { className: "said" });
    line.append(article, ...menuFor(this.room, article, mine));
    pending?.remove();
    this.place(line, article, mine, stay);
  }

  // A new line at the end, before what is still on its way.
  place(line, article, mine = false, stay = this.stuck) {
    this.box.querySelector("[data-empty]")?.remove();
    this.tail.before(line);
    arrange(line, this.room.dataset.hour);
    fold(line);
    if (mine) return this.toEnd();
    this.voice.add(article);
    if (stay) this.toEnd();
    else this.unseen += 1;
  }

  // After a frame: a button for who reads back.
  flush() {
    if (!this.unseen) return;
    const { newOne, newMany } = this.room.dataset;
    this.button.textContent = this.unseen === 1 ? newOne : newMany.replace("%n", this.unseen);
    this.button.hidden = false;
  }

  hide() {
    this.box.replaceChildren();
    this.seen();
  }
}
