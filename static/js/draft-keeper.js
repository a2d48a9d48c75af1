// <draft-keeper>: the draft of a post, beside the form that places it.
import { holdFiles } from "./fresh-token.js";
import { Keeper } from "./keeper.js";

class DraftKeeper extends Keeper {
  connectedCallback() {
    super.connectedCallback();
    this.revision = Number(this.dataset.revision);
    this.form.addEventListener("submit", (event) => holdFiles(event, () => this.out()));
    if (this.querySelector(".error-summary, [data-asks]")) this.keep();
    else this.count();
  }

  get url() {
    return this.dataset.url;
  }

  get data() {
    const typed = super.data;
    const data = new FormData();
    for (const name of ["csrfmiddlewaretoken", "title", "body"]) data.set(name, typed.get(name) ?? "");
    for (const name of ["quote", "tagged", "tags", "kind", "pseudonymous"]) for (const value of typed.getAll(name)) data.append(name, value);
    data.set("place", this.dataset.place);
    data.set("revision", this.revision);
    return data;
  }

  kept({ revision, other }) {
    if (!other) this.revision = revision;
  }

  out() {
    this.failed({ status: 401 });
    this.words.scrollIntoView({ block: "center" });
  }

  keep() {
    super.keep();
    this.count();
  }

  // How much still fits, once that matters. Counted as the server counts: in code points.
  count() {
    const box = this.form.elements.body;
    const left = Number(box.dataset.limit) - [...box.value].length;
    if (left < 500) this.words.textContent = this.words.dataset.left.replace("%n", left);
  }
}

customElements.define("draft-keeper", DraftKeeper);
