/* Offers while one types: the box in the head, and every long choice of the desk.

   A field with `data-offers`, the address that is asked, becomes a combobox (ARIA 1.2):
   the focus stays in it, the arrows walk through the list below, Enter takes what is
   lit, Escape puts the list away. Without this script each of them is a plain field.

   `data-follow`: what is taken is a page to go to. `data-list`: the field holds several
   names with commas between; only the last is looked up. `data-adds`: what is taken is
   ticked in the list of that id instead, which is sent by its keys. A select with `data-offers`
   keeps the key of the row, and a field above it is typed in; words that are not taken
   from the list are sent as they are, and the form looks them up. */

const WAIT = 150;
let number = 0;

function made(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.includes("-") || key === "role") element.setAttribute(key, value);
    else element[key] = value;
  }
  element.append(...children);
  return element;
}

/** Name and value of each answer, whichever door gave it. */
function groupsOf(answer) {
  if (answer.groups) return answer.groups;
  const options = answer.results.map((row) => ({
    label: row.text,
    beside: row.beside ?? "",
    value: row.id,
  }));
  return options.length ? [{ label: "", options }] : [];
}

export class Offers {
  /**
   * `take(option)` is what becomes of a choice. `ask(words, signal)` answers with
   * groups of options.
   */
  constructor(input, { ask, named, take }) {
    number += 1;
    this.input = input;
    this.answer = ask;
    this.take = take;
    this.options = [];
    this.at = -1;
    this.list = made("div", {
      role: "listbox",
      id: `offers-${number}`,
      className: "offers",
      "aria-label": named,
      hidden: true,
    });
    this.heard = made("span", { className: "visually-hidden", role: "status" });
    for (const [name, value] of Object.entries({
      role: "combobox",
      autocomplete: "off",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.list.id,
    })) {
      input.setAttribute(name, value);
    }
    // The browser's own list would lie over this one.
    input.removeAttribute("list");
    const box = made("span", { className: "offers-box" });
    input.before(box);
    box.append(input, this.list, this.heard);
    input.addEventListener("input", () => this.soon());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
    // The focus stays in the field, or the list would be gone before the click.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose(this.options[Number(option.dataset.at)]);
    });
  }

  get words() {
    const { value } = this.input;
    return "list" in this.input.dataset ? value.slice(this.from()).trim() : value.trim();
  }

  /** Where the last of several names begins; a comma in quotation marks is none. */
  from() {
    let at = 0;
    let quoted = false;
    [...this.input.value].reduce((place, letter) => {
      if (/["“”]/.test(letter)) quoted = !quoted;
      else if (letter === "," && !quoted) at = place + 1;
      return place + letter.length;
    }, 0);
    return at;
  }

  get open() {
    return !this.list.hidden;
  }

  soon() {
    clearTimeout(this.waiting);
    this.asking?.abort();
    if (!this.words) this.close();
    else this.waiting = setTimeout(() => this.ask(), WAIT);
  }

  async ask() {
    const { words } = this;
    this.asking?.abort();
    this.asking = new AbortController();
    let answer;
    try {
      answer = await this.answer(words, this.asking.signal);
    } catch (problem) {
      if (problem.name !== "AbortError") this.close();
      return;
    }
    if (words !== this.words || document.activeElement !== this.input) return;
    this.draw(groupsOf(answer), answer.problem);
  }

  draw(groups, problem) {
    this.options = groups.flatMap((group) => group.options);
    this.at = -1;
    let place = -1;
    const drawn = groups.map((group) => {
      const options = group.options.map((option) => {
        place += 1;
        const line = made(
          "div",
          { role: "option", id: `${this.list.id}-${place}`, "aria-selected": "false" },
          made("bdi", {}, option.label),
        );
        line.dataset.at = place;
        if (option.beside) {
          line.append(made("span", { className: "quiet" }, ` ${option.beside}`));
        }
        return line;
      });
      if (!group.label) return options;
      const heading = made(
        "div",
        { className: "offers-head", role: "presentation" },
        group.label,
      );
      const box = made("div", { role: "group", "aria-label": group.label }, heading);
      box.append(...options);
      return [box];
    });
    this.list.replaceChildren(...drawn.flat());
    const found = this.options.length;
    this.heard.textContent =
      problem || (found ? `${found} offered.` : "Nothing of that name.");
    this.list.hidden = found === 0;
    this.input.setAttribute("aria-expanded", String(found > 0));
    this.light(-1);
    // At the foot of the window it would open out of sight.
    if (found) this.list.scrollIntoView({ block: "nearest" });
  }

  light(at) {
    this.at = at;
    const lines = this.list.querySelectorAll("[role=option]");
    lines.forEach((line, place) => {
      line.setAttribute("aria-selected", String(place === at));
    });
    if (at < 0) this.input.removeAttribute("aria-activedescendant");
    else {
      this.input.setAttribute("aria-activedescendant", lines[at].id);
      lines[at].scrollIntoView({ block: "nearest" });
    }
  }

  close() {
    clearTimeout(this.waiting);
    this.asking?.abort();
    this.list.hidden = true;
    this.heard.textContent = "";
    this.input.setAttribute("aria-expanded", "false");
    this.light(-1);
  }

  choose(option) {
    this.close();
    this.take(option);
  }

  key(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const last = this.options.length - 1;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!this.open) {
        if (this.words) this.ask();
      } else if (event.key === "ArrowDown") this.light(this.at < last ? this.at + 1 : -1);
      else this.light(this.at < 0 ? last : this.at - 1);
    } else if (event.key === "Enter" && this.open && this.at >= 0) {
      this.choose(this.options[this.at]);
    } else if (event.key === "Escape" && this.open) {
      // A dialog around the field stays open.
      event.stopPropagation();
      this.close();
    } else return;
    event.preventDefault();
  }
}

const labelOf = (field) => field.labels?.[0]?.textContent.trim() ?? "Offers";

function told(field) {
  for (const name of ["input", "change"]) {
    field.dispatchEvent(new Event(name, { bubbles: true }));
  }
}

/** Asks the address that a field bears. */
function asks(field) {
  return async (words, signal) => {
    const url = new URL(field.dataset.offers, location.href);
    url.searchParams.set("q", words);
    const response = await fetch(url, {
      signal,
      headers: { Accept: "application/json" },
      credentials: "same-origin",
    });
    // A login that ended leads to a page; the plain field goes on without offers.
    if (!response.ok || response.redirected) throw new TypeError(response.status);
    return response.json();
  };
}

function ofField(input) {
  const offers = new Offers(input, {
    ask: asks(input),
    named: labelOf(input),
    take(option) {
      if ("follow" in input.dataset) {
        location.assign(option.url);
        return;
      }
      const { value } = option;
      const before = input.value.slice(0, offers.from());
      if ("adds" in input.dataset) {
        input.value = before;
        tick(document.getElementById(input.dataset.adds), input, option);
      } else if ("list" in input.dataset) {
        const written = value.includes(",") ? `"${value}"` : value;
        input.value = `${before}${before ? " " : ""}${written}, `;
      } else input.value = value;
      told(input);
      offers.close();
      if ("adds" in input.dataset) offers.heard.textContent = `Added: ${option.label}.`;
    },
  });
}

/** A row of a list of ticks: the one that is there, or one more. */
function tick(list, input, { label, value }) {
  const name = input.name.replace(/-words$/, "");
  const there = [...list.querySelectorAll("input")];
  let box = there.find((each) => each.value === value);
  if (!box) {
    box = made("input", { type: "checkbox", name, value, id: `${list.id}_${value}_new` });
    list.append(made("div", {}, made("label", { htmlFor: box.id }, box, ` ${label}`)));
  }
  box.checked = true;
}

/** A select with one row in it, and the field above it that is typed in. */
function ofSelect(select) {
  const words = `${select.name}-words`;
  const input = made("input", {
    type: "text",
    id: `${select.id}-words`,
    className: "vTextField offers-choice",
    maxLength: 300,
    spellcheck: false,
    placeholder: "Nothing chosen",
  });
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
  }
  if (select.required) input.setAttribute("aria-required", "true");
  const named = labelOf(select);
  for (const label of [...select.labels]) label.htmlFor = input.id;
  const chosen = () => select.selectedOptions[0]?.textContent.trim() ?? "";
  /** Words that are the chosen row's name are not sent: its key is. */
  const settle = () => {
    input.name = select.value && input.value.trim() === chosen() ? "" : words;
    if (!input.value.trim()) {
      input.name = "";
      select.value = "";
    }
  };
  const show = () => {
    input.value = select.value ? chosen() : "";
    settle();
  };
  select.before(input);
  select.required = false;
  select.hidden = true;
  new Offers(input, {
    ask: asks(select),
    named,
    take(option) {
      const row = new Option(option.label, option.value, true, true);
      select.replaceChildren(new Option("", ""), row);
      select.value = option.value;
      show();
      select.dispatchEvent(new Event("change", { bubbles: true }));
    },
  });
  input.addEventListener("input", settle);
  // Django's windows for a new row tell it by jQuery alone.
  const { jQuery } = window.django ?? {};
  if (jQuery) jQuery(select).on("change", show);
  show();
  if (select.dataset.words) {
    input.value = select.dataset.words;
    settle();
  }
}

function begin(within) {
  for (const input of within.querySelectorAll("input[data-offers]")) {
    if (input.getAttribute("role") !== "combobox") ofField(input);
  }
  for (const select of within.querySelectorAll("select[data-offers]")) {
    // The row that Django copies for a new one is copied without what hears it.
    if (!select.hidden && !select.closest(".empty-form")) ofSelect(select);
  }
}

begin(document);
document.addEventListener("formset:added", (event) => begin(event.target));
