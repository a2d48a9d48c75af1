// Where the log is when one comes in: where a link leads, else at what is new, else at the end.

export function enter(log) {
  if (location.hash.startsWith("#m-")) return;
  const fresh = location.hash ? null : log.box.querySelector(".divider--new");
  if (!fresh) return log.toEnd();
  log.box.scrollTop += fresh.getBoundingClientRect().top - log.box.getBoundingClientRect().top;
  log.stuck = log.atEnd();
  if (log.stuck) return;
  const lines = [...log.box.querySelectorAll(".divider--new ~ .said > .msg")];
  log.unseen = lines.filter((article) => article.dataset.by !== document.body.dataset.me).length;
  log.flush();
}
