// <passkey-button>: asks the device for a passkey and sends what it says with the form inside.
//
// `data-url` gives what to ask for (signing in), or `data-options` names the JSON on this page that does;
// with `data-create` the device makes a new passkey. Without passkeys in the browser it stays away.

const BINARY = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];

function bytes(text) {
  const base64 = text.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

function text(buffer) {
  const base64 = btoa(String.fromCharCode(...new Uint8Array(buffer)));
  return base64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

// The options with what is written as text turned into bytes.
function opened(options) {
  const descriptor = (one) => ({ ...one, id: bytes(one.id) });
  const made = { ...options, challenge: bytes(options.challenge) };
  if (options.user) made.user = descriptor(options.user);
  if (options.allowCredentials) made.allowCredentials = options.allowCredentials.map(descriptor);
  if (options.excludeCredentials) made.excludeCredentials = options.excludeCredentials.map(descriptor);
  return made;
}

// What the device answered, as plain JSON.
function written(credential) {
  const { response } = credential;
  const said = { transports: response.getTransports?.() };
  for (const name of BINARY) if (response[name]) said[name] = text(response[name]);
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: said,
  };
}

class PasskeyButton extends HTMLElement {
  connectedCallback() {
    if (!window.PublicKeyCredential) return;
    this.hidden = false;
    this.form = this.querySelector("form");
    this.trouble = this.querySelector("[data-trouble]");
    this.form.addEventListener("submit", (event) => {
      if (this.form.elements.credential.value) return;
      event.preventDefault();
      this.ask();
    });
  }

  async ask() {
    this.trouble.hidden = true;
    try {
      const publicKey = opened((await this.options()).publicKey);
      const how = "create" in this.dataset ? "create" : "get";
      if (how === "create") {
        const selection = { residentKey: "required", requireResidentKey: true, userVerification: "required" };
        publicKey.authenticatorSelection = { ...publicKey.authenticatorSelection, ...selection };
      }
      const credential = await navigator.credentials[how]({ publicKey });
      this.form.elements.credential.value = JSON.stringify(written(credential));
      this.form.requestSubmit();
    } catch {
      this.trouble.hidden = false;
    }
  }

  async options() {
    if (this.dataset.options) {
      const found = JSON.parse(document.getElementById(this.dataset.options).textContent);
      return found.creation_options ?? found.request_options;
    }
    const answer = await fetch(this.dataset.url, { headers: { Accept: "application/json" } });
    return (await answer.json()).request_options;
  }
}

customElements.define("passkey-button", PasskeyButton);
