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

  // Whether one may write now. What was typed stays to be read and copied.
  allow(open) {
    this.closed = !open;
    this.form.hidden = this.closed && !this.keeps;
    this.form.querySelector("button").disabled = this.closed;
  }
}
