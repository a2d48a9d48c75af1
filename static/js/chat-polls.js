// Polls in the log: as they stand now, with a form for who has not voted yet.
import { copyOf } from "./chat-menu.js";
import { post } from "./chat-post.js";

const POLL = /^\s*<article class="msg msg--poll/;

export class ChatPolls {
  constructor(room, log) {
    Object.assign(this, { room, log });
    room.addEventListener("submit", (event) => event.target.matches("[data-poll-vote]") && this.vote(event));
  }

  // Whether the event is about a poll.
  takes(event) {
    if (!POLL.test(event.html)) return false;
    const article = Object.assign(document.createElement("template"), { innerHTML: event.html }).content.firstElementChild;
    const old = this.room.querySelector(`#p-${CSS.escape(event.id)}`);
    if (old) this.change(old, article);
    else if (article.dataset.phase === "open") this.add(article);
    return true;
  }

  change(old, article) {
    const line = old.parentElement;
    old.replaceWith(article);
    const { phase } = article.dataset;
    const over = phase === "gone" ? ".poll__do, .said__do" : "[data-poll-vote], [data-while-open]";
    if (phase !== "open") for (const part of line.querySelectorAll(over)) part.remove();
  }

  add(article) {
    const line = copyOf(this.room.part("poll-line"), article.dataset.id).firstElementChild;
    line.querySelector(".msg").replaceWith(article);
    const choices = line.querySelector("fieldset");
    for (const option of article.querySelectorAll("[data-option]")) choices?.append(choice(option));
    this.log.place(line, article);
  }

  async vote(event) {
    event.preventDefault();
    const form = event.target;
    const trouble = form.querySelector("[data-trouble]");
    const verdict = await post(form);
    if (verdict.type !== "ack") return (trouble.textContent = verdict.message ?? trouble.dataset.failed);
    const done = Object.assign(document.createElement("p"), { className: "xs strong poll__do", tabIndex: -1, textContent: form.dataset.done });
    form.replaceWith(done);
    done.focus();
  }
}

function choice(option) {
  const label = Object.assign(document.createElement("label"), { className: "check" });
  const box = Object.assign(document.createElement("input"), { type: "radio", name: "choice", value: option.dataset.option, required: true });
  const words = Object.assign(document.createElement("span"), { dir: "auto", textContent: option.textContent });
  label.append(box, " ", words);
  return label;
}
