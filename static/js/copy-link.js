// <copy-link>: the link inside is copied instead of opened. Without it the link opens, and can be copied there.
class CopyLink extends HTMLElement {
  connectedCallback() {
    this.link = this.querySelector("a");
    this.addEventListener("click", (event) => navigator.clipboard && this.copy(event));
  }

  async copy(event) {
    event.preventDefault();
    try {
      await navigator.clipboard.writeText(this.link.href);
    } catch {
      return location.assign(this.link.href);
    }
    const words = this.link.querySelector("span");
    this.words ??= words.textContent;
    words.textContent = this.dataset.done;
    words.setAttribute("role", "status");
    clearTimeout(this.back);
    this.back = setTimeout(() => (words.textContent = this.words), 3000);
  }
}

customElements.define("copy-link", CopyLink);
