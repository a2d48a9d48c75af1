// What nearly every page has: one request for all of it.
import "./copy-link.js";
import "./cover-screen.js";
import "./keyboard-shortcuts.js";
import "./menu-close.js";
