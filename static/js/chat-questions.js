// The questions beside the chat: shown as they stand now, put in order, voted for, and for trainers taken up.
import { post } from "./chat-post.js";

const ANY = "00000000-0000-0000-0000-000000000000"; // stands for a question in the addresses of a line
const ORDER = { in_conversation: 0, waiting: 1, hidden: 1, moved: 2, answered: 2 };
const STYLE = { unseen: "qwait", in_conversation: "is-now", answered: "is-done", moved: "is-done", hidden: "is-done" };
const OPEN = ["waiting", "in_conversation"];

export class ChatQuestions {
  constructor(place) {
    this.place = place;
    this.mine = new Set(); // asked from this page
    place.addEventListener("submit", (event) => event.target.matches("[data-vote], [data-state]") && this.send(event));
  }

  part(name) {
    return this.place.querySelector(`[data-${name}]`);
  }

  list(name) {
    return this.place.querySelector(`[data-list="${name}"]`);
  }

  // A question as it stands now.
  show(event) {
    const article = Object.assign(document.createElement("template"), { innerHTML: event.html }).content.firstElementChild;
    const { phase } = article.dataset;
    let line = this.place.querySelector(`li[data-question="${CSS.escape(event.id)}"]`);
    if (phase !== "unseen" && this.list("unseen")?.contains(line)) line = line.remove(); // on show it has another form
    this.place.querySelector(`[data-mine="${CSS.escape(event.id)}"]`)?.remove();
    if (["gone", "returned", "shown"].includes(phase)) line?.remove();
    else this.dress(line ?? this.made(event.id, article), article, phase);
    this.count();
  }

  made(id, article) {
    if ("said" in article.dataset) return this.filled("line-said", id);
    const own = this.mine.has(id) || (article.dataset.by && article.dataset.by === document.body.dataset.me);
    return this.filled(own && this.part("line-own") ? "line-own" : "line", id);
  }

  filled(name, id) {
    const line = this.part(name).content.cloneNode(true).firstElementChild;
    line.dataset.question = id;
    for (const link of line.querySelectorAll("a")) link.href = link.getAttribute("href").replace(ANY, id);
    for (const form of line.querySelectorAll("form")) form.action = form.getAttribute("action").replace(ANY, id);
    return line;
  }

  dress(line, article, phase) {
    line.className = STYLE[phase] ?? "";
    line.querySelector(".question").replaceWith(article);
    for (const number of line.querySelectorAll("[data-count]")) number.textContent = article.dataset.votes;
    for (const button of line.querySelectorAll("[data-phase].btn")) button.hidden = button.dataset.phase !== phase;
    for (const box of line.querySelectorAll(".upvote, .votes")) box.hidden = !OPEN.includes(phase);
    if (phase !== "hidden") line.querySelector("[data-hidden]")?.remove();
    const list = this.list(phase === "unseen" ? "unseen" : "shown");
    const focus = line.contains(document.activeElement) ? document.activeElement : null;
    if (list) list.insertBefore(line, [...list.children].find((other) => other !== line && before(line, other)) ?? null);
    focus?.focus();
  }

  count() {
    const shown = [...this.list("shown").querySelectorAll(".question")];
    const open = shown.filter((article) => OPEN.includes(article.dataset.phase)).length;
    this.part("none").hidden = shown.length > 0;
    for (const told of document.querySelectorAll("[data-open]")) told.textContent = told.dataset.words.replace("%n", open);
    const unseen = this.list("unseen")?.children.length ?? 0;
    for (const told of document.querySelectorAll("[data-unseen-count]")) {
      told.textContent = unseen;
      told.hidden = !unseen;
    }
    if (this.part("unseen")) this.part("unseen").hidden = !unseen;
  }

  // What is asked for is a state, so that pressing twice is pressing once.
  async send(event) {
    event.preventDefault();
    const form = event.target;
    const button = event.submitter;
    const verdict = await post(form, { [button.name]: button.value });
    this.part("trouble").textContent = verdict.type === "ack" ? "" : verdict.message ?? this.part("trouble").dataset.failed;
    if (verdict.type !== "ack" || !form.matches("[data-vote]")) return;
    button.setAttribute("aria-pressed", button.value === "1");
    button.value = button.value === "1" ? "0" : "1";
  }
}

// What is talked about now, then by votes, then the oldest.
function before(one, other) {
  const [a, b] = [one, other].map((line) => line.querySelector(".question").dataset);
  return ((ORDER[a.phase] ?? 1) - (ORDER[b.phase] ?? 1) || b.votes - a.votes || (a.at < b.at ? -1 : 1)) < 0;
}
