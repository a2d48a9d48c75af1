// What stands around a box that one writes in: one request for all of it.
import "./draft-keeper.js";
import "./mention-box.js";
import "./text-toolbar.js";
import "./writing-help.js";
