// What stands beside the chat: the questions, asking them, the tabs of a phone, and the trainers' own talk.
import { ChatAsk } from "./chat-ask.js";
import { ChatBack } from "./chat-back.js";
import { ChatQuestions } from "./chat-questions.js";
import { tabs } from "./chat-tabs.js";

const QUESTION = /^\s*<article class="question"/;

export class ChatDesk {
  constructor() {
    tabs();
    const place = document.querySelector("[data-questions]");
    if (!place) return; // beside the room of the trainers stands nothing
    this.questions = new ChatQuestions(place);
    this.ask = new ChatAsk(place, this.questions);
    const back = document.querySelector("[data-aside]");
    if (back) this.back = new ChatBack(back, (event) => this.questions.show(event));
  }

  // Whether the event is about a question.
  takes(event) {
    if (!QUESTION.test(event.html)) return false;
    this.questions?.show(event);
    return true;
  }

  allow(open) {
    this.ask?.allow(open);
  }

  hide() {
    for (const list of document.querySelectorAll(".questions, .back__log, [data-people]")) list.replaceChildren();
    this.stop();
  }

  stop() {
    this.ask?.stop();
    this.back?.stop();
  }
}
