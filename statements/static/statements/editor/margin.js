/* The notes beside the text: a list to walk through by arrow keys, each note at the
   height of its words where there is room for it, and what can be done with one. */

import { bdi, element } from "newsroom/speaker";

const WIDE = matchMedia("(min-width: 64rem)");

/** Whether keys that are a single letter work; the person's switch, on every page. */
const letters = () => document.getElementById("keys")?.dataset.letters !== "off";

const shortened = (words, most = 90) =>
  words.length > most ? `${words.slice(0, most - 1)}…` : words;

/** The key that does it, as shown on its button. */
const DEEDS = [
  ["accept", "Accept", "Enter"],
  ["reject", "Reject", "X"],
  ["speaker", "Speaker", "S"],
  ["back", "Take back", "U"],
  ["restore", "Put back", "P"],
  ["remove", "Remove", "Delete"],
  ["answer", "Answer", "R"],
  ["done", "Done", "D"],
  ["next", "Next", "N"],
];

export class Margin {
  /** `handlers`: a function for each deed, by its name, and `leave`, `safe`, `lit`. */
  constructor(handlers) {
    this.handlers = handlers;
    this.notes = [];
    this.active = null;
    this.list = element("ul", {
      role: "listbox",
      id: "findings",
      className: "notes",
      "aria-label": "Quotes, citations and remarks",
      tabIndex: 0,
    });
    this.head = element("p", { className: "notes-head", id: "findings-head" });
    this.safe = element(
      "button",
      { type: "button", className: "notes-safe", hidden: true },
      "",
    );
    this.safe.addEventListener("click", () => handlers.safe());
    this.empty = element("p", { className: "quiet notes-empty" });
    this.deeds = element("div", {
      role: "group",
      className: "note-deeds",
      "aria-label": "Decide",
    });
    this.buttons = new Map(
      DEEDS.map(([name, label, key]) => {
        const button = element(
          "button",
          { type: "button" },
          label,
          element("kbd", { "aria-hidden": "true", className: key.length > 1 ? "" : "single" }, key),
        );
        button.addEventListener("click", () => {
          this.handlers[name](this.current());
        });
        this.deeds.append(button);
        return [name, button];
      }),
    );
    this.help = element(
      "p",
      { className: "quiet notes-keys", id: "findings-keys" },
      "Keys: ↑ ↓ move, Enter accept, ",
      element(
        "span",
        { className: "single" },
        "X reject, S speaker, A all safe, U take back, N next, ",
      ),
      "Esc to the words. Anywhere on the page: F2 here and back, Ctrl+S save, " +
        "Ctrl+Enter save and submit.",
    );
    this.remarks = element(
      "span",
      { hidden: true, className: "single" },
      " At a remark: R answer, D done.",
    );
    this.help.append(this.remarks);
    this.list.setAttribute("aria-describedby", this.help.id);
    this.live = element("p", {
      className: "visually-hidden",
      role: "status",
      "aria-live": "polite",
    });
    this.column = element(
      "div",
      { className: "notes-column" },
      this.head,
      this.safe,
      this.empty,
      this.list,
      this.deeds,
      this.help,
      this.live,
    );
    this.list.addEventListener("keydown", (event) => this.#key(event));
    this.list.addEventListener("click", (event) => {
      const note = event.target.closest("[role=option]");
      if (note) this.light(note.dataset.key);
    });
    this.list.addEventListener("focus", () => {
      if (this.current() === null) this.next();
    });
    WIDE.addEventListener("change", () => this.place());
  }

  say(words) {
    this.live.textContent = words;
  }

  current() {
    return this.notes.find((note) => note.key === this.active) ?? null;
  }

  /** Draw the notes anew. `top(note)` says how high its words stand, in the window. */
  draw(notes, { top, safe, problem }) {
    const at = this.notes.findIndex((note) => note.key === this.active);
    this.notes = notes;
    this.top = top;
    if (this.current() === null && at >= 0) {
      // The finding became a mark, or is gone: what stands there now.
      this.active = notes[Math.min(at, notes.length - 1)]?.key ?? null;
    }
    this.list.replaceChildren(...notes.map((note) => this.#note(note)));
    const open = notes.filter((note) => note.open).length;
    this.head.textContent = problem ?? this.#counted(open, notes);
    this.head.classList.toggle("warning", Boolean(problem));
    // On a narrow screen nothing lies over the text while nothing is to be decided.
    this.column.classList.toggle("notes-calm", open === 0 && !problem);
    this.safe.hidden = safe === 0;
    this.safe.replaceChildren(
      `Accept all safe (${safe})`,
      element("kbd", { "aria-hidden": "true", className: "single" }, "A"),
    );
    this.empty.hidden = notes.length > 0;
    this.empty.textContent = "Quotes and resolutions appear here as the text is written.";
    this.list.hidden = notes.length === 0;
    this.help.hidden = notes.length === 0;
    this.remarks.hidden = !notes.some((note) => note.remark);
    this.#lit();
    this.place();
  }

  #counted(open, notes) {
    const left = notes.filter((note) => note.remark && !note.done).length;
    const findings = notes.some((note) => !note.remark);
    const changed = notes.filter((note) => note.todo && note.state === "changed").length;
    const gone = notes.filter((note) => note.id && note.state === "detached").length;
    return [
      open ? `${open} to decide` : findings && !changed && !gone && "All decided",
      changed && `${changed} to confirm`,
      gone && `${gone} detached`,
      left && (left === 1 ? "1 remark open" : `${left} remarks open`),
    ]
      .filter(Boolean)
      .join(" · ");
  }

  #note(note) {
    const option = element("li", {
      role: "option",
      id: `note-${note.key}`,
      className: `margin-note is-${note.state}`,
      "aria-selected": "false",
    });
    option.dataset.key = note.key;
    const who = note.who
      ? element("strong", { className: "note-who" }, bdi(note.who))
      : element("strong", { className: "note-who" }, "Nobody named");
    option.append(
      element(
        "span",
        { className: "note-line" },
        who,
        note.office ? `, ${note.office}` : "",
      ),
      element("span", { className: "note-words" }, shortened(note.words)),
      ...(note.said ?? []).map((said) =>
        element("span", { className: "note-said" }, said),
      ),
      element("span", { className: "note-why" }, note.why),
    );
    for (const warning of note.warnings ?? []) {
      option.append(element("span", { className: "warning" }, warning));
    }
    return option;
  }

  #lit() {
    const current = this.current();
    for (const option of this.list.children) {
      option.setAttribute("aria-selected", String(option.dataset.key === this.active));
    }
    if (current) {
      this.list.setAttribute("aria-activedescendant", `note-${current.key}`);
    } else this.list.removeAttribute("aria-activedescendant");
    this.deeds.hidden = current === null;
    if (current) {
      for (const [name, button] of this.buttons) {
        button.hidden = !current.deeds.includes(name);
        // Words that changed since are confirmed; what was found is accepted.
        if (name === "accept") button.firstChild.data = current.open ? "Accept" : "Confirm";
        if (name === "done") button.firstChild.data = current.done ? "Not done" : "Done";
      }
    }
  }

  light(key, scroll = true) {
    this.active = key;
    this.#lit();
    this.place();
    this.handlers.lit(this.current());
    if (scroll) {
      const option = this.list.querySelector('[aria-selected="true"]');
      option?.scrollIntoView({ block: "nearest" });
      if (!this.deeds.hidden) this.deeds.scrollIntoView({ block: "nearest" });
    }
  }

  step(by) {
    if (!this.notes.length) return;
    const at = this.notes.findIndex((note) => note.key === this.active);
    const next = at < 0 ? 0 : Math.max(0, Math.min(at + by, this.notes.length - 1));
    this.light(this.notes[next].key);
  }

  /**
   * The next finding that is open, from the active note on and round; then whatever else
   * is left: words to confirm, a quote whose words are gone, a remark. Else stay.
   */
  next() {
    const at = this.notes.findIndex((note) => note.key === this.active);
    const order = [...this.notes.slice(at + 1), ...this.notes.slice(0, at + 1)];
    const found =
      order.find((note) => note.open) ??
      order.find((note) => note.todo) ??
      this.current() ??
      order[0];
    if (found) this.light(found.key);
    return found?.todo ? found : null;
  }

  /** Answer the remark that is lit, or the next one that is open. */
  #answer(note) {
    const at = this.notes.indexOf(note);
    const order = [...this.notes.slice(Math.max(at, 0)), ...this.notes];
    const found = note?.remark ? note : order.find((each) => each.remark && each.todo);
    if (!found) {
      this.head.textContent = "No remark is open.";
      this.say("No remark is open.");
      return;
    }
    if (found !== note) this.light(found.key);
    this.handlers.answer(found);
  }

  /** Each note at the height of its words, below the one before it. */
  place() {
    if (!WIDE.matches || !this.top) {
      for (const option of this.list.children) option.style.top = "";
      this.list.style.height = "";
      this.deeds.style.top = "";
      return;
    }
    const origin = this.list.getBoundingClientRect().top;
    let free = 0;
    const heights = [...this.list.children].map((option) => option.offsetHeight);
    const decide = this.deeds.hidden ? 0 : this.deeds.offsetHeight;
    [...this.list.children].forEach((option, index) => {
      const wanted = this.top(this.notes[index]);
      const top = Math.max(free, wanted === null ? 0 : wanted - origin);
      option.style.top = `${top}px`;
      free = top + heights[index] + 8;
      if (option.dataset.key === this.active) {
        this.deeds.style.top = `${this.list.offsetTop + free - 8}px`;
        free += decide;
      }
    });
    this.list.style.height = `${free}px`;
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const note = this.current();
    const does = (name) => {
      if (note?.deeds.includes(name)) this.handlers[name](note);
    };
    const keys = {
      ArrowDown: () => this.step(1),
      ArrowUp: () => this.step(-1),
      Home: () => this.notes.length && this.light(this.notes[0].key),
      End: () => this.notes.length && this.light(this.notes.at(-1).key),
      Enter: () => does("accept"),
      x: () => does("reject"),
      s: () => does("speaker"),
      u: () => (note?.deeds.includes("back") ? does("back") : this.handlers.undo()),
      p: () => does("restore"),
      Delete: () => does("remove"),
      r: () => this.#answer(note),
      d: () => does("done"),
      n: () => this.handlers.next(),
      a: () => this.handlers.safe(),
      Escape: () => this.handlers.leave(note),
    };
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (!(key in keys) || (key.length === 1 && !letters())) return;
    event.preventDefault();
    keys[key]();
  }
}
