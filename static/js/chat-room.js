// <chat-room>: the room of a session, live. The page works without it.
import { ChatBox } from "./chat-box.js";
import { ChatDesk } from "./chat-desk.js";
import { foldWith } from "./chat-fold.js";
import { addParts } from "./chat-parts.js";
import { showPeople } from "./chat-people.js";
import { Sender } from "./chat-sender.js";
import { greeted, showState } from "./chat-state.js";
import { Stream } from "./chat-stream.js";
import { Line } from "./line.js";

class ChatRoom extends HTMLElement {
  connectedCallback() {
    if (!this.dataset.ws) return foldWith(this); // older messages, or a room that can only be read
    addParts(this);
    const form = this.querySelector("[data-composer]");
    if (form) {
      this.sender = new Sender(form, this.log, () => this.signedOut && location.reload());
      this.box = new ChatBox(form, this.sender);
    }
    this.desk = new ChatDesk(this);
    this.stream = new Stream({
      url: this.dataset.news,
      last: Number(this.dataset.lastSeq),
      each: (event) => this.show(event),
      done: () => this.log.flush(),
      asked: (works) => this.bar.slow(works),
      refused: (code) => {
        this.line.stop();
        this.gone(code);
      },
    });
    this.line = new Line({
      url: this.dataset.ws,
      after: () => (this.resumed = this.stream.last),
      frame: (frame) => this.take(frame),
      state: (name, value) => this[name](value),
      poll: () => this.stream.poll(),
    });
  }

  disconnectedCallback() {
    this.desk?.stop();
    this.own?.stop();
    this.line?.stop();
    this.stream?.stop();
    this.bar?.hide();
  }

  part(name) {
    return this.querySelector(`[data-${name}]`);
  }

  take(frame) {
    if (frame.type === "events") this.stream.take(frame);
    else if (frame.type === "own") this.own.check();
    else if (frame.type === "rest") this.box?.rest(frame);
    else if (frame.type === "presence") showPeople(this, frame);
    else if (frame.type === "bye") this.part("bye-words").textContent = frame.message;
    else if (frame.type === "hello") greeted(this, frame);
  }

  show(event) {
    if (this.desk.takes(event) || this.polls.takes(event)) return;
    if (event.kind === "room") showState(this, event);
    else if (event.kind === "pin") this.pins.show(event);
    else this.log.show(event, this.sender?.settle(event) ?? this.own.settle(event));
  }

  // What the line tells.
  open() {
    this.stream.stop();
    this.bar.back();
    this.sender?.pump();
  }

  lost() {
    this.stream.forget();
    this.bar.show();
  }

  gone(code) {
    this.stream.stop();
    this.bar.hide();
    this.signedOut = code === 4401;
    this.part("bye").hidden = code === 4410;
    this.part("sign-in").hidden = code !== 4401;
    if (code === 4401 || code === 4403) for (const part of [this.log, this.pins, this.desk]) part.hide();
    if (code === 4403 || code === 4410) this.box?.allow(false);
  }
}

customElements.define("chat-room", ChatRoom);
