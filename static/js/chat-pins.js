// What is pinned above the log. Trainers take it off there; in the menu of a message stands what can be done with it now.
import { copyOf } from "./chat-menu.js";

export class ChatPins {
  constructor(room) {
    Object.assign(this, { room, place: room.part("pins"), unpin: room.part("unpin") });
    this.tend();
  }

  show(event) {
    const before = this.ids.length;
    this.place.innerHTML = event.html;
    this.tend();
    if (this.ids.length > before) this.room.voice.say(`${this.place.firstElementChild.ariaLabel}. ${this.place.querySelector("li:last-child").innerText}`);
    if (this.room.log.stuck) this.room.log.toEnd();
  }

  get ids() {
    return [...this.place.querySelectorAll("[data-pin]")].map((line) => line.dataset.pin);
  }

  tend() {
    if (!this.unpin) return;
    for (const line of this.place.querySelectorAll("[data-pin]")) {
      const form = copyOf(this.unpin, line.dataset.pin);
      form.querySelector("[data-of]").textContent = `: ${line.innerText.trim().slice(0, 60)}`;
      line.append(form);
    }
    const { ids } = this;
    for (const menu of this.room.querySelectorAll(".said__do")) this.fit(menu, ids);
  }

  fit(menu, ids) {
    const pins = menu.querySelector("[data-pins-it]");
    if (!pins) return;
    pins.hidden = ids.includes(menu.closest(".said").querySelector(".msg").dataset.id);
    menu.querySelector("[data-unpins-it]").hidden = !pins.hidden;
  }

  hide() {
    this.place.replaceChildren();
  }
}
