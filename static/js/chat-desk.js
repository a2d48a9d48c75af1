// What stands beside the chat: the questions, asking them, the tabs of a phone, and the trainers' own talk.
import { ChatAsk } from "./chat-ask.js";
import { ChatBack } from "./chat-back.js";
import { copyOf } from "./chat-menu.js";
import { ChatQuestions } from "./chat-questions.js";
import { tabs } from "./chat-tabs.js";

const QUESTION = /^\s*<article class="question"/;

export class ChatDesk {
  constructor(room) {
    tabs();
    this.room = room;
    const place = document.querySelector("[data-questions]");
    if (!place) return; // beside the room of the trainers stands nothing
    this.questions = new ChatQuestions(place);
    this.ask = new ChatAsk(place, this.questions, room.own);
    const back = document.querySelector("[data-aside]");
    if (back) this.back = new ChatBack(back, (event) => this.questions.show(event));
  }

  // Whether the event is about a question.
  takes(event) {
    if (!QUESTION.test(event.html)) return false;
    this.questions?.show(event);
    if (this.questions) this.tell(event);
    return true;
  }

  // In the log stands that a question was asked; when it is gone, that line goes with it.
  tell(event) {
    const old = this.room.querySelector(`[data-asked-line="${CSS.escape(event.id)}"]`);
    const article = document.getElementById(`q-${event.id}`);
    if (!article || article.dataset.phase === "hidden") return old?.remove();
    if (old || event.kind !== "question" || article.dataset.phase !== "waiting") return;
    const line = copyOf(this.room.part("asked"), event.id).firstElementChild;
    line.dataset.askedLine = event.id;
    line.querySelector("[data-asked-words]").textContent = article.querySelector(".question__text").textContent;
    line.querySelector("[data-asked-by]").textContent = article.querySelector("bdi, .xs span").textContent;
    const time = article.querySelector("[data-shown]").cloneNode(true);
    time.hidden = false;
    line.querySelector("time").replaceWith(time);
    this.room.log.place(line, line.querySelector(".msg"));
  }

  allow(open) {
    this.ask?.allow(open);
  }

  hide() {
    for (const list of document.querySelectorAll(".questions, .back__log, [data-people]")) list.replaceChildren();
    this.stop();
  }

  stop() {
    this.back?.stop();
  }
}
