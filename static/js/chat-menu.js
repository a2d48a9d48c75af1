// What one may do with a message: copies of the menus that the page holds ready.

const ANY = "00000000-0000-0000-0000-000000000000"; // stands for a message in their addresses

export function menuFor(room, article, mine) {
  const template = room.part(mine ? "menu-own" : "menu-other");
  if (!template || article.classList.contains("msg--gone")) return [];
  const menu = copyOf(template, article.dataset.id);
  if (article.querySelector(".avatar--expert")) menu.querySelector("[data-rests]")?.remove(); // trainers get none
  return [menu];
}

export function copyOf(template, id) {
  const copy = template.content.cloneNode(true);
  for (const one of copy.querySelectorAll("[href], [action]")) {
    const name = one.hasAttribute("href") ? "href" : "action";
    one.setAttribute(name, one.getAttribute(name).replace(ANY, id));
  }
  return copy;
}
