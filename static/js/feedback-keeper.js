// <feedback-keeper>: the draft of a trainer's feedback.
import { Keeper } from "./keeper.js";

class FeedbackKeeper extends Keeper {
  get live() {
    return "live" in this.dataset;
  }

  get data() {
    const data = super.data;
    data.set("do", "keep");
    return data;
  }

  // Someone else wrote: nothing more is saved by itself, and the form shows both texts when it is sent.
  failed(fault) {
    this.over = fault.status === 409;
    return super.failed(fault);
  }
}

customElements.define("feedback-keeper", FeedbackKeeper);
