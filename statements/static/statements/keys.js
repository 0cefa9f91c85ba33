/* "?" shows the keys of the page, "/" goes to the box that finds; neither while one
   types, nor where keys of a single letter or sign are switched off. */

const dialog = document.getElementById("keys");
const TYPING =
  "input:not([type=checkbox], [type=radio], [type=submit], [type=button], [type=file]), " +
  "textarea, select, [contenteditable]:not([contenteditable=false]), [role=textbox]";

function show() {
  dialog.showModal();
  dialog.scrollTop = 0;
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (dialog.dataset.letters === "off" || document.querySelector("dialog[open]")) return;
  if (event.target.closest?.(TYPING)) return;
  const box = document.getElementById("find-q");
  if (event.key === "?") show();
  else if (event.key === "/" && box) {
    box.focus();
    box.select();
  } else return;
  event.preventDefault();
});

document.getElementById("keys-open")?.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  show();
});

/* The switch, without leaving a page on which somebody writes. */
dialog.querySelector(".letters").addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  const wanted = event.submitter.value;
  const body = new FormData(form);
  body.set("letters", wanted);
  const answer = await fetch(form.action, {
    method: "POST",
    body,
    headers: { Accept: "application/json" },
    credentials: "same-origin",
  }).catch(() => null);
  if (answer?.status !== 204) {
    // The page tells what is wrong: a login that ended, a line that is down.
    location.assign(form.action);
    return;
  }
  dialog.dataset.letters = wanted;
  form.querySelector(".letters-on").hidden = wanted === "off";
  form.querySelector(".letters-off").hidden = wanted === "on";
  form.querySelector("p:not([hidden]) button").focus();
});
