// The messages on the page: added, replaced, marked as one's own, read aloud in batches.

export class ChatLog {
  constructor(room) {
    this.room = room;
    this.box = room.part("log");
    this.end = this.box.querySelector("#end");
    this.button = room.part("new");
    this.me = document.body.dataset.me;
    this.unseen = 0;
    this.spoken = [];
    this.button.addEventListener("click", () => this.toEnd());
    this.box.addEventListener("scroll", () => this.atEnd() && this.seen());
    if (location.hash.startsWith("#m-") === false) this.toEnd();
  }

  atEnd() {
    return this.box.scrollHeight - this.box.scrollTop - this.box.clientHeight < 80;
  }

  toEnd() {
    this.box.scrollTop = this.box.scrollHeight;
    this.seen();
  }

  seen() {
    this.unseen = 0;
    this.button.hidden = true;
  }

  // A message as it stands now. `pending` is the line that stood for it while it was being sent.
  show(event, pending) {
    const stay = this.atEnd();
    const made = document.createElement("template");
    made.innerHTML = event.html;
    const article = made.content.firstElementChild;
    const old = this.box.querySelector(`#m-${CSS.escape(event.id)}`);
    const mine = article.dataset.by === this.me || Boolean(pending);
    if (old) {
      old.replaceWith(article);
      if (article.classList.contains("msg--gone")) article.parentElement.querySelector(".said__do")?.remove();
      return;
    }
    this.box.querySelector("[data-empty]")?.remove();
    const line = document.createElement("div");
    line.className = "said";
    line.append(article);
    if (mine) this.addMenu(line, event.id);
    pending?.remove();
    this.end.before(line);
    const firstPending = this.box.querySelector(".said:has(.msg--pending)");
    if (firstPending && firstPending !== line) firstPending.before(line);
    if (mine || stay) this.toEnd();
    else this.unseen += 1;
    if (!mine) this.spoken.push(article);
  }

  addMenu(line, id) {
    const template = this.room.part("menu");
    if (!template || line.querySelector(".msg--gone")) return;
    const menu = template.content.cloneNode(true);
    for (const link of menu.querySelectorAll("a")) link.href = link.href.replace("ID", id);
    line.append(menu);
  }

  // After a frame: the button for who reads back, and at most one announcement in five seconds.
  flush() {
    if (this.unseen) {
      const words = this.unseen === 1 ? this.room.dataset.newOne : this.room.dataset.newMany;
      this.button.textContent = words.replace("%n", this.unseen);
      this.button.hidden = false;
    }
    this.speaking ??= setTimeout(() => {
      this.speaking = null;
      const last = this.spoken.splice(0).slice(-3);
      const said = last.map((a) => `${a.querySelector("bdi").textContent}: ${a.querySelector(".msg__text")?.textContent ?? ""}`);
      if (said.length) this.room.part("spoken").textContent = said.join(". ");
    }, 5000);
  }

  showPeople(frame) {
    this.room.part("present-count").textContent = this.room.dataset.present.replace("%n", frame.count);
    for (const list of document.querySelectorAll("[data-people]")) {
      list.replaceChildren(
        ...frame.people.map((person) => {
          const item = document.createElement("li");
          const dot = document.createElement("span");
          dot.className = person.away ? "presence" : "presence is-on";
          const name = document.createElement("bdi");
          name.textContent = person.name;
          item.append(dot, name);
          if (person.away) {
            const away = document.createElement("span");
            away.className = "xs muted";
            away.textContent = this.room.dataset.away;
            item.append(" ", away);
          }
          return item;
        }),
      );
    }
  }

  hide() {
    this.box.replaceChildren();
  }
}
