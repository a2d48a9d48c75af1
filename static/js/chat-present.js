// <chat-present>: the questions on the screen in the room. It follows the line; an arrow goes on to the next.
import { Line } from "./line.js";
import { Stream } from "./chat-stream.js";

const PARTS = ["now", "next"];

class ChatPresent extends HTMLElement {
  connectedCallback() {
    const { ws, news, lastSeq } = this.dataset;
    this.querySelector("[data-keys]").hidden = false;
    this.keys = (event) => this.key(event);
    document.addEventListener("keydown", this.keys);
    this.stream = new Stream({
      url: news,
      last: Number(lastSeq),
      each: () => {},
      done: () => this.stream.last > (this.shown ?? Number(lastSeq)) && this.look(),
      asked: () => {},
      refused: () => location.reload(),
    });
    this.line = new Line({
      url: ws,
      after: () => this.stream.last,
      frame: (frame) => frame.type === "events" && this.stream.take(frame),
      state: (name) => this.heard(name),
      poll: () => this.stream.poll(),
    });
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.keys);
    this.line?.stop();
    this.stream?.stop();
  }

  heard(name) {
    if (name === "open") this.stream.stop();
    if (name === "lost") this.stream.forget();
    if (name === "gone") location.reload();
    this.querySelector("[data-line]").textContent = name === "lost" ? this.dataset.lost : "";
  }

  // The page as it stands now, at most one look at a time. The focus stays where it was.
  async look() {
    this.shown = this.stream.last;
    if (this.looking) return;
    this.looking = true;
    const page = await fetch(location.pathname).then((answer) => (answer.ok ? answer.text() : ""), () => "");
    this.looking = false;
    const fresh = new DOMParser().parseFromString(page, "text/html");
    for (const name of PARTS) {
      const [old, now] = [this, fresh].map((place) => place.querySelector(`[data-${name}]`));
      if (!now || old.textContent === now.textContent) continue;
      const button = old.contains(document.activeElement) && document.activeElement.matches("button");
      old.replaceChildren(...now.childNodes);
      if (button) old.querySelector("button")?.focus();
    }
    if (this.shown < this.stream.last) this.look();
  }

  key(event) {
    if (event.key !== "ArrowRight" || event.altKey || event.ctrlKey || event.metaKey || event.repeat) return;
    event.preventDefault();
    this.querySelector("[data-forward] button")?.click();
  }
}

customElements.define("chat-present", ChatPresent);
