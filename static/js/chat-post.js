// A form of the chat, sent by script: the `ack` or `nack`, or an empty object when there was no answer.
import { freshToken } from "./fresh-token.js";

// Whoever signed in again in another tab sends once more with the token of that tab.
export async function post(form, extra = {}) {
  const data = new URLSearchParams(new FormData(form));
  for (const [name, value] of Object.entries(extra)) data.set(name, value);
  const headers = { Accept: "application/json", "Accept-Language": document.documentElement.lang };
  let verdict = {};
  try {
    const answer = await fetch(form.action, { method: "POST", body: data, headers });
    verdict = await answer.json();
  } catch {
    return {};
  }
  if (verdict.code === "token" && (await freshToken(form))) return post(form, extra);
  form.dataset.renewed = "";
  return verdict;
}
