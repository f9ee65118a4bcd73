// A passkey: the browser makes or shows it, the form carries it to us. Browsers since the spring of 2025 can.
"use strict";

const form = document.querySelector("[data-passkey]");
const how = form.dataset.passkey;
const read = window.PublicKeyCredential?.[`parse${how === "get" ? "Request" : "Creation"}OptionsFromJSON`];

async function send(event) {
  event.preventDefault();
  try {
    const publicKey = read(JSON.parse(form.dataset.options).publicKey);
    form.credential.value = JSON.stringify(await navigator.credentials[how]({ publicKey }));
    form.submit();
  } catch {
    document.querySelector("[data-passkey-failed]").hidden = false;
  }
}

if (read) {
  form.hidden = false;
  document.querySelector("[data-passkey-off]").hidden = true;
  form.onsubmit = send;
}
