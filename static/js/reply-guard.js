// What may come in the place of the box that one writes in, when the answer to a reply arrives.

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
    if (!detail.shouldSwap) trouble(topic);
  });
  topic.addEventListener("htmx:afterSettle", () => (topic.querySelector(".error-summary, [data-asks]") ?? topic.querySelector("#place"))?.focus());
  topic.addEventListener("htmx:sendError", () => trouble(topic));
}

function trouble(topic) {
  topic.querySelector("[data-trouble]").hidden = false;
  topic.querySelector("draft-keeper").keep?.();
}
