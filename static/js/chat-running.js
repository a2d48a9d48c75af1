// What a trainer sets goes without leaving the page; what it changes comes in by the line. Without scripts: plain forms.
import { post } from "./chat-post.js";

export function listenToSettings(room) {
  room.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("[data-running]")) return;
    event.preventDefault();
    const place = room.part("running-error");
    place.textContent = "";
    const { name, value } = event.submitter ?? {};
    const verdict = await post(form, name ? { [name]: value } : {});
    if (verdict.type !== "ack") place.textContent = verdict.message ?? place.dataset.failed;
  });
}
