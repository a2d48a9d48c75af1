// Whoever signed in again in another tab has another token; the form that lay open takes it over.

// Resolves to whether there was another one. Django masks a token anew on each page, so it is taken once per sign-in.
export async function freshToken(form) {
  if (form.dataset.renewed) return (form.dataset.renewed = "");
  const page = await fetch(location.pathname).then((answer) => answer.text(), () => "");
  const found = new DOMParser().parseFromString(page, "text/html").querySelector("[data-composer] [name=csrfmiddlewaretoken]");
  if (!found) return false;
  form.querySelector("[name=csrfmiddlewaretoken]").value = found.value;
  form.dataset.renewed = "1";
  return true;
}
