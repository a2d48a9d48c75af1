// A socket that comes back by itself. It only listens; what a member does goes over HTTP.
//
// new Line({ url, after, frame, state, poll }): `after()` gives the number up to which the
// page has everything, `frame(object)` takes each frame, `state(name, seconds)` hears
// "open", "lost" (with the seconds until the next try), "gone" (with the close code).

const FINAL = new Set([4401, 4403, 4409, 4410]);
const SILENCE = 60_000;
const OPENING = 10_000;

export class Line {
  constructor(options) {
    Object.assign(this, options);
    this.wait = 500;
    this.failures = 0;
    this.ended = false;
    this.online = () => this.now();
    this.shown = () => document.visibilityState === "visible" && this.now();
    addEventListener("online", this.online);
    addEventListener("offline", (this.offline = () => this.socket?.close()));
    document.addEventListener("visibilitychange", this.shown);
    this.open();
  }

  open() {
    clearTimeout(this.timer);
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(`${scheme}//${location.host}${this.url}?after=${this.after()}`);
    this.socket = socket;
    let code = 0;
    this.hear(OPENING);
    socket.onopen = () => this.hear();
    socket.onmessage = (event) => {
      this.hear();
      const frame = JSON.parse(event.data);
      if (frame.type === "hello") {
        this.wait = 500;
        this.failures = 0;
        this.state("open", 0);
      }
      if (frame.type === "bye") code = frame.code;
      this.frame(frame);
    };
    socket.onclose = (event) => socket === this.socket && this.lost(code || event.code);
  }

  // Nothing heard for a minute: the line is dead, whatever the browser thinks.
  hear(patience = SILENCE) {
    clearTimeout(this.quiet);
    this.quiet = setTimeout(() => this.drop(), patience);
  }

  drop() {
    const socket = this.socket;
    this.socket = null;
    socket?.close();
    this.lost(1006);
  }

  lost(code) {
    clearTimeout(this.quiet);
    this.socket = null;
    if (this.ended) return;
    if (code === 4400) return location.reload();
    if (FINAL.has(code)) {
      this.stop();
      return this.state("gone", code);
    }
    this.failures += 1;
    if (this.failures >= 3) this.poll?.();
    let pause = Math.random() * this.wait;
    if (code === 4429) pause = 30_000;
    if (code === 4503) pause = 0;
    if (code === 1012) pause = Math.random() * 5000;
    this.wait = Math.min(this.wait * 2, 30_000);
    this.due = Date.now() + pause;
    this.timer = setTimeout(() => this.open(), pause);
    this.state("lost", Math.ceil(pause / 1000));
  }

  // At once: the browser is online again, the tab is shown, or someone pressed the button.
  now() {
    if (!this.socket && !this.ended) this.open();
  }

  stop() {
    this.ended = true;
    clearTimeout(this.timer);
    clearTimeout(this.quiet);
    removeEventListener("online", this.online);
    removeEventListener("offline", this.offline);
    document.removeEventListener("visibilitychange", this.shown);
    this.socket?.close();
  }
}
