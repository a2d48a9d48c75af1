// A message of one's own on its way: its name, its line in the log, and what one can do when it does not arrive.

const ANY = "00000000-0000-0000-0000-000000000000"; // stands for a message in the address

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

  // It stands: the event that brings it takes this line's place. With an `id` it waits for a trainer first.
  arrived({ id }) {
    this.failed(false);
    this.line.querySelector("[data-sending]").hidden = true;
    if (!id) return;
    this.line.dataset.waits = id;
    for (const part of this.line.querySelectorAll("[data-awaits]")) part.hidden = false;
    const link = this.line.querySelector("[data-awaits] a");
    link.href = link.getAttribute("href").replace(ANY, id);
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
