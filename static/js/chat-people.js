// Who is there, and who lost the line a moment ago: in colour, in shape and in words.

export function showPeople(room, frame) {
  room.part("present-count").textContent = room.dataset.present.replace("%n", frame.count);
  for (const list of document.querySelectorAll("[data-people]")) {
    list.replaceChildren(...frame.people.map((person) => item(person, room.dataset.away)));
  }
}

function item(person, away) {
  const line = document.createElement("li");
  line.append(made("span", person.away ? "presence" : "presence is-on"), made("bdi", "", person.name));
  if (person.away) line.append(" ", made("span", "xs muted", away));
  return line;
}

function made(tag, style, words = "") {
  const element = document.createElement(tag);
  element.className = style;
  element.textContent = words;
  return element;
}
