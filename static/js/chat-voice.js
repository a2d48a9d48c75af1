// What is read aloud: new messages, politely and in batches, unless the reader does not want that.

const PAUSE = 5000; // between two announcements
const MOST = 3; // messages in one
const CHOICE = "chat-quiet"; // the choice is kept on this device; never a word of a message

export class ChatVoice {
  constructor(room) {
    this.place = room.part("spoken");
    this.waiting = [];
    const choice = room.part("quiet");
    const box = choice.querySelector("input");
    choice.hidden = false;
    box.checked = this.quiet = localStorage.getItem(CHOICE) === "1";
    box.addEventListener("change", () => {
      this.quiet = box.checked;
      localStorage.setItem(CHOICE, box.checked ? "1" : "0");
    });
  }

  say(words) {
    this.place.textContent = words;
  }

  add(article) {
    this.waiting.push(article);
    this.timer ??= setTimeout(() => this.speak(), PAUSE);
  }

  speak() {
    this.timer = null;
    const said = this.waiting.splice(0).slice(-MOST).filter((article) => article.isConnected);
    const words = said.map((article) => `${text(article, "bdi")}: ${text(article, ".msg__text")}`);
    if (words.length && !this.quiet) this.say(words.join(". "));
  }
}

function text(article, selector) {
  return article.querySelector(selector)?.textContent.trim() ?? "";
}
