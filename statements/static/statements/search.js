/* The box of the search of quotes: names are offered after "speaker:" and the like, as
   the controls offer them (offers.js), and "/" goes to the box, unless keys of a single
   sign are switched off. Without this script the box is a plain one. */

import { Offers } from "./offers.js";

const box = document.querySelector("[data-names]");
const NAMED = {
  speaker: "speakers",
  office: "offices",
  post: "offices",
  org: "organizations",
  organization: "organizations",
  organisation: "organizations",
  about: "resolutions",
  resolution: "resolutions",
  topic: "tags",
  tag: "tags",
};
/* A filter that is being typed, up to the caret: its key, and what stands after it. */
const TYPED = /(?:^|\s)(\p{L}+):(?:["“„«]([^"“”„«»]*)|([^\s"“”„«»]*))$/u;

class Names extends Offers {
  get typed() {
    const match = TYPED.exec(this.input.value.slice(0, this.input.selectionStart));
    const field = NAMED[match?.[1].toLowerCase()];
    return field ? { field, words: match[2] ?? match[3] } : null;
  }

  get words() {
    return this.typed?.words.trim() ?? "";
  }
}

if (box) {
  const names = new Names(box, {
    named: box.labels[0].textContent.trim(),
    async ask(words, signal) {
      const url = new URL(box.dataset.names, location.href);
      url.searchParams.set("in", names.typed.field);
      url.searchParams.set("q", words);
      const response = await fetch(url, {
        signal,
        headers: { Accept: "application/json" },
        credentials: "same-origin",
      });
      // A login that ended leads to a page; the plain box goes on without offers.
      if (!response.ok || response.redirected) throw new TypeError(response.status);
      return response.json();
    },
    take({ value }) {
      const until = box.selectionStart;
      const before = box.value.slice(0, until);
      const begin = before.replace(TYPED, (all) => all.slice(0, all.indexOf(":") + 1));
      const name = /^[^\s:*"-][^\s:*"]*$/.test(value) ? value : `"${value}"`;
      const after = box.value.slice(until).replace(/^["”»]/, "").trimStart();
      box.value = `${begin}${name} ${after}`;
      const caret = begin.length + name.length + 1;
      box.setSelectionRange(caret, caret);
    },
  });
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || !box?.form.hasAttribute("data-keys")) return;
  if (event.defaultPrevented || event.isComposing) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
  event.preventDefault();
  box.focus();
  box.select();
});
