// <phrase-menu>: puts a ready sentence where one wrote last. Without a script one copies it.
class PhraseMenu extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.form.addEventListener("focusin", ({ target }) => target.matches("textarea") && (this.field = target));
    for (const phrase of this.querySelectorAll("[data-phrase]")) this.offer(phrase, phrase.textContent.trim());
  }

  offer(phrase, words) {
    const put = { type: "button", className: "btn btn--quiet btn--sm", textContent: this.dataset.put };
    const button = Object.assign(document.createElement("button"), put);
    button.ariaLabel = `${this.dataset.put}: ${phrase.previousElementSibling.textContent.trim()}`;
    button.addEventListener("click", () => this.put(words));
    phrase.append(" ", button);
  }

  put(words) {
    const field = this.field ?? this.form.querySelector("textarea");
    const before = field.value.slice(0, field.selectionStart);
    field.setRangeText(/\S$/.test(before) ? ` ${words}` : words, field.selectionStart, field.selectionEnd, "end");
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

customElements.define("phrase-menu", PhraseMenu);
