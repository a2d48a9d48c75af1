// <step-keeper>: a page of a case's draft. What others read changes with its button only.
import { Keeper } from "./keeper.js";

class StepKeeper extends Keeper {
  // From the first saving on the draft has an address of its own.
  kept({ revision, url }) {
    super.kept({ revision });
    this.form.action = url;
  }
}

customElements.define("step-keeper", StepKeeper);
