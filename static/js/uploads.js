// Files go up in pieces; a broken line goes on where it was. Without this script forms send them whole.
"use strict";

const PIECE = 131072; // bytes
const LONGEST = 2000; // pixels, of the longer side of a photo

const say = (form, text) => { form.querySelector("[data-said]").textContent = text; };

async function shrunk(file) {
  if (!/^image\/(jpeg|png)$/.test(file.type)) return file; // the office turns HEIC
  try {
    const photo = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST / Math.max(photo.width, photo.height));
    const [width, height] = [photo.width, photo.height].map((side) => Math.round(side * scale));
    const canvas = new OffscreenCanvas(width, height);
    const pen = canvas.getContext("2d");
    pen.fillStyle = "white";
    pen.fillRect(0, 0, width, height);
    pen.drawImage(photo, 0, 0, width, height);
    const small = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.85 });
    return small.size < file.size ? small : file;
  } catch {
    return file;
  }
}

async function ask(form, url, method, body, headers) {
  const token = form.csrfmiddlewaretoken.value;
  for (let wait = 1000; ; wait = Math.min(wait * 2, 20000)) {
    try {
      const signal = AbortSignal.timeout?.(90000);
      const answer = await fetch(url, { method, body, signal, headers: { ...headers, "X-CSRFToken": token } });
      say(form, form.dataset.sendingText);
      if (answer.status < 500) return await answer.json();
    } catch (fault) {
      if (fault instanceof SyntaxError) return location.reload(); // signed out: the page says so
    }
    say(form, form.dataset.waitingText);
    await new Promise((done) => setTimeout(done, wait));
  }
}

async function send(form, file) {
  const blob = await shrunk(file), bar = form.querySelector("progress");
  const hash = await crypto.subtle?.digest("SHA-256", await blob.arrayBuffer());
  const sha256 = [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const facts = new URLSearchParams({ kind: form.kind.value, name: file.name, size: blob.size, sha256 });
  let state = await ask(form, form.dataset.uploads, "POST", facts);
  while (state?.url && !state.over) {
    bar.hidden = false;
    bar.value = state.arrived / state.size;
    const piece = blob.slice(state.arrived, state.arrived + PIECE);
    state = await ask(form, state.url, "PATCH", piece, { "Upload-Offset": state.arrived });
  }
  return state?.url ? "" : state?.error;
}

async function sendAll(event) {
  const form = event.target;
  const files = [...new FormData(form).values()].filter((each) => each.size);
  if (!files.length) return;
  event.preventDefault();
  if (form.matches("[data-sent]")) return;
  hold(form, true);
  say(form, form.dataset.sendingText);
  let error = "";
  for (const file of files) error ||= await send(form, file);
  hold(form, false);
  say(form, error);
  // The last form to be done shows what arrived.
  if (!error && !document.querySelector("[data-uploads][data-sent]")) location.assign(form.dataset.then);
}

for (const form of document.querySelectorAll("[data-uploads]")) form.onsubmit = sendAll;
