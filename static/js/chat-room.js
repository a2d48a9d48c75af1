// <chat-room>: the room of a session, live. The page works without it.
import { ChatLog } from "./chat-log.js";
import { Sender } from "./chat-sender.js";
import { Line } from "./line.js";

class ChatRoom extends HTMLElement {
  connectedCallback() {
    this.last = Number(this.dataset.lastSeq);
    this.held = [];
    this.log = new ChatLog(this);
    const form = this.querySelector("[data-composer]");
    if (form) this.sender = new Sender(form, this.log);
    this.part("now").addEventListener("click", () => this.line.now());
    this.line = new Line({
      url: this.dataset.ws,
      after: () => this.last,
      frame: (frame) => this.take(frame),
      state: (name, value) => this.showState(name, value),
      poll: () => this.ask(),
    });
  }

  disconnectedCallback() {
    this.line.stop();
    clearInterval(this.count);
  }

  part(name) {
    return this.querySelector(`[data-${name}]`);
  }

  take(frame) {
    if (frame.type === "events") this.takeEvents(frame);
    else if (frame.type === "presence") this.log.showPeople(frame);
    else if (frame.type === "bye") this.part("bye-words").textContent = frame.message;
    else if (frame.type === "hello" && frame.last_seq < this.last) location.reload();
  }

  // In order, none twice. A hole is asked for over HTTP; the frame waits meanwhile.
  takeEvents(frame) {
    if (frame.events.length && frame.from > this.last + 1) {
      this.held.push(frame);
      return this.ask();
    }
    for (const event of frame.events) {
      if (event.seq <= this.last) continue;
      this.last = event.seq;
      if (event.kind === "room") {
        this.part("bar").innerHTML = event.html;
        if (this.part("bar").firstElementChild.dataset.state !== "open") this.sender?.close();
      } else this.log.show(event, this.sender?.settle(event));
    }
    this.log.flush();
    if (!frame.more && frame.last_seq > this.last) this.ask();
  }

  ask() {
    if (this.asking) return;
    this.asking = setTimeout(async () => {
      try {
        const answer = await fetch(`${this.dataset.news}?after=${this.last}`, { headers: { Accept: "application/json" } });
        this.asking = null;
        if (answer.ok) {
          this.takeEvents(await answer.json());
          for (const frame of this.held.splice(0)) this.takeEvents(frame);
        } else if (answer.status === 404 || answer.status === 401) return this.showState("gone", answer.status === 404 ? 4403 : 4401);
      } catch {
        this.asking = null;
      }
      if (this.line.failures >= 3) setTimeout(() => this.ask(), 5000);
    }, 1000 * Math.min(1, this.line?.failures ?? 0));
  }

  showState(name, value) {
    clearInterval(this.count);
    const bar = this.part("connection");
    bar.hidden = name !== "lost";
    if (name === "open") {
      this.lostAt = 0;
      this.sender?.pump();
    } else if (name === "lost") {
      this.lostAt ||= Date.now();
      const words = this.part("countdown");
      this.words ??= words.textContent;
      const tell = () => {
        const left = Math.max(0, Math.ceil((this.line.due - Date.now()) / 1000));
        words.textContent = this.words.replace("%n", left);
        this.part("reload").hidden = Date.now() - this.lostAt < 30_000;
      };
      if (this.line) tell();
      this.count = setInterval(tell, 1000);
    } else if (name === "gone") {
      this.part("bye").hidden = value === 4410;
      if (value === 4401 || value === 4403) this.log.hide();
      this.sender?.close();
    }
  }
}

customElements.define("chat-room", ChatRoom);
