// Sends one message at a time and in order; repeats it under the same name until it is acknowledged.
import { Pending } from "./chat-pending.js";
import { post } from "./chat-send.js";
import { ChatReply } from "./chat-reply.js";
import { ChatSlow } from "./chat-slow.js";
import { freshToken } from "./fresh-token.js";

const LONGEST = 30_000; // between two tries

export class Sender {
  // `stored()` hears that a message stands.
  constructor(form, log, stored) {
    Object.assign(this, { form, log, stored });
    this.box = form.querySelector("textarea");
    this.error = form.querySelector("[data-error]");
    this.queue = [];
    this.sent = new Map();
    this.reply = new ChatReply(form, log.room);
    this.slow = new ChatSlow(form, () => this.pump());
  }

  add(body) {
    const item = Object.assign(new Pending(this.form, body, () => this.pump()), { reply: this.reply.now });
    this.reply.clear();
    this.log.wait(item.line);
    this.error.textContent = "";
    this.queue.push(item);
    this.sent.set(item.cid, item);
    this.pump();
  }

  async pump() {
    if (this.busy || !this.queue.length || this.slow.left) return;
    this.busy = true;
    clearTimeout(this.timer);
    const item = this.queue[0];
    const verdict = await post(this.form, { cid: item.cid, body: item.body, reply_to: item.reply.id }, this.error.dataset.failed);
    this.busy = false;
    if (verdict.type === "ack") this.arrived(item, verdict);
    else if (verdict.code === "token" && (await freshToken(this.form))) this.pump();
    else if (verdict.code === "slow_mode") this.tooSoon(item, verdict);
    else if (item.waited && verdict.retry_after_ms) this.wait(verdict.retry_after_ms, false); // saved up, not written too fast
    else if (verdict.type === "nack" && verdict.code !== "busy") this.refused(verdict);
    else this.later(item, verdict.retry_after_ms ?? item.pause);
  }

  arrived(item, verdict) {
    this.queue.shift();
    item.arrived(verdict);
    this.slow.start();
    this.form.dataset.renewed = "";
    if (!this.queue.length && !this.box.value) this.stored();
    this.pump();
  }

  // Slow mode: what was saved up, or stands behind another message, waits for its turn; else the text goes back.
  tooSoon(item, verdict) {
    this.slow.start(verdict.retry_after_ms);
    if (item.waited || this.queue.length > 1) return this.wait(verdict.retry_after_ms, false);
    this.slow.told = true;
    this.refused(verdict);
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
    if (verdict.code === "bad_reply") this.reply.clear();
    else if (back[0].reply.id) this.reply.set(back[0].reply);
    this.box.value = [...back.map((one) => one.body), this.box.value].filter(Boolean).join("\n");
    this.error.textContent = verdict.message;
    this.box.focus();
  }

  // The line that stood for this message while it was on its way or waited, if it was ours.
  settle(event) {
    const item = this.sent.get(event.cid);
    this.sent.delete(event.cid);
    return item?.line;
  }
}
