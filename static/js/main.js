// What every page has, and after its first picture the module of each other custom element that is on it.
import "./page.js";

const LATEST = 2000; // milliseconds
const MODULES = {
  "chat-present": () => import("./chat-present.js"),
  "chat-room": () => import("./chat-room.js"),
  "draft-keeper": () => import("./writing.js"),
  "feedback-keeper": () => import("./feedback-keeper.js"),
  "live-topic": () => import("./live-topic.js"),
  "mention-box": () => import("./writing.js"),
  "step-keeper": () => import("./step-keeper.js"),
  "phrase-menu": () => import("./phrase-menu.js"),
  "passkey-button": () => import("./passkey-button.js"),
  "text-toolbar": () => import("./writing.js"),
  "writing-help": () => import("./writing.js"),
};

function look() {
  for (const [tag, fetchModule] of Object.entries(MODULES)) {
    if (document.querySelector(tag) && !customElements.get(tag)) fetchModule();
  }
}

let begun = false;

function begin() {
  if (begun) return;
  begun = true;
  look();
  if (document.readyState === "complete") addHtmx();
  else addEventListener("load", addHtmx); // earlier it would wait for a DOMContentLoaded that has been
}

function addHtmx() {
  const { htmx } = document.body.dataset;
  if (htmx) document.head.append(Object.assign(document.createElement("script"), { src: htmx }));
}

// A tab that nobody looks at paints nothing; nor does a browser that keeps its paintings to itself.
if (document.hidden) begin();
else {
  new PerformanceObserver(begin).observe({ type: "paint", buffered: true });
  setTimeout(begin, LATEST);
}
document.addEventListener("htmx:afterSettle", look);
