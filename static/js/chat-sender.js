// Sends one message at a time and in order; repeats it under the same name until it is acknowledged.
import { Pending } from "./chat-pending.js";
import { freshToken } from "./fresh-token.js";

const PATIENCE = 5000; // for an answer
const LONGEST = 30_000; // between two tries

export class Sender {
  // `stored()` hears that a message stands.
  constructor(form, log, stored) {
    Object.assign(this, { form, log, stored });
    this.box = form.querySelector("textarea");
    this.error = form.querySelector("[data-error]");
    this.queue = [];
    this.sent = new Map();
  }

  add(body) {
    const item = new Pending(this.form, body, () => this.pump());
    this.log.end.before(item.line);
    this.log.toEnd();
    this.error.textContent = "";
    this.queue.push(item);
    this.sent.set(item.cid, item);
    this.pump();
  }

  async pump() {
    if (this.busy || !this.queue.length) return;
    this.busy = true;
    clearTimeout(this.timer);
    const item = this.queue[0];
    const verdict = await this.post(item);
    this.busy = false;
    if (verdict.type === "ack") this.arrived(item);
    else if (verdict.code === "token" && (await freshToken(this.form))) this.pump();
    else if (item.waited && verdict.retry_after_ms) this.wait(verdict.retry_after_ms, false); // saved up, not written too fast
    else if (verdict.type === "nack" && verdict.code !== "busy") this.refused(verdict);
    else this.later(item, verdict.retry_after_ms ?? item.pause);
  }

  // The answer; an empty one when there was none. What is no JSON and no fault of the server is a refusal.
  async post(item) {
    const data = new FormData(this.form);
    data.set("cid", item.cid);
    data.set("body", item.body);
    const headers = { Accept: "application/json", "Accept-Language": document.documentElement.lang };
    let answer;
    try {
      answer = await fetch(this.form.action, { method: "POST", body: new URLSearchParams(data), headers, signal: AbortSignal.timeout(PATIENCE) });
      return await answer.json();
    } catch {
      const refused = answer && answer.status >= 400 && answer.status < 500;
      return refused ? { type: "nack", message: this.error.dataset.failed } : {};
    }
  }

  arrived(item) {
    this.queue.shift();
    item.arrived();
    this.form.dataset.renewed = "";
    if (!this.queue.length && !this.box.value) this.stored();
    this.pump();
  }

  later(item, pause) {
    item.pause = Math.min(item.pause * 2, LONGEST);
    this.wait(pause, true);
  }

  // The whole queue, for `pause` milliseconds.
  wait(pause, failed) {
    for (const one of this.queue) {
      one.failed(failed);
      one.waited = true;
    }
    if (this.log.stuck) this.log.toEnd();
    this.timer = setTimeout(() => this.pump(), pause);
  }

  // The text goes back into the box, with the reason beside it; what waited behind it too.
  refused(verdict) {
    const back = this.queue.splice(0);
    for (const one of back) {
      one.line.remove();
      this.sent.delete(one.cid);
    }
    this.form.hidden = false;
    this.box.value = [...back.map((one) => one.body), this.box.value].filter(Boolean).join("\n");
    this.error.textContent = verdict.message;
    this.box.focus();
  }

  // The line that stood for this message while it was on its way, if it was ours.
  settle(event) {
    const item = this.sent.get(event.cid);
    this.sent.delete(event.cid);
    return item?.line;
  }
}
