// Answering a message: what is answered stands above the box, and can be taken off. Without scripts: ?reply=<id>.

const LONG = 120; // characters of what is shown

export class ChatReply {
  constructor(form, room) {
    this.form = form;
    this.quote = form.querySelector("[data-quote]");
    this.field = form.querySelector("[name=reply_to]");
    room.addEventListener("click", (event) => {
      const link = event.target.closest("[data-reply], [data-unquote]");
      if (!link || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      if (link.matches("[data-reply]")) this.take(link.closest(".said").querySelector(".msg"));
      else this.clear();
      form.querySelector("textarea").focus();
    });
  }

  take(article) {
    const words = article.querySelector(".msg__text").textContent.trim();
    this.set({
      id: article.dataset.id,
      name: article.querySelector("bdi").textContent,
      words: words.length > LONG ? `${words.slice(0, LONG)}…` : words,
    });
  }

  // What is answered now, to be set again when a text comes back.
  get now() {
    const said = (name) => this.quote.querySelector(`[data-quote-${name}]`).textContent;
    return { id: this.field.value, name: said("name"), words: said("words") };
  }

  set({ id, name, words }) {
    this.field.value = id;
    this.quote.hidden = !id;
    this.quote.querySelector("[data-quote-name]").textContent = name;
    this.quote.querySelector("[data-quote-words]").textContent = words;
  }

  clear() {
    this.set({ id: "", name: "", words: "" });
  }
}
