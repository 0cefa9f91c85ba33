/* After a form of a statement was sent: to what is wrong, to what came of it, or, on
   Write and Quotes, on from the same place.

   Without this the page stands at its top, with the same sentences in it. Of the place
   the browser keeps numbers and names of fields until the next page, and no words. */

const PLACE = "newsroom.place";
const STEP = document.querySelector(".steps [aria-current]")?.pathname.split("/").at(-2);

const shown = (selector) => [...document.querySelectorAll(selector)].find(visible);

/* What is folded away is shown; what has no box at all has none of its own to show. */
function visible(element) {
  for (let at = element.closest("details"); at; at = at.parentElement.closest("details")) {
    at.open = true;
  }
  return element.getClientRects().length > 0;
}

function lead(element, place = "center") {
  if (!element.matches("a, button, input, select, textarea")) element.tabIndex = -1;
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: place });
}

function result() {
  const refused = shown(".reasons[role=alert]");
  if (refused) return lead(refused);
  const wrong =
    shown(".field-wrong :is(input:not([type=hidden]), select, textarea)") ??
    shown(".field-wrong, .errorlist");
  if (wrong) return lead(wrong);
  const made = document.querySelector(".link-made");
  if (made) {
    offer(made);
    lead(made);
    return made.select();
  }
  const at = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  if (at && visible(at)) return lead(at);
  const told = shown(".messagelist");
  if (!told) return;
  if (kept && !told.querySelector("li:not(.success)")) comeBack(kept, told);
  else lead(told, "nearest");
}

// ---------- the place ----------

let editor = null;
document.addEventListener("newsroom:editor", ({ detail }) => {
  editor = detail;
});
document.addEventListener("submit", ({ target, submitter }) => {
  const at = document.activeElement;
  const finding = submitter?.closest(".finding");
  const place = {
    // A new statement has no steps yet; saved, it is on the first.
    step: STEP ?? "write",
    moment: Date.now(),
    y: scrollY,
    top: finding?.getBoundingClientRect().top,
    caret: editor?.view.hasFocus() ? editor.state.selection.head : null,
    focus: at?.id || "",
    button: submitter?.value ?? "",
  };
  if (target.method === "post") sessionStorage.setItem(PLACE, JSON.stringify(place));
});

function taken() {
  const place = JSON.parse(sessionStorage.getItem(PLACE) ?? "null");
  sessionStorage.removeItem(PLACE);
  const here = place?.step === STEP && ["write", "quotes"].includes(STEP);
  return here && Date.now() - place.moment < 60_000 ? place : null;
}

function comeBack(place, told) {
  // At the top the sentence would be out of sight from here.
  told.classList.add("told-here");
  told.setAttribute("aria-live", "polite");
  const said = [...told.children];
  setTimeout(() => told.replaceChildren(...said));
  for (const name of ["keydown", "pointerdown", "wheel"]) {
    addEventListener(name, () => told.remove(), { once: true });
  }
  // The editor, which is as high as its text, is made after this.
  addEventListener("DOMContentLoaded", () => {
    scrollTo({ top: place.y, behavior: "instant" });
    if (place.caret !== null && editor) {
      const end = editor.state.doc.content.size;
      editor.commands.setTextSelection(Math.min(place.caret, end));
      editor.view.focus();
    } else {
      focusAgain(place);
    }
  });
}

function focusAgain({ top, focus, button }) {
  const findings = [...document.querySelectorAll(".finding")];
  const away = (each) => Math.abs(each.getBoundingClientRect().top - top);
  const near =
    top === undefined
      ? document.getElementById(focus) ??
        document.querySelector(`button[name=action][value="${button}"]:not([hidden])`)
      : findings.toSorted((one, other) => away(one) - away(other))[0];
  if (near && visible(near)) lead(near, "nearest");
}

/* The address that is shown once, into the clipboard. */
function offer(made) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Copy";
  const heard = document.createElement("span");
  heard.className = "quiet";
  heard.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(made.value);
      heard.textContent = "Copied.";
    } catch {
      // Browsers that give the clipboard to nobody, or to safe addresses only.
      made.select();
      heard.textContent = "Press Ctrl+C: it is selected.";
    }
  });
  made.after(button, heard);
}

const kept = taken();
result();
