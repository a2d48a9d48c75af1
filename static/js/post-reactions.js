// The four reactions under a post, given and taken back without a new page.
import { dress } from "./topic-entry.js";

export function reactions(topic) {
  const form = document.getElementById("acts");
  form.addEventListener("submit", (event) => {
    if (event.submitter?.name !== "reaction") return;
    event.preventDefault();
    press(form, event.submitter);
  });
  const all = () => topic.querySelectorAll(".entry").forEach(dress);
  topic.addEventListener("htmx:oobAfterSwap", all);
  all();
}

// What is asked for is a state, so that pressing twice while the answer is on its way is pressing once.
async function press(form, button) {
  const entry = button.closest(".entry");
  const data = new FormData(form);
  data.set("reaction", button.value);
  data.set("wanted", button.getAttribute("aria-pressed") === "true" ? 0 : 1);
  let answer = {};
  try {
    const found = await fetch(button.formAction, { method: "POST", body: data, headers: { Accept: "application/json" } });
    answer = await found.json();
    if (!found.ok) throw answer;
  } catch {
    return trouble(entry, answer.message ?? form.dataset.failed);
  }
  trouble(entry, "");
  entry.dataset.pressed = answer.mine.join(" ");
  if (answer.seq >= Number(entry.firstElementChild.dataset.seq)) count(entry, answer.counts);
  dress(entry);
}

function count(entry, counts) {
  for (const button of entry.querySelectorAll("[name=reaction]")) {
    button.querySelector(".num")?.remove();
    const number = Object.assign(document.createElement("span"), { className: "num", textContent: counts[button.value] });
    if (counts[button.value]) button.append(" ", number);
    if (!counts[button.value]) button.textContent = button.textContent.trim();
  }
}

function trouble(entry, words) {
  entry.querySelector(".post__trouble")?.remove();
  if (!words) return;
  const told = Object.assign(document.createElement("p"), { className: "post__trouble", role: "alert", textContent: words });
  entry.querySelector(".post__foot")?.after(told);
}
