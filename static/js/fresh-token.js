// Whoever signed in again in another tab has another token; the page that lay open takes it over. Somebody else's never.

// Resolves to whether the one who wrote here is signed in; then every form of the page can be sent.
export async function renew() {
  const page = await fetch(location.pathname).then((answer) => answer.text(), () => "");
  const { body } = new DOMParser().parseFromString(page, "text/html");
  const found = body.dataset.me && body.dataset.me === document.body.dataset.me && body.querySelector("[name=csrfmiddlewaretoken]");
  if (!found) return false;
  for (const token of document.querySelectorAll("[name=csrfmiddlewaretoken]")) token.value = found.value;
  return true;
}

// The same, for a form whose token was refused. Django masks a token anew on each page, so it is taken once per sign-in.
export async function freshToken(form) {
  if (form.dataset.renewed) return (form.dataset.renewed = "");
  const done = await renew();
  form.dataset.renewed = done ? "1" : "";
  return done;
}

// A browser forgets chosen files when a page is left: before they go, see that no refusal comes in its place.
export async function holdFiles(event, refused) {
  const form = event.target;
  const files = [...form.querySelectorAll("[type=file]")].some((box) => box.files.length);
  if (!files || form.dataset.sure || form.hasAttribute("hx-post")) return;
  event.preventDefault();
  if (!(await renew())) return refused();
  form.dataset.sure = "1";
  form.requestSubmit(event.submitter);
}
