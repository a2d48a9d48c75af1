// Fetches the module of a custom element only when its tag is on the page, also after a swap.
const MODULES = {
  "chat-room": () => import("./chat-room.js"),
  "copy-link": () => import("./page.js"),
  "cover-screen": () => import("./page.js"),
  "draft-keeper": () => import("./writing.js"),
  "feedback-keeper": () => import("./feedback-keeper.js"),
  "keyboard-shortcuts": () => import("./page.js"),
  "live-topic": () => import("./live-topic.js"),
  "mention-box": () => import("./writing.js"),
  "menu-close": () => import("./page.js"),
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

look();
document.addEventListener("htmx:afterSettle", look);
