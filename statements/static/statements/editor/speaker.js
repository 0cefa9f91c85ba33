/* The question "Who said it?", and its like: a dialog of plain controls. */

import { Offers } from "newsroom/offers";

let number = 0;

export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.includes("-") || key === "role" || key === "for") {
      made.setAttribute(key, value);
    } else made[key] = value;
  }
  made.append(...children.filter((child) => child !== null && child !== ""));
  return made;
}

/** A name that is drawn in its own direction. */
export const bdi = (words) => element("bdi", {}, words);

/** What stands beside a name; the office once, where the reason names it too. */
function besideOf({ beside, why }) {
  if (beside && why?.includes(beside)) return why;
  return [beside, why].filter(Boolean).join(" · ");
}

function field(label, value, properties = {}) {
  number += 1;
  const input = element("input", {
    id: `ask-${number}`,
    type: "text",
    value: value ?? "",
    autocomplete: "off",
    maxLength: 200,
    ...properties,
  });
  const box = element(
    "div",
    { className: "field" },
    element("label", { for: input.id }, label),
    input,
  );
  return { box, input };
}

/**
 * Ask for one choice. Resolves with null, or with what was chosen:
 * `{ who, label, beside }` of the catalogue or of the offers, `{ fresh: {name,
 * organization, office} }` for somebody new; `title` beside either.
 *
 * `offers`: what to choose from, the likeliest first. `search`: asks the catalogue for
 * a name. `fresh`: the fields of somebody new, filled in, or null where none may be
 * made. `title`: the title as printed, or null where none is asked for. `seeking`: begin
 * in the search. `missing`: what to do where nothing is chosen, in a sentence.
 */
export function choose({
  heading,
  words,
  note,
  offers,
  search,
  fresh,
  title,
  chosen,
  seeking = false,
  missing = "Choose one.",
}) {
  number += 1;
  const named = `ask-heading-${number}`;
  const group = `ask-who-${number}`;
  const picked = new Map();
  const list = element("fieldset", { className: "ask-offers" });
  list.append(element("legend", { className: "visually-hidden" }, heading));
  const wrong = element("p", { className: "errornote", role: "alert", hidden: true });

  const offer = (each, before = null) => {
    const key = each.who ?? each.symbol ?? "fresh";
    if (picked.has(key)) return picked.get(key).input;
    const input = element("input", { type: "radio", name: group, value: key });
    input.checked = key === chosen;
    const label = element(
      "label",
      {},
      input,
      element(
        "span",
        {},
        element("strong", {}, bdi(each.label)),
        besideOf(each) ? element("span", { className: "quiet" }, ` ${besideOf(each)}`) : "",
      ),
    );
    list.insertBefore(label, before);
    picked.set(key, { each, input });
    return input;
  };
  for (const each of offers) offer(each);

  const form = element("form", { method: "dialog", className: "desk-form" });
  form.append(element("h2", { id: named }, heading));
  if (words) form.append(element("p", { className: "finding-words" }, words));
  if (note) form.append(element("p", { className: "warning" }, note));
  form.append(wrong, list);

  let last = null;
  const fields = {};
  if (fresh) {
    const input = offer({ who: "fresh", label: "Somebody new" });
    last = input.closest("label");
    const box = element("div", { className: "ask-fresh" });
    for (const [name, label] of [
      ["name", "Name"],
      ["organization", "Organisation"],
      ["office", "Office"],
    ]) {
      fields[name] = field(label, fresh[name]);
      fields[name].input.addEventListener("input", () => (input.checked = true));
      box.append(fields[name].box);
    }
    list.append(box);
  }
  let sought = null;
  if (search) {
    // No "search": there Escape empties the field, where it should close the dialog.
    const { box, input } = field("Search the catalogue", "", {
      placeholder: "A part of a name or office",
    });
    const told = element("p", { className: "help" });
    sought = { input, words: "", people: [] };
    sought.ask = async (words) => {
      let people;
      try {
        people = words.length < 2 ? [] : await search(words);
      } catch (problem) {
        told.textContent = "The desk does not answer. Try again.";
        throw problem;
      }
      Object.assign(sought, { words, people });
      told.textContent =
        people.length || words.length < 2
          ? ""
          : "Nobody of that name is in the catalogue.";
      return { groups: people.length ? [{ label: "", options: people.map(option) }] : [] };
    };
    const option = (each) => ({ ...each, beside: besideOf(each) });
    sought.take = ({ who }) => {
      const each = sought.people.find((one) => one.who === who);
      offer(each, last).checked = true;
      told.textContent = `Chosen: ${each.label}. Press Enter, or Use.`;
      sought.clear();
    };
    sought.clear = () => {
      input.value = sought.words = "";
      wrong.hidden = true;
    };
    form.insertBefore(box, list);
    sought.offers = new Offers(input, {
      ask: sought.ask,
      named: "Search the catalogue",
      take: sought.take,
    });
    box.append(told);
    // Whoever chooses below has done with searching.
    list.addEventListener("input", sought.clear);
  }
  list.addEventListener("change", () => (wrong.hidden = true));
  const printed = title === null ? null : field("Title as printed", title);
  if (printed) {
    printed.input.maxLength = 300;
    form.append(printed.box);
  }
  const use = element("button", { value: "use", className: "default" }, "Use");
  const cancel = element("button", { value: "", formNoValidate: true }, "Cancel");
  form.append(element("p", { className: "buttons" }, use, cancel));

  const dialog = element("dialog", { className: "ask", "aria-labelledby": named }, form);
  const refuse = (sentence) => {
    wrong.hidden = false;
    wrong.textContent = sentence;
  };
  if (sought) {
    sought.meant = async (name) => {
      if (name !== sought.words) await sought.ask(name).catch(() => null);
      // A form is not sent again while it is being sent.
      await new Promise((resolve) => setTimeout(resolve));
      const { words, people } = sought;
      // Only the answer to what stands there now.
      if (name !== words || name !== sought.input.value.trim()) return;
      if (people.length === 1) {
        sought.take(people[0]);
        form.requestSubmit(use);
      } else {
        refuse(people.length ? "Several have that name: choose one with ↓." : missing);
      }
    };
  }
  form.addEventListener("submit", (event) => {
    if (event.submitter === cancel) return;
    const name = sought?.input.value.trim() ?? "";
    if (name.length > 1) {
      // Enter came before a choice: one person of that name is who was meant.
      event.preventDefault();
      sought.meant(name);
      return;
    }
    const radio = form.querySelector(`input[name="${group}"]:checked`);
    const empty =
      radio?.value === "fresh" &&
      !fields.name.input.value.trim() &&
      !fields.organization.input.value.trim();
    if (radio && !empty) return;
    event.preventDefault();
    refuse(empty ? "Give a name, or an organisation." : missing);
  });
  document.body.append(dialog);
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      const radio = form.querySelector(`input[name="${group}"]:checked`);
      dialog.remove();
      if (dialog.returnValue !== "use" || !radio) {
        resolve(null);
        return;
      }
      const answer = { title: printed ? printed.input.value.trim() : "" };
      if (radio.value === "fresh") {
        answer.fresh = Object.fromEntries(
          Object.entries(fields).map(([name, { input }]) => [name, input.value.trim()]),
        );
      } else Object.assign(answer, picked.get(radio.value).each);
      resolve(answer);
    });
    dialog.showModal();
    const first = form.querySelector(`input[name="${group}"]:checked`);
    const search = seeking || !list.querySelector("input") ? sought?.input : null;
    (search ?? first ?? list.querySelector("input") ?? use).focus();
  });
}
