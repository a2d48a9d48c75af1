// The room itself changed: open or closed, slower or faster. Trainers see it in what they set, too.

export function showState(room, event) {
  const bar = room.part("bar");
  bar.innerHTML = event.html;
  const { state, pace } = bar.firstElementChild.dataset;
  room.voice.say(bar.textContent.replace(/\s+/g, " ").trim());
  for (const note of room.querySelectorAll("[data-when]")) note.hidden = !note.dataset.when.includes(state);
  for (const select of room.querySelectorAll(".slow select")) select.value = pace;
  room.sender?.slow.tick(); // who wrote just before it went slower waits, too
  room.box?.allow(state === "open");
  room.desk.allow(state === "open");
}

// The line is open: whether this is the database that we know, and whether one may write again.
export function greeted(room, frame) {
  if (frame.last_seq < room.resumed) location.reload();
  else if (frame.can_post) room.box?.rest({ message: "", left_ms: 0 });
}
