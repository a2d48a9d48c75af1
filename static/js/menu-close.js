// <menu-close>: the <details class="menu"> inside closes by Esc, by a click beside it, and when the focus leaves it.
class MenuClose extends HTMLElement {
  connectedCallback() {
    this.menu = this.querySelector("details");
    this.addEventListener("keydown", (event) => event.key === "Escape" && this.menu.open && this.close(event));
    this.addEventListener("focusout", ({ relatedTarget }) => relatedTarget && !this.contains(relatedTarget) && this.shut());
    document.addEventListener("click", (this.beside = ({ target }) => this.contains(target) || this.shut()));
  }

  disconnectedCallback() {
    document.removeEventListener("click", this.beside);
  }

  shut() {
    this.menu.open = false;
  }

  close(event) {
    event.stopPropagation();
    this.shut();
    this.menu.querySelector("summary").focus();
  }
}

customElements.define("menu-close", MenuClose);
