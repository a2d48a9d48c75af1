// The bar that says that there is no connection, in words and with a countdown.

const LONG = 30_000; // after it the page can be loaded anew

export class ChatBar {
  // `line()` gives the line whose next try is counted down to.
  constructor(room, line) {
    Object.assign(this, { room, line });
    this.bar = room.part("connection");
    this.words = room.part("countdown");
    this.pattern = this.words.textContent;
    room.part("now").addEventListener("click", () => this.line().now());
  }

  show() {
    if (!this.since) {
      this.since = Date.now();
      this.room.voice.say(this.room.dataset.lost);
    }
    this.bar.hidden = false;
    clearInterval(this.count);
    this.count = setInterval(() => this.tell(), 1000);
    this.tell();
  }

  tell() {
    const left = Math.max(0, Math.ceil(((this.line()?.due ?? 0) - Date.now()) / 1000));
    this.words.textContent = left === 1 ? this.words.dataset.one : this.pattern.replace("%n", left);
    this.room.part("reload").hidden = Date.now() - this.since < LONG;
  }

  // Whether messages come in by asking for them.
  slow(works) {
    this.room.part("slow").hidden = !works;
  }

  back() {
    if (this.since) this.room.voice.say(this.room.dataset.back);
    this.hide();
  }

  hide() {
    clearInterval(this.count);
    this.since = 0;
    this.bar.hidden = true;
    this.slow(false);
  }
}
