/* A link in the text: where it may lead, and the dialog that asks for its address. */

import { element } from "newsroom/speaker";

const MAIL = /^[^\s@/:?#]+@[^\s@/:?#]+\.[^\s@/:?#]+$/;
const SCHEME = /^[a-z][a-z0-9+.-]*:/i;
const KEPT = /^(?:https?:\/\/[^/?#\s]|mailto:[^\s@]+@|tel:\+?[\d(])/i;

/**
 * The address that was meant, or `{ problem }`, a sentence. What it takes,
 * statements/markup/attributes.py keeps: other sites, mail, telephones, and pages of this
 * one. `www.` and a mail address are as good as written out.
 */
export function address(typed) {
  const given = typed.trim();
  if (!given) return { problem: "Give the address that the words lead to." };
  if (/\s/.test(given)) return { problem: "An address has no blanks. Take them out." };
  if (/^www\./i.test(given)) return { href: `https://${given}` };
  if (MAIL.test(given)) return { href: `mailto:${given}` };
  if (given.startsWith("//")) return { href: `https:${given}` };
  if (/^[/?#]/.test(given) || KEPT.test(given)) return { href: given };
  const scheme = SCHEME.exec(given)?.[0];
  if (scheme && !/^(?:https?|mailto|tel):$/i.test(scheme)) {
    return {
      problem:
        `Addresses that begin with ${scheme} are not kept. ` +
        "Begin with https://, mailto:, or / for a page of this site.",
    };
  }
  return {
    problem: "Begin with https:// for another site, or with / for a page of this one.",
  };
}

let number = 0;

function field(label, value, properties) {
  number += 1;
  const input = element("input", {
    id: `link-${number}`,
    type: "text",
    value,
    autocomplete: "off",
    ...properties,
  });
  return {
    input,
    box: element(
      "div",
      { className: "field" },
      element("label", { for: input.id }, label),
      input,
    ),
  };
}

/** Ask for an address. Resolves with null, `{ href, words }`, or `{ remove: true }`. */
function ask({ href, words, wordless }) {
  number += 1;
  const named = `link-heading-${number}`;
  const wrong = element("p", {
    className: "errornote",
    role: "alert",
    id: `link-wrong-${number}`,
    hidden: true,
  });
  const where = field("Address", href ?? "", {
    maxLength: 2000,
    inputMode: "url",
    spellcheck: false,
  });
  where.input.dir = "ltr";
  const shown = wordless ? field("Words", "", { maxLength: 300 }) : null;
  const use = element(
    "button",
    { value: "use", className: "default" },
    href === null ? "Make the link" : "Change the link",
  );
  const remove =
    href === null
      ? null
      : element("button", { value: "remove", formNoValidate: true }, "Remove the link");
  const cancel = element("button", { value: "", formNoValidate: true }, "Cancel");
  const form = element(
    "form",
    { method: "dialog", className: "desk-form" },
    element("h2", { id: named }, href === null ? "Make a link" : "Change the link"),
    words ? element("p", { className: "finding-words" }, words) : null,
    wrong,
    shown?.box ?? null,
    where.box,
    element(
      "p",
      { className: "help" },
      "https:// leads to another site, mailto: to somebody’s mail, / to a page of this site.",
    ),
    element("p", { className: "buttons" }, use, ...(remove ? [remove] : []), cancel),
  );
  const refuse = (input, problem) => {
    wrong.textContent = problem;
    wrong.hidden = false;
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", wrong.id);
    input.focus();
  };
  form.addEventListener("submit", (event) => {
    if (event.submitter && event.submitter !== use) return;
    const { problem } = address(where.input.value);
    const nothing = shown && !shown.input.value.trim();
    if (!problem && !nothing) return;
    event.preventDefault();
    if (nothing) refuse(shown.input, "Give the words that shall lead there.");
    else refuse(where.input, problem);
  });
  const dialog = element("dialog", { className: "ask", "aria-labelledby": named }, form);
  document.body.append(dialog);
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (dialog.returnValue === "remove") resolve({ remove: true });
      else if (dialog.returnValue !== "use") resolve(null);
      else
        resolve({
          href: address(where.input.value).href,
          words: shown?.input.value.trim() ?? "",
        });
    });
    dialog.showModal();
    (shown ?? where).input.focus();
    where.input.select();
  });
}

/** Make a link of the words that are selected, or change the one at the cursor. */
export async function editLink(editor) {
  const old = editor.isActive("link") ? editor.getAttributes("link").href : null;
  if (old !== null) editor.commands.extendMarkRange("link");
  const { from, to } = editor.state.selection;
  const words = editor.state.doc.textBetween(from, to, " ").trim();
  const answer = await ask({ href: old, words, wordless: !words });
  // At once: the editor's own command waits a frame, and the next key is lost.
  editor.view.focus();
  if (!answer) return;
  if (answer.remove) {
    editor.commands.unsetLink();
  } else if (answer.words) {
    const marks = [{ type: "link", attrs: { href: answer.href } }];
    editor.commands.insertContentAt(to, { type: "text", text: answer.words, marks });
  } else {
    // What is written on is no part of it.
    editor
      .chain()
      .setLink({ href: answer.href })
      .setTextSelection(to)
      .unsetMark("link")
      .run();
  }
}
