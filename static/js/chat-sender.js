// Sends what is typed, one message at a time and in order; repeats with the same name until it is acknowledged.

export class Sender {
  constructor(form, log) {
    Object.assign(this, { form, log });
    this.box = form.querySelector("textarea");
    this.error = form.querySelector("[data-error]");
    this.queue = [];
    this.sent = new Map();
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.add();
    });
    this.box.addEventListener("keydown", (event) => {
      const wide = matchMedia("(pointer: fine)").matches;
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing && wide) {
        event.preventDefault();
        this.add();
      }
    });
    addEventListener("beforeunload", (event) => {
      if (this.queue.length || this.box.value.trim()) event.preventDefault();
    });
  }

  add() {
    const body = this.box.value;
    if (!body.trim() || this.box.disabled) return;
    const line = this.form.querySelector("[data-pending]").content.cloneNode(true).firstElementChild;
    line.querySelector(".msg__text").textContent = body;
    const item = { cid: crypto.randomUUID(), body, line, pause: 1000 };
    line.querySelector("[data-again]").addEventListener("click", () => this.pump());
    line.querySelector("[data-copy]").addEventListener("click", () => navigator.clipboard.writeText(body));
    this.log.end.before(line);
    this.log.toEnd();
    this.box.value = "";
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
    if (verdict.type === "ack") {
      this.queue.shift();
      item.line.querySelector("[data-sending]")?.remove();
      this.fail(item, false);
      this.pump();
    } else if (verdict.type === "nack" && verdict.code !== "busy") this.refused(item, verdict);
    else this.later(item, verdict.retry_after_ms ?? item.pause);
  }

  async post(item) {
    const data = new FormData(this.form);
    data.set("cid", item.cid);
    data.set("body", item.body);
    try {
      const answer = await fetch(this.form.action, {
        method: "POST", body: new URLSearchParams(data), headers: { Accept: "application/json" }, signal: AbortSignal.timeout(5000),
      });
      return await answer.json();
    } catch {
      return {};
    }
  }

  later(item, pause) {
    this.fail(item, true);
    item.pause = Math.min(item.pause * 2, 30_000);
    this.timer = setTimeout(() => this.pump(), pause);
  }

  // The text goes back into the box, with the reason beside it; what waited behind it too.
  refused(item, verdict) {
    this.error.textContent = verdict.message;
    const back = this.queue.splice(0);
    for (const one of back) {
      one.line.remove();
      this.sent.delete(one.cid);
    }
    this.box.value = [...back.map((one) => one.body), this.box.value].filter(Boolean).join("\n");
    this.box.focus();
  }

  fail(item, failed) {
    item.line.querySelector("[data-failed]").hidden = !failed;
    item.line.querySelector("[data-sending]")?.toggleAttribute("hidden", failed);
    item.line.querySelector("[data-repair]").hidden = !failed;
  }

  // The line that stood for this message while it was on its way, if it was ours.
  settle(event) {
    const item = event.cid && this.sent.get(event.cid);
    if (item) this.sent.delete(event.cid);
    return item?.line;
  }

  close() {
    this.box.disabled = this.box.value === "" && !this.queue.length;
    this.form.querySelector("button").disabled = true;
  }
}
