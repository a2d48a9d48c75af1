// What the room is made of, besides the line and the box to write in.
import { ChatBar } from "./chat-bar.js";
import { fitToKeyboard } from "./chat-keyboard.js";
import { ChatLog } from "./chat-log.js";
import { ChatOwn } from "./chat-own.js";
import { ChatPins } from "./chat-pins.js";
import { ChatPolls } from "./chat-polls.js";
import { ChatRead } from "./chat-read.js";
import { listenToSettings } from "./chat-running.js";
import { ChatVoice } from "./chat-voice.js";

export function addParts(room) {
  room.voice = new ChatVoice(room);
  room.log = new ChatLog(room, room.voice);
  room.own = new ChatOwn(room);
  room.bar = new ChatBar(room, () => room.line);
  room.pins = new ChatPins(room);
  room.polls = new ChatPolls(room, room.log);
  fitToKeyboard();
  if (room.dataset.read) new ChatRead(room);
  if (room.part("running")) listenToSettings(room);
}
