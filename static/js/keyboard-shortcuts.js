// <keyboard-shortcuts>: single keys that go somewhere. Never while one types, never with Ctrl, Alt or Meta;
// who switched them off in the profile does not get this element.

const BOXES = "input, textarea, select, [contenteditable], [role=textbox]";
const PAIR = 1000; // milliseconds between g and the key after it
const PLACES = { v: "/", g: "/forums/" };
const ITEMS = "main .rowlink__title, main .post";

class KeyboardShortcuts extends HTMLElement {
  connectedCallback() {
    this.sheet = this.querySelector("dialog");
    this.keys = { "/": this.search, j: () => this.step(1), k: () => this.step(-1), n: this.unread, r: this.reply, "?": this.help };
    document.addEventListener("keydown", (this.pressed = (event) => this.press(event)));
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.pressed);
  }

  press(event) {
    const { key, target, timeStamp } = event;
    if (event.defaultPrevented || event.repeat || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (target.closest?.(BOXES) || document.querySelector("dialog[open]")) return;
    const second = timeStamp - (this.began ?? -PAIR) < PAIR;
    this.began = null;
    if (second && PLACES[key]) location.assign(PLACES[key]);
    else if (key === "g") this.began = timeStamp;
    else if (Object.hasOwn(this.keys, key) && this.keys[key].call(this) !== false) event.preventDefault();
  }

  items() {
    return [...document.querySelectorAll(ITEMS)].filter((item) => item.checkVisibility());
  }

  // Where one is: the item that has the focus or holds what has it; before the first one otherwise.
  place(items) {
    return items.findIndex((item) => item.contains(document.activeElement) || item.closest(".rowlink")?.contains(document.activeElement));
  }

  step(by) {
    const items = this.items();
    const here = this.place(items);
    return this.go(items[here < 0 ? 0 : here + by]);
  }

  go(item) {
    if (!item) return false;
    if (!item.matches("a")) item.tabIndex = -1;
    item.focus({ preventScroll: true });
    item.scrollIntoView({ block: item.matches("a") ? "nearest" : "start" });
  }

  unread() {
    const items = this.items();
    const fresh = items.filter((item) => item.closest(".is-unread") || (item.closest("#posts") && document.getElementById("new")));
    const here = this.place(items);
    return this.go(fresh.find((item) => items.indexOf(item) > here) ?? fresh[0]);
  }

  reply() {
    return this.first("#write textarea", 'main a[href$="#write"]');
  }

  search() {
    return this.first("input[type=search]", 'a[href^="/search/"]');
  }

  // A box gets the focus, a link is followed; false when there is neither.
  first(box, link) {
    const found = [...document.querySelectorAll(box)].find((one) => one.checkVisibility());
    if (found) return found.focus();
    const other = document.querySelector(link);
    return other ? other.click() : false;
  }

  help() {
    this.sheet.showModal();
  }
}

customElements.define("keyboard-shortcuts", KeyboardShortcuts);
