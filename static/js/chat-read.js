// How far one has read: told to the server when the page is left or put away. Nobody else sees it.

export class ChatRead {
  constructor(room) {
    Object.assign(this, { room, seq: 0, told: 0 });
    room.log.box.addEventListener("scroll", () => !document.hidden && this.reach());
    document.addEventListener("visibilitychange", () => document.hidden && this.leave());
    addEventListener("pagehide", () => document.hidden || this.leave());
  }

  // Who is at the end has seen all there is.
  reach() {
    if (this.room.log.stuck) this.seq = Math.max(this.seq, this.room.stream.last);
  }

  leave() {
    this.reach();
    const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
    if (!token || this.seq <= this.told) return;
    this.told = this.seq;
    const body = new URLSearchParams({ seq: this.seq, csrfmiddlewaretoken: token });
    fetch(this.room.dataset.read, { method: "POST", body, keepalive: true, headers: { Accept: "application/json" } }).catch(() => {});
  }
}
