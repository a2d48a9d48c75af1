// Slow mode for who waits between two messages: counts down beside the button, tells when it is over.

export class ChatSlow {
  // `over()` hears that one may write again.
  constructor(form, over) {
    Object.assign(this, { form, over, since: 0 });
    this.room = form.closest("chat-room");
    this.place = form.querySelector("[data-left]");
    this.error = form.querySelector("[data-error]");
    this.pattern = this.place.textContent;
    if (form.dataset.paced > 0) this.start(form.dataset.paced * 1000);
  }

  // Seconds between two messages as the bar tells them now. Trainers do not wait.
  get pace() {
    return "paced" in this.form.dataset ? Number(this.room.querySelector("[data-pace]")?.dataset.pace ?? 0) : 0;
  }

  // Milliseconds until one may write.
  get left() {
    return Math.max(0, this.since + this.pace * 1000 - Date.now());
  }

  // One just wrote, or hears that one may write in `left` milliseconds.
  start(left = this.pace * 1000) {
    this.since = Date.now() + left - this.pace * 1000;
    this.tick();
  }

  tick() {
    clearTimeout(this.timer);
    const { left } = this;
    this.place.hidden = !left;
    this.place.textContent = this.pattern.replace("%n", Math.ceil(left / 1000));
    if (left) {
      this.running = true;
      this.timer = setTimeout(() => this.tick(), Math.min(left, 1000));
    } else if (this.running) {
      this.end();
    }
  }

  // Says why this cannot be sent now.
  refuse() {
    const { one, many } = this.place.dataset;
    const seconds = Math.ceil(this.left / 1000);
    this.error.textContent = seconds === 1 ? one : many.replace("%n", seconds);
    this.told = true;
  }

  end() {
    this.running = false;
    if (this.told) {
      this.error.textContent = "";
      this.room.voice?.say(this.place.dataset.over);
    }
    this.told = false;
    this.over();
  }
}
