// What the page itself adds around a post of a conversation: the own menu, and which reactions are one's own.

// Takes over what changed in a post, and leaves the rest as it lies there: the focus and a selection stay.
export function renew(here, post) {
  const held = [...here.querySelectorAll("a, button")].indexOf(document.activeElement);
  const old = [...here.children];
  if (old.length !== post.children.length || here.className !== post.className) {
    here.replaceWith(post);
  } else {
    [...post.children].forEach((part, at) => part.isEqualNode(old[at]) || old[at].replaceWith(part));
    here.dataset.seq = post.dataset.seq;
    post = here;
  }
  dress(post.closest(".entry"));
  if (held >= 0) post.querySelectorAll("a, button")[held]?.focus();
}

// Which of the four are pressed; the words that say so without a script are not needed then.
export function dress(entry) {
  const mine = new Set((entry.dataset.pressed ?? "").split(" "));
  for (const button of entry.querySelectorAll("[name=reaction]")) {
    button.setAttribute("aria-pressed", mine.has(button.value));
    button.disabled = entry.matches(".entry--own");
  }
  entry.querySelector(".entry__pressed")?.remove();
}

export function wrap(post, menu) {
  const entry = Object.assign(document.createElement("div"), { className: menu ? "entry entry--own" : "entry" });
  entry.append(post);
  if (menu) entry.append(menuFor(post, menu));
  dress(entry);
  return entry;
}

function menuFor({ dataset: { id } }, { content }) {
  const menu = content.cloneNode(true);
  for (const link of menu.querySelectorAll("a")) link.href = link.getAttribute("href").replace(/[0-9a-f-]{36}/, id);
  return menu;
}
