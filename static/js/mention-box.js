// <mention-box>: names to choose from after an @ in a text box, by keys or by hand.

const PAUSE = 150;
const TYPED = /(?:^|[\s(])@([\p{L}\p{N}][\p{L}\p{M}\p{N} .'’-]{0,40})?$/u;

class MentionBox extends HTMLElement {
  connectedCallback() {
    this.box = document.getElementById(this.dataset.for);
    this.list = this.querySelector("ul");
    this.told = this.querySelector("[role=status]");
    this.nobody = null; // what was typed when nobody was found: more of it finds nobody either
    this.box.setAttribute("aria-autocomplete", "list");
    this.box.setAttribute("aria-controls", this.list.id);
    this.box.addEventListener("input", () => this.look());
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.box.addEventListener("blur", () => this.close());
    this.list.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays in the box
    this.list.addEventListener("click", ({ target }) => target.closest("li") && this.choose(target.closest("li")));
    if (document.activeElement === this.box) this.look(); // typed before this ran
  }

  look() {
    clearTimeout(this.soon);
    const { selectionStart: at, selectionEnd: end, value } = this.box;
    const found = at === end && value.slice(0, at).match(TYPED);
    const typed = found ? (found[1] ?? "") : null;
    if (typed === null || (this.nobody !== null && typed.startsWith(this.nobody))) return this.close();
    this.nobody = null;
    this.soon = setTimeout(() => this.ask(typed), PAUSE);
  }

  async ask(typed) {
    this.asked = typed;
    const answer = await fetch(`${this.dataset.url}?q=${encodeURIComponent(typed)}`, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok || this.asked !== typed) return;
    const { names } = await answer.json();
    if (!names.length) this.nobody = typed;
    if (!names.length || (names.length === 1 && names[0] === typed)) return this.close();
    this.list.replaceChildren(...names.map((name, at) => Object.assign(document.createElement("li"), { textContent: name, id: `${this.list.id}_${at}`, role: "option" })));
    this.list.hidden = false;
    this.told.textContent = names.length === 1 ? this.dataset.one : this.dataset.many.replace("%n", names.length);
    this.mark(this.list.firstElementChild);
  }

  mark(option) {
    for (const other of this.list.children) other.setAttribute("aria-selected", other === option);
    this.marked = option;
    this.box.setAttribute("aria-activedescendant", option.id);
  }

  key(event) {
    if (this.list.hidden || event.isComposing) return;
    const { children } = this.list;
    const at = [...children].indexOf(this.marked);
    if (event.key === "ArrowDown") this.mark(children[(at + 1) % children.length]);
    else if (event.key === "ArrowUp") this.mark(children[(at + children.length - 1) % children.length]);
    else if (event.key === "Enter" || event.key === "Tab") this.choose(this.marked);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  // As if it were typed, so that it can be undone.
  choose({ textContent: name }) {
    const at = this.box.selectionStart;
    const typed = this.box.value.slice(0, at).match(TYPED)?.[1] ?? "";
    this.close();
    this.nobody = `${name} `;
    this.box.focus();
    this.box.setSelectionRange(at - typed.length, at);
    if (!document.execCommand("insertText", false, `${name} `)) {
      this.box.setRangeText(`${name} `, at - typed.length, at, "end");
      this.box.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  close() {
    clearTimeout(this.soon);
    this.asked = null;
    this.list.hidden = true;
    this.told.textContent = "";
    this.box.removeAttribute("aria-activedescendant");
  }
}

customElements.define("mention-box", MentionBox);
