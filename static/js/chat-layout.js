// How the log reads, for what comes in later: where a day or an hour begins, who goes on talking.

const TOGETHER = 5 * 60_000; // messages of one person in this time stand under one name
const PAUSE = 30 * 60_000; // after it the time is told

// `line` was put at the end of the log, or its message changed.
export function arrange(line, pattern) {
  const before = lineBefore(line);
  if (before && !line.previousElementSibling.matches(".divider")) opens(before, line, pattern);
  line.classList.toggle("is-on", goesOn(line));
  const next = line.nextElementSibling;
  if (next?.matches(".said")) next.classList.toggle("is-on", goesOn(next));
}

function lineBefore(line) {
  let one = line.previousElementSibling;
  while (one && !one.matches(".said")) one = one.previousElementSibling;
  return one;
}

function timeOf(line) {
  return line.querySelector(".msg__who time");
}

function opens(before, line, pattern) {
  const [then, now] = [timeOf(before), timeOf(line)];
  if (!then || !now) return;
  const isDay = then.dateTime.slice(0, 10) !== now.dateTime.slice(0, 10);
  if (!isDay && new Date(now.dateTime) - new Date(then.dateTime) < PAUSE) return;
  const day = new Date(now.dateTime).toLocaleDateString(document.documentElement.lang, { weekday: "long", day: "numeric", month: "long" });
  const time = pattern.replace("%t", now.textContent);
  const divider = Object.assign(document.createElement("p"), { className: "divider", textContent: isDay ? `${day}, ${time}` : time });
  line.before(divider);
}

function goesOn(line) {
  let head = line.previousElementSibling;
  while (head?.matches(".said.is-on")) head = head.previousElementSibling;
  if (!head?.matches(".said")) return false;
  const [above, here] = [head.querySelector(".msg"), line.querySelector(".msg")];
  if (!here.dataset.by || here.dataset.by !== above.dataset.by) return false;
  if (above.matches(".msg--prompt") || here.matches(".msg--gone, .msg--prompt") || here.querySelector(".msg__who .muted")) return false; // it says so under its name
  return new Date(timeOf(line).dateTime) - new Date(timeOf(head).dateTime) < TOGETHER;
}

// Says `you` beside one's own name. Returns whether it is one's own.
export function mark(article, you) {
  if (!article.dataset.by || article.dataset.by !== document.body.dataset.me) return false;
  const tag = Object.assign(document.createElement("span"), { className: "tag tag--brand", textContent: you });
  article.querySelector("time").before(tag, " ");
  return true;
}
