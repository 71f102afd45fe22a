// Forms that a passkey answers. The server gives options, the browser asks its person, and the answer goes back as an
// ordinary form. Nothing is decided here.

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

const named = (list) => (list ?? []).map((credential) => ({ ...credential, id: bytes(credential.id) }));

/** Options as JSON has them, with bytes where the browser wants bytes. */
function readable(options) {
  const found = { ...options, challenge: bytes(options.challenge) };
  if (options.user) found.user = { ...options.user, id: bytes(options.user.id) };
  if (options.excludeCredentials) found.excludeCredentials = named(options.excludeCredentials);
  if (options.allowCredentials) found.allowCredentials = named(options.allowCredentials);
  return found;
}

/** What the browser answered, as JSON can hold it. */
function sendable(credential) {
  const { response } = credential;
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const held = parts.filter((part) => response[part]).map((part) => [part, text(response[part])]);
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    clientExtensionResults: {},
    response: Object.fromEntries(held),
  });
}

async function options(form) {
  const answer = await fetch(form.dataset.options, {
    method: "POST",
    body: new URLSearchParams(new FormData(form)),
    headers: { Accept: "application/json" },
  });
  const found = await answer.json();
  if (!answer.ok) throw new Error(found.detail);
  return readable(found);
}

async function ask(form) {
  const problem = form.querySelector("[data-passkey-problem]");
  problem.hidden = true;
  let publicKey;
  try {
    publicKey = await options(form);
  } catch (error) {
    return tell(problem, error.message || form.dataset.failed);
  }
  try {
    const credential = await navigator.credentials[form.dataset.passkey]({ publicKey });
    form.elements.credential.value = sendable(credential);
  } catch {
    // Cancelled, timed out, or made before: the browser has said so itself.
    return tell(problem, form.dataset.failed);
  }
  // The password was looked at with the options.
  if (form.elements.password) form.elements.password.disabled = true;
  return form.submit();
}

function tell(problem, words) {
  problem.textContent = words;
  problem.hidden = false;
}

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void ask(form);
    });
  }
}
