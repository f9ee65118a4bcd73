// The list by keyboard. The page does all of it without this, and single keys can be switched off (WCAG 2.1.4).
"use strict";

const help = document.querySelector("[data-keys]");
const search = document.querySelector("#id-q");
const rows = [...document.querySelectorAll("[data-row]")];
const memory = `desk-keys ${reader}`;

function remembered() {
  try { return localStorage.getItem(memory) !== "off"; } catch { return true; }
}

function remember(isOn) {
  try { isOn ? localStorage.removeItem(memory) : localStorage.setItem(memory, "off"); } catch { /* until the next page */ }
}

function step(by) {
  const at = rows.indexOf(document.activeElement);
  const row = at < 0 ? rows.at(by > 0 ? 0 : -1) : rows[at + by];
  row?.focus();
  row?.closest("tr").scrollIntoView({ block: "nearest" });
}

function toSearch() {
  search.focus();
  search.select();
}

function toggleHelp() {
  help.open = !help.open;
  if (help.open) help.querySelector("summary").focus();
}

const keys = { j: () => step(1), k: () => step(-1), "/": toSearch, "?": toggleHelp };
const onARow = { ArrowDown: keys.j, ArrowUp: keys.k };

function isWriting(box) {
  return box.isContentEditable || box.matches("input:not([type=checkbox]), textarea, select");
}

function onKey(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
  const act = keys[event.key] ?? (rows.includes(event.target) ? onARow[event.key] : undefined);
  if (!act || !help.querySelector("input").checked) return;
  event.preventDefault();
  act();
}

if (help) {
  const box = help.querySelector("input");
  box.checked = remembered();
  box.onchange = () => remember(box.checked);
  help.hidden = false;
  document.addEventListener("keydown", onKey);
}
