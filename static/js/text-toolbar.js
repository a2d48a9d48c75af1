// <text-toolbar>: buttons that put marks around the words that are selected. Undo works as with typing.

class TextToolbar extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    this.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) this.put(button.dataset);
    });
  }

  put({ mark, line, link }) {
    const box = document.getElementById(this.dataset.for);
    const { selectionStart: start, selectionEnd: end, value } = box;
    const chosen = value.slice(start, end);
    if (mark) this.type(box, start, end, `${mark}${chosen}${mark}`, chosen ? 0 : mark.length);
    if (link) this.type(box, start, end, `[${chosen}](${link})`, chosen ? 1 : link.length + 3);
    if (line) {
      const from = value.lastIndexOf("\n", start - 1) + 1;
      const lines = value.slice(from, end).split("\n");
      this.type(box, from, end, lines.map((words) => line + words).join("\n"), 0);
    }
  }

  // `back`: how far before the end of what was typed the cursor stands then.
  type(box, from, until, words, back) {
    box.focus();
    box.setSelectionRange(from, until);
    if (!document.execCommand("insertText", false, words)) {
      box.setRangeText(words, from, until, "end");
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }
    const cursor = box.selectionEnd - back;
    box.setSelectionRange(cursor, cursor);
  }
}

customElements.define("text-toolbar", TextToolbar);
