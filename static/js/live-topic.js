// <live-topic>: a conversation, live. The page works without it.
import { Line } from "./line.js";
import { quotes } from "./post-quotes.js";
import { reactions } from "./post-reactions.js";
import { empty, guard } from "./reply-guard.js";
import { renew, wrap } from "./topic-entry.js";

const PAUSE = 5000; // between two spoken announcements

class LiveTopic extends HTMLElement {
  connectedCallback() {
    this.last = Number(this.dataset.lastSeq);
    this.end = Number(this.dataset.lastNumber);
    this.fresh = new Set();
    this.line = new Line({
      url: this.dataset.ws,
      after: () => this.last,
      frame: (frame) => this.take(frame),
      state: (name, code) => name === "gone" && [4401, 4403].includes(code) && this.close(),
    });
    guard(this);
    reactions(this);
    quotes(this);
    addEventListener("pagehide", (this.leaving = () => this.seen()));
  }

  disconnectedCallback() {
    this.line.stop();
    removeEventListener("pagehide", this.leaving);
  }

  isOwn({ dataset: { by } }) {
    return Boolean(by) && [document.body.dataset.me, this.dataset.alias].some((mine) => mine?.startsWith(by)); // the own name, or the own pseudonym
  }

  part(name) {
    return this.querySelector(`[data-${name}]`);
  }

  take(frame) {
    if (frame.type === "events") for (const event of frame.events) this.show(event);
    else if (frame.type === "bye") this.part("bye-words").textContent = frame.message;
    else if (frame.type === "hello" && frame.last_seq < this.last) location.reload();
  }

  // A post has the number of its last change only, so numbers may be missing; older ones are known already.
  show(event) {
    if (event.seq <= this.last) return;
    this.last = event.seq;
    if (event.kind === "remove" || event.kind === "hide") empty(this, event.id);
    const here = document.getElementById(`post-${event.number}`);
    const post = Object.assign(document.createElement("template"), { innerHTML: event.html }).content.firstElementChild;
    if (here && Number(here.dataset.seq) < event.seq) this.change(here, post);
    else if (!here && post && event.number > this.end) this.add(event.number, post);
    else if (!here && !post) this.fresh.delete(event.number);
    this.tell();
  }

  change(here, post) {
    const entry = here.closest(".entry");
    if (!post) return entry.remove();
    renew(here, post);
    for (const part of entry.querySelectorAll(post.dataset.id ? "[data-hidden]" : "[data-hidden], .post__own")) part.remove();
  }

  add(number, post) {
    if (!this.isOwn(post)) this.fresh.add(number);
    if (!this.dataset.isLast) return;
    const entry = wrap(post, this.isOwn(post) && this.part("menu"));
    const later = [...this.querySelectorAll("#posts .entry")].find((other) => Number(other.firstElementChild.id.slice(5)) > number);
    later ? later.before(entry) : document.getElementById("posts").append(entry);
  }

  // In words: at the end of the page, or as a link to where it goes on; spoken at most once in five seconds.
  tell() {
    const count = this.fresh.size;
    const words = count === 1 ? this.dataset.newOne : this.dataset.newMany.replace("%n", count);
    if (!this.dataset.isLast && count) {
      this.part("more").hidden = false;
      this.part("more").firstElementChild.textContent = words;
    }
    clearTimeout(this.speech);
    if (count) this.speech = setTimeout(() => (this.part("spoken").textContent = words), PAUSE);
  }

  // What came in while the page was open has been read.
  seen() {
    if (this.fresh.size && this.dataset.isLast) fetch(location.pathname, { method: "HEAD", keepalive: true });
  }

  close() {
    for (const shown of this.querySelectorAll(".card, .divider, .pager")) shown.remove();
    document.querySelector("h1").hidden = true;
    this.part("bye").hidden = false;
  }
}

customElements.define("live-topic", LiveTopic);
