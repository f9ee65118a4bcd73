// Small comforts. Every page does its work without them.
"use strict";

const AGAIN_AFTER = 15000; // milliseconds after which a form may be sent once more

function toTheErrors() {
  const summary = document.querySelector("[data-focus]");
  if (summary && !summary.autofocus) summary.focus(); // browsers that know autofocus do it themselves
}

function toTheField(event) {
  const link = event.target.closest(".error-summary a[href^='#']");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  (field.closest(".field") ?? field).scrollIntoView();
  (field.matches("fieldset") ? field.querySelector("input") : field).focus();
}

function release(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("button")) button.removeAttribute("aria-disabled");
}

function sendOnce(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  for (const button of form.querySelectorAll("button")) button.setAttribute("aria-disabled", "true");
  setTimeout(release, AGAIN_AFTER, form);
}

function sayWhetherSaved(event) {
  const form = event.target.closest?.("form[data-autosave]");
  const place = form?.querySelector("[data-saved]");
  if (!place) return;
  const saved = event.detail.successful === true;
  place.classList.toggle("unsaved", !saved);
  const outdated = event.detail.xhr?.status === 409;
  const { savedText, unsavedText, outdatedText } = place.dataset;
  place.textContent = saved ? savedText : outdated ? outdatedText : unsavedText;
}

function sayWhenTyped(event) {
  event.detail.parameters.seq = Date.now(); // saves may overtake each other: what was typed last wins
}

document.addEventListener("DOMContentLoaded", toTheErrors);
document.addEventListener("click", toTheField);
document.addEventListener("submit", sendOnce);
document.addEventListener("htmx:configRequest", sayWhenTyped);
document.addEventListener("htmx:afterRequest", sayWhetherSaved);
document.addEventListener("htmx:sendError", sayWhetherSaved);
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));
