// What happened in the room: in order, none twice. What is missing is asked for over HTTP.
//
// new Stream({ url, last, each, done, asked, refused }): `each(event)` takes the events one by one, `done()`
// hears that a frame is through, `asked(works)` how a question over HTTP went, `refused(code)` that there
// is nothing to ask for any more.

const PAUSE = 1000; // between two questions
const POLL = 5000; // between two when there is no socket

export class Stream {
  constructor(options) {
    Object.assign(this, options);
    this.held = [];
    this.askedAt = 0;
  }

  take(frame) {
    if (frame.events.length && frame.from > this.last + 1) {
      this.held.push(frame);
      return this.ask();
    }
    for (const event of frame.events) {
      if (event.seq <= this.last) continue;
      this.last = event.seq;
      this.each(event);
    }
    this.done();
    if (!frame.more && frame.last_seq > this.last) this.ask();
  }

  // At most once a second, one at a time.
  ask() {
    this.asking ??= setTimeout(() => this.question(), Math.max(0, this.askedAt + PAUSE - Date.now()));
  }

  async question() {
    const after = this.last;
    this.askedAt = Date.now();
    let frame, status;
    try {
      const answer = await fetch(`${this.url}?after=${after}`, { headers: { Accept: "application/json" } });
      status = answer.status;
      if (answer.ok) frame = await answer.json();
    } catch {
      // no connection: the line says so, and goes on from `last` when it is back
    }
    this.asking = null;
    if (status === 401) return this.refused(4401);
    if (status === 404 || status === 403) return this.refused(4403);
    if (this.polling) this.asked(Boolean(frame));
    if (frame) this.answered(frame, after);
    else if (this.held.length) this.ask();
  }

  answered(frame, after) {
    if (frame.last_seq < after) return location.reload(); // an older database
    const held = this.held.splice(0);
    this.take(frame);
    if (frame.more) this.ask();
    for (const later of held) this.take(later);
  }

  // The line broke: it will hand over again whatever was held.
  forget() {
    this.held = [];
  }

  poll() {
    this.polling ??= setInterval(() => this.ask(), POLL);
    this.ask();
  }

  stop() {
    clearInterval(this.polling);
    this.polling = null;
  }
}
