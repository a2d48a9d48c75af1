// Quoting: the words that are selected in a post, or how it begins, above the reply that is being written.
// What is sent is the post and its words; the server looks for them and keeps where they stand, not the words.

import { typed } from "./reply-guard.js";

const MOST = 5;
const CHARS = 1000;
const OPENING = 300;

export function quotes(topic) {
  const chip = topic.querySelector("[data-quote-chip]");
  let chosen = null;

  document.addEventListener("selectionchange", () => {
    chosen = selected(topic);
    show(chip, chosen);
  });
  for (const kind of ["mousedown", "pointerdown"])
    topic.addEventListener(kind, (event) => event.target.closest("[data-quote-chip], .post__cite") && event.preventDefault()); // the selection stays
  topic.addEventListener("click", (event) => {
    const link = event.target.closest("[data-quote-chip], .post__cite");
    if (!link) return take(event);
    const post = link.closest(".entry").querySelector(".post");
    const mine = chosen?.post === post ? chosen : null;
    if (!topic.querySelector("[data-quotes]")) return follow(event, post, mine); // the box stands on the last page
    event.preventDefault();
    chip.hidden = true;
    put(topic, post, mine?.words ?? begin(post));
  });
}

function selected(topic) {
  const selection = getSelection();
  if (selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const at = range.commonAncestorContainer;
  const body = (at.closest ? at : at.parentElement)?.closest(".post__body");
  if (!body || !topic.contains(body) || !selection.toString().trim()) return null;
  return { post: body.closest(".post"), words: selection.toString(), body, range };
}

function show(chip, chosen) {
  chip.hidden = !chosen;
  if (!chosen) return;
  const entry = chosen.post.closest(".entry");
  const [box, end] = [entry.getBoundingClientRect(), [...chosen.range.getClientRects()].at(-1)];
  if (chip.parentElement !== entry) entry.append(chip);
  if (end) chip.style.translate = `${Math.max(8, Math.min(end.right - box.left, box.width - 120))}px ${end.bottom - box.top + 6}px`;
}

function begin(post) {
  const words = post.querySelector(".post__body").innerText.trim();
  return words.length > OPENING ? words.slice(0, OPENING).replace(/\s+\S*$/, "") : words;
}

// To the last page, with where the words stand: counted without white space, as the server counts.
function follow(event, post, chosen) {
  const place = new URL(`?quote=${post.id.slice(5)}#write`, location.href);
  const size = (range) => [...range.toString().replace(/\s/g, "")].length;
  if (chosen) {
    const before = document.createRange();
    before.setStart(chosen.body, 0);
    before.setEnd(chosen.range.startContainer, chosen.range.startOffset);
    place.searchParams.set("at", `${size(before)}-${size(chosen.range)}`);
  }
  event.preventDefault();
  location.assign(place);
}

function put(topic, post, words) {
  const list = topic.querySelector("[data-quotes]");
  const spoken = topic.querySelector("[data-spoken]");
  if (list.children.length >= MOST) return (spoken.textContent = list.dataset.most);
  const quote = topic.querySelector("template[data-quoted]").content.cloneNode(true);
  const short = words.length > CHARS ? words.slice(0, CHARS).replace(/\s+\S*$/, "") : words;
  quote.querySelector("bdi").textContent = post.querySelector(".post__who bdi").textContent;
  quote.querySelector("cite").lastChild.textContent = quote.querySelector("cite").lastChild.textContent.replace(/\s*$/, ` ${post.id.slice(5)}`);
  quote.querySelector("p").textContent = short;
  quote.querySelector("[name=quote]").value = `${post.dataset.id}:${short}`;
  list.append(quote);
  spoken.textContent = list.dataset.done;
  changed(topic);
}

function take(event) {
  const button = event.target.closest("[name=drop_quote]");
  if (!button) return;
  event.preventDefault();
  const topic = button.closest("live-topic");
  button.closest(".composer__quote").remove();
  changed(topic);
}

// As if it were typed, and one goes on writing.
function changed(topic) {
  const box = typed(topic);
  box.focus();
  box.scrollIntoView({ block: "nearest" });
}
