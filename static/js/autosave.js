// Saves each answer while one types. What is not saved says so, stays here, and is tried again.
"use strict";

const form = document.querySelector("[data-answers]"), words = form.querySelector("[data-saved]");
const here = form.dataset.answers, { seq, device, csrfmiddlewaretoken: token } = form;
const waiting = new Map(), known = new Map(); // question → [count, boxes] not yet saved; what it last said
let timer, busy, passing, tries = 0, done = "saved";

const shelf = (what) => `answers ${what} ${reader}`; // tremplin.js empties it
const recall = (what) => { try { return JSON.parse(localStorage[shelf(what)]); } catch { return null; } };
const keep = (what, value) => { try { localStorage[shelf(what)] = JSON.stringify(value); } catch {} return value; };
const shelve = () => keep(here, [...waiting].filter(([name]) => name !== "sin"));
const question = (name) => name.replace(/-(day|month|year)$/, "");
const boxes = (name) => [...form].filter((box) => question(box.name) === name);
const said = (name) => [...new FormData(form)].filter(([box]) => question(box) === name);

function mark(name, state) {
  const field = boxes(name)[0]?.closest(".field");
  if (!field) return;
  field.dataset.kept = state;
  field.querySelector("legend, label").dataset.note = words.dataset[state];
}

function say(state) {
  words.textContent = words.dataset[state];
  words.nextElementSibling.hidden = state !== "out";
}

function typed({ target, type }) {
  const name = question(target.name), now = said(name);
  if (known.get(name) !== `${now}`) {
    known.set(name, `${now}`);
    seq.value = keep("count", Math.max(Date.now(), +seq.value + 1, recall("count") + 1));
    waiting.set(name, [seq.value, now]);
    shelve();
    mark(name, "typed");
    say("typed");
  }
  clearTimeout(timer);
  timer = setTimeout(send, type === "change" ? 0 : 800);
}

function settle(sent, told) {
  let worst = done;
  for (const [name, answer] of sent) {
    if (waiting.get(name) !== answer) continue; // typed again
    const state = told[name] ?? "refused";
    waiting.delete(name);
    mark(name, state);
    if (state !== "saved") worst = state;
  }
  say(waiting.size ? "typed" : worst);
}

async function post(sent) {
  const body = new URLSearchParams({ device: device.value });
  for (const [name, [count, now]] of sent) {
    body.append(`seq-${name}`, count);
    for (const [box, value] of now) body.append(box, value.slice(0, 2e4));
  }
  const answer = await fetch(here, {
    method: "POST", headers: { "X-CSRFToken": token.value }, body, redirect: "manual",
    keepalive: `${body}`.length < 6e4, signal: AbortSignal.timeout?.(2e4),
  });
  if (answer.ok) return answer.json();
  if (answer.status === 403) token.value = (await (await fetch(here)).json()).token; // signed in again
  if (answer.status === 410) waiting.clear();
  throw answer.type === "opaqueredirect" ? "out" : /40[04]|41/.test(answer.status) && "closed";
}

async function send(anyway) {
  clearTimeout(timer);
  if (!waiting.size || (busy && anyway !== true)) return;
  const sent = [...waiting];
  busy = true;
  try {
    settle(sent, await post(sent));
    tries = 0;
  } catch (why) {
    tries += 1;
    for (const name of waiting.keys()) mark(name, "unsaved");
    say(words.dataset[why] ? why : "retry");
  }
  busy = false;
  shelve();
  if (waiting.size) timer = setTimeout(send, tries ? Math.min(6e4, 1e3 * 2 ** tries) : 800);
}

async function leave(event) {
  if (passing || !waiting.size) return;
  event.preventDefault();
  event.stopPropagation();
  await send(true);
  if (event.target === form && waiting.size) return;
  passing = true;
  event.target.requestSubmit(event.submitter);
  passing = false;
}

function putBack([name, [count, now]]) {
  if (`${said(name)}` === `${now}`) return; // it had arrived
  for (const box of boxes(name)) {
    if (/radio|checkbox/.test(box.type)) box.checked = now.some(([, value]) => value === box.value);
    else box.value = Object.fromEntries(now)[box.name] ?? "";
  }
  waiting.set(name, [count, now]);
  done = "back";
}

device.value = keep("me", recall("me") ?? Math.random().toString(36).slice(2));
recall(here)?.forEach(putBack);
shelve();
for (const { name } of form) known.set(question(name), `${said(question(name))}`);
form.oninput = form.onchange = typed;
window.ononline = window.onfocus = send;
window.onpagehide = () => send(true);
document.onvisibilitychange = () => send(document.hidden);
document.addEventListener("submit", leave, true);
send();
