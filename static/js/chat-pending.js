// A message of one's own on its way: its name, its line in the log, and what one can do when it does not arrive.

export class Pending {
  // `again()` tries to send at once.
  constructor(form, body, again) {
    Object.assign(this, { body, cid: name(), pause: 1000 });
    this.line = form.querySelector("[data-pending]").content.cloneNode(true).firstElementChild;
    this.line.querySelector(".msg__text").textContent = body;
    this.line.querySelector("[data-again]").addEventListener("click", again);
    const copy = this.line.querySelector("[data-copy]");
    copy.hidden = !navigator.clipboard;
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(body);
      copy.textContent = copy.dataset.done;
    });
  }

  // It stands: the event that brings it takes this line's place.
  arrived() {
    this.failed(false);
    this.line.querySelector("[data-sending]").hidden = true;
  }

  failed(now) {
    this.line.querySelector("[data-failed]").hidden = !now;
    this.line.querySelector("[data-sending]").hidden = now;
    this.line.querySelector("[data-repair]").hidden = !now;
  }
}

// A random UUID, also on a page without https, where browsers do not make one.
export function name() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c, at) => (c ^ (bytes[at % 16] & (15 >> (c / 4)))).toString(16));
}
