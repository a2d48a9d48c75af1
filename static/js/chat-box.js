// The box that one types in: Enter sends on wide screens, leaving with unsent text asks for confirmation.

const WIDE = "(width >= 60rem) and (pointer: fine)"; // elsewhere Enter gives a new line

export class ChatBox {
  constructor(form, sender) {
    Object.assign(this, { form, sender });
    this.box = form.querySelector("textarea");
    form.querySelector("[data-keys]").hidden = false;
    form.addEventListener("submit", (event) => this.send(event));
    this.box.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing && matchMedia(WIDE).matches) this.send(event);
    });
    this.note = this.form.parentElement.querySelector("[data-rest]");
    this.open = form.closest("chat-room").querySelector("[data-state]").dataset.state === "open";
    if (Number(this.note.dataset.rest)) this.rest({ message: this.note.textContent, left_ms: Number(this.note.dataset.rest) });
    addEventListener("beforeunload", (event) => this.keeps && event.preventDefault());
  }

  get keeps() {
    return this.box.value.trim() !== "" || this.sender.queue.length > 0;
  }

  send(event) {
    event.preventDefault();
    if (!this.box.value.trim() || this.closed) return;
    if (this.sender.slow.left) return this.sender.slow.refuse();
    this.sender.add(this.box.value);
    this.box.value = "";
    this.box.removeAttribute("aria-invalid");
  }

  // Whether the room is open. What was typed stays to be read and copied.
  allow(open) {
    this.open = open;
    this.fit();
  }

  // A trainer lets one read along for so long; 0: one may write again.
  rest({ message, left_ms }) {
    clearTimeout(this.timer);
    this.resting = left_ms > 0;
    this.note.textContent = message;
    this.note.hidden = !this.resting;
    if (this.resting) this.timer = setTimeout(() => this.rest({ message: "", left_ms: 0 }), left_ms);
    if (message) this.form.closest("chat-room").voice.say(message);
    this.fit();
  }

  fit() {
    this.closed = !this.open || this.resting;
    this.form.hidden = this.closed && !this.keeps;
    this.form.querySelector("button").disabled = this.closed;
  }
}
