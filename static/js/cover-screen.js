// <cover-screen data-title data-words data-back data-idle>: hides the page at once, by its link, by Esc Esc,
// or after `data-idle` minutes without a sign of life. Click or Enter, and then Enter, brings it back.
const TWICE = 600; // milliseconds between Esc and Esc
const LOOK = 15_000;
const SIGNS = ["pointermove", "pointerdown", "keydown", "scroll"];

class CoverScreen extends HTMLElement {
  connectedCallback() {
    this.seen = Date.now();
    this.alive = () => (this.seen = Date.now());
    this.pressed = (event) => this.escape(event);
    this.slept = () => this.look();
    this.querySelector("a").addEventListener("click", (event) => {
      event.preventDefault();
      this.cover();
    });
    for (const sign of SIGNS) addEventListener(sign, this.alive, { passive: true, capture: true });
    addEventListener("keydown", this.pressed);
    document.addEventListener("visibilitychange", this.slept);
    this.watch = setInterval(this.slept, LOOK);
  }

  disconnectedCallback() {
    for (const sign of SIGNS) removeEventListener(sign, this.alive, { capture: true });
    removeEventListener("keydown", this.pressed);
    document.removeEventListener("visibilitychange", this.slept);
    clearInterval(this.watch);
  }

  // By the clock and not by a timer: a laptop that slept covers the page when it wakes.
  look() {
    if (Date.now() - this.seen > Number(this.dataset.idle) * 60_000) this.cover();
  }

  escape(event) {
    if (event.key !== "Escape" || event.repeat) return;
    const now = Date.now();
    if (now - (this.escaped ?? 0) < TWICE) this.cover();
    this.escaped = now;
  }

  cover() {
    if (this.sheet) return;
    this.was = document.title;
    document.title = this.dataset.title;
    for (const sound of document.querySelectorAll("audio, video")) sound.pause();
    this.sheet = this.drawn();
    document.body.append(this.sheet);
    this.sheet.showModal();
  }

  // A neutral sheet. What lies under it is out of reach: the dialog is modal, and opens again whoever closes it.
  drawn() {
    const make = (tag, words, name) => Object.assign(document.createElement(tag), { textContent: words, className: name });
    const sheet = Object.assign(make("dialog", "", "cover"), { tabIndex: -1, ariaLabel: this.dataset.title });
    const back = Object.assign(make("button", this.dataset.back, "btn btn--alt"), { type: "button", hidden: true });
    sheet.append(make("p", this.dataset.title, "cover__title"), make("p", this.dataset.words, "soft"), back);
    sheet.addEventListener("click", ({ target }) => (target === back ? this.uncover() : this.offer(back)));
    sheet.addEventListener("keydown", (event) => {
      if (event.key === "Escape") event.preventDefault();
      if (event.key === "Enter" && event.target !== back) {
        event.preventDefault();
        this.offer(back);
      }
    });
    sheet.addEventListener("close", () => this.sheet && sheet.showModal());
    return sheet;
  }

  offer(back) {
    back.hidden = false;
    back.focus();
  }

  uncover() {
    const sheet = this.sheet;
    this.sheet = null;
    sheet.close();
    sheet.remove();
    document.title = this.was;
    this.alive();
  }
}

customElements.define("cover-screen", CoverScreen);
