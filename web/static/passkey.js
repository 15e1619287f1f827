// Passkeys, which no form can ask for. Signing in works without it, with a
// password.
"use strict";

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const withIDs = (list) => (list || []).map((c) => ({ ...c, id: bytes(c.id) }));

// The options as navigator.credentials wants them (WebAuthn level 3, 5.1.8 and 5.1.9).
const ready = (o) => ({
  ...o,
  challenge: bytes(o.challenge),
  ...(o.user && { user: { ...o.user, id: bytes(o.user.id) } }),
  ...(o.allowCredentials && { allowCredentials: withIDs(o.allowCredentials) }),
  ...(o.excludeCredentials && { excludeCredentials: withIDs(o.excludeCredentials) }),
});

// The answer in JSON (5.1.7).
const answer = (c) => ({
  id: c.id,
  rawId: text(c.rawId),
  type: c.type,
  authenticatorAttachment: c.authenticatorAttachment || undefined,
  clientExtensionResults: c.getClientExtensionResults(),
  response: c.response.attestationObject
    ? {
        clientDataJSON: text(c.response.clientDataJSON),
        attestationObject: text(c.response.attestationObject),
        transports: c.response.getTransports ? c.response.getTransports() : [],
      }
    : {
        clientDataJSON: text(c.response.clientDataJSON),
        authenticatorData: text(c.response.authenticatorData),
        signature: text(c.response.signature),
        userHandle: c.response.userHandle ? text(c.response.userHandle) : undefined,
      },
});

const send = async (to, body) => {
  const r = await fetch(to, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  const said = await r.json();
  if (!r.ok) throw new Error(said.detail);
  return said;
};

const bring = (box) => {
  const { passkey, answer: to, next, code, create, cancelled, failed, wait } = box.dataset;
  const button = box.querySelector("button");
  const status = box.querySelector("[role=status]");
  button.addEventListener("click", async () => {
    button.disabled = true;
    status.textContent = wait;
    try {
      const challenge = await send(passkey, { code });
      const publicKey = ready(challenge.options.publicKey);
      const made = await (create ? navigator.credentials.create({ publicKey }) : navigator.credentials.get({ publicKey }));
      const label = box.querySelector("input")?.value;
      const done = await send(to, { id: challenge.id, label, next, response: answer(made) });
      location.assign(done.next);
    } catch (e) {
      status.textContent = e instanceof DOMException ? cancelled : e.message || failed;
      button.disabled = false;
    }
  });
  box.hidden = false;
  document.querySelectorAll("[data-with-passkey]").forEach((e) => (e.hidden = false));
};

if (window.PublicKeyCredential) document.querySelectorAll("[data-passkey]").forEach(bring);
