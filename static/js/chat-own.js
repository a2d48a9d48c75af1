// What one wrote and others do not see: it waits for a trainer, or came back. Only the page itself may know what is
// one's own: it is asked for, never sent to everyone.

const AGAIN = 20_000; // milliseconds between two looks at what waits

export class ChatOwn {
  constructor(room) {
    this.room = room;
    this.timer = setInterval(() => document.hidden || this.check(), AGAIN);
  }

  // Look when something waits, and only then.
  check() {
    if (document.querySelector("[data-waits]:not([data-returned]), [data-mine]:not([data-returned])")) this.look();
  }

  async look() {
    const lines = [...this.room.querySelectorAll("[data-waits]")];
    const page = await fetch(location.pathname).then((answer) => (answer.ok ? answer.text() : ""), () => "");
    const fresh = new DOMParser().parseFromString(page, "text/html");
    if (!fresh.querySelector("[data-tail]")) return;
    const [list, now] = [document, fresh].map((place) => place.querySelector("[data-own]"));
    if (now && list && !list.contains(document.activeElement)) list.replaceWith(document.adoptNode(now));
    for (const line of lines) this.fit(line, fresh.querySelector(`[data-waits="${CSS.escape(line.dataset.waits)}"]`));
    if (this.room.log.stuck) this.room.log.toEnd();
  }

  fit(line, now) {
    if (!now) return line.remove();
    if (!("returned" in now.dataset) || "returned" in line.dataset) return;
    line.replaceWith(document.adoptNode(now));
    this.room.voice.say(now.querySelector("[data-told]").innerText);
  }

  // The line of a message that waited and is on show now.
  settle(event) {
    return this.room.querySelector(`[data-waits="${CSS.escape(event.id)}"]`);
  }

  stop() {
    clearInterval(this.timer);
  }
}
