// Fetches the module of a custom element only when its tag is on the page, also after a swap.
const MODULES = {
  "chat-room": () => import("./chat-room.js"),
  "copy-link": () => import("./copy-link.js"),
  "cover-screen": () => import("./cover-screen.js"),
  "draft-keeper": () => import("./draft-keeper.js"),
  "feedback-keeper": () => import("./feedback-keeper.js"),
  "keyboard-shortcuts": () => import("./keyboard-shortcuts.js"),
  "live-topic": () => import("./live-topic.js"),
  "mention-box": () => import("./mention-box.js"),
  "menu-close": () => import("./menu-close.js"),
  "step-keeper": () => import("./step-keeper.js"),
  "phrase-menu": () => import("./phrase-menu.js"),
  "passkey-button": () => import("./passkey-button.js"),
  "text-toolbar": () => import("./text-toolbar.js"),
  "writing-help": () => import("./writing-help.js"),
};

function look() {
  for (const [tag, fetchModule] of Object.entries(MODULES)) {
    if (document.querySelector(tag) && !customElements.get(tag)) fetchModule();
  }
}

look();
document.addEventListener("htmx:afterSettle", look);
