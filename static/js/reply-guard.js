// The box that one writes in: what may come in its place when the answer to a reply arrives, and what leaves it.
import { freshToken } from "./fresh-token.js";

export function guard(topic) {
  // The own reply came over the live line before its answer did: once is enough.
  topic.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
    const post = detail.fragment.querySelector("[id^=post-]");
    if (post && document.getElementById(post.id)) detail.shouldSwap = false;
  });

  // Only a box: not the sign-in page, and no error page. A refusal brings the box back with its text.
  topic.addEventListener("htmx:beforeSwap", ({ detail }) => {
    detail.shouldSwap = detail.serverResponse.includes('id="composer"');
    detail.isError = detail.isError && !detail.shouldSwap;
    if (!detail.shouldSwap) refused(topic, detail.xhr.status);
  });
  topic.addEventListener("htmx:afterSettle", () => (topic.querySelector(".error-summary, [data-asks]") ?? topic.querySelector("#place"))?.focus());
  topic.addEventListener("htmx:sendError", () => trouble(topic));
}

// Who signed in again in another tab presses once: the same reply goes on with the token of that tab.
async function refused(topic, status) {
  const form = topic.querySelector("#write");
  if (status === 403 && (await freshToken(form))) form.requestSubmit(form.querySelector("#place"));
  else trouble(topic);
}

function trouble(topic) {
  topic.querySelector("[data-trouble]").hidden = false;
  topic.querySelector("draft-keeper").keep?.();
}

// What is being quoted was taken back or hidden meanwhile: the words leave this page too.
export function empty(topic, id) {
  for (const sent of topic.querySelectorAll(`.composer__quote [name=quote][value^="${id}:"]`)) {
    const quote = sent.closest(".composer__quote");
    quote.querySelector("bdi").textContent = "";
    quote.querySelector("p").textContent = topic.querySelector("[data-quotes]").dataset.gone;
    sent.remove();
    typed(topic);
  }
}

// As if something were typed: the draft is kept.
export function typed(topic) {
  const box = topic.querySelector("#composer [name=body]");
  box.dispatchEvent(new Event("input", { bubbles: true }));
  return box;
}
