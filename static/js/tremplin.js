// Every page does its work without this.
"use strict";

const { reader } = document.body.dataset; // who is signed in

function toTheField(event) {
  const hash = event.target.closest(".error-summary a[href^='#']")?.hash;
  const box = hash && document.querySelector(`${hash}:not(fieldset), ${hash} input`);
  if (!box) return;
  event.preventDefault();
  (box.closest(".field") ?? box).scrollIntoView();
  box.focus();
}

function hold(form, isSent) {
  form.toggleAttribute("data-sent", isSent);
  for (const button of form.querySelectorAll("button")) button.setAttribute("aria-disabled", isSent);
}

function sendOnce(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.matches("[data-sent]")) return event.preventDefault();
  hold(form, true);
  setTimeout(hold, 15000, form, false); // then once more
}

// Nothing that somebody typed stays on a device that somebody else uses next, signed out or not.
function forgetAllBut(name) {
  try {
    for (const key of Object.keys(localStorage)) if (!key.endsWith(` ${name}`)) localStorage.removeItem(key);
  } catch { /* a browser that keeps nothing has nothing to forget */ }
}

if (reader) forgetAllBut(reader);
const summary = document.querySelector("[data-focus]");
if (!summary?.autofocus) summary?.focus(); // else the browser did
document.onclick = toTheField;
document.onsubmit = sendOnce;
window.onpageshow = () => document.querySelectorAll("[data-sent]").forEach((form) => hold(form, false));
