/* The editor of statements on the page Write. It stands upon the plain form: the text
   area keeps the text at every moment, a hidden field keeps the decisions, and the form
   is saved as it always was. */

import { Editor } from "django-prose-editor/editor";

import { Deciding } from "newsroom/deciding";
import { Asking, Findings, key, positioned, undecided } from "newsroom/findings";
import { opened, stored } from "newsroom/forms";
import { editLink } from "newsroom/links";
import { Margin } from "newsroom/margin";
import { Decided, Identity, marked } from "newsroom/marks";
import { notesOf } from "newsroom/notes";
import { clean } from "newsroom/paste";
import { project } from "newsroom/projection";
import { answer, remarkPlaces, remarksAgain, settle } from "newsroom/remarks";
import { asHTML, holds, nodesAndMarks } from "newsroom/schema";
import { element } from "newsroom/speaker";
import { toolbar } from "newsroom/toolbar";

class Desk extends Deciding {
  constructor(area, told) {
    super();
    this.area = area;
    this.form = area.form;
    this.told = told;
    this.field = this.form.elements.namedItem("decisions");
    this.decisions = new Map(Object.entries(JSON.parse(this.field.value || "{}")));
    this.standing = new Map(told.quotes.map((quote) => [quote.id, quote]));
    this.problem = null;
    this.margin = new Margin({
      accept: (note) => this.accept(note),
      reject: (note) => this.reject(note),
      speaker: (note) => this.changeSpeaker(note),
      back: (note) => this.takeBack(note),
      restore: (note) => this.restore(note),
      remove: (note) => this.remove(note),
      answer: (note) => answer(this, note),
      done: (note) => settle(this, note),
      next: () => this.next(),
      safe: () => this.acceptSafe(),
      undo: () => this.editor.commands.undo(),
      leave: (note) => this.leave(note),
      lit: (note) => this.lit(note),
    });
    this.host = element("div", { className: "editor-text" });
    this.host.lang = area.lang || document.documentElement.lang;
    const start = asHTML(area.value);
    const pasted = (html) =>
      html.includes("data-pm-slice") ? html : opened(clean(html));
    this.editor = new Editor({
      element: this.host,
      // The site's policy lets no script write a sheet; editor.css has its rules.
      injectCSS: false,
      extensions: [
        ...nodesAndMarks,
        Decided,
        Identity.configure({
          known: (id) => this.standing.has(id) || this.decisions.has(id),
        }),
        Findings.configure({
          decisions: this.decisions,
          standing: this.standing,
          clicked: (position) => this.clicked(position),
        }),
      ],
      content: opened(start),
      editorProps: {
        attributes: {
          "aria-label": this.#label(),
          "aria-multiline": "true",
          role: "textbox",
          spellcheck: "true",
        },
        transformPastedHTML: pasted,
        handleKeyDown: (view, event) => this.#keyInText(event),
      },
      onTransaction: ({ transaction }) => this.changed(transaction),
    });
    this.shown = this.editor.getHTML();
    this.start = area.value;
    this.fits = !start || holds(start, this.editor.getHTML());
  }

  #label() {
    return this.form.querySelector(`label[for="${this.area.id}"]`)?.firstChild
      .textContent.trim() ?? "Text";
  }

  // ---------- the page ----------

  begin() {
    if (!this.fits) {
      this.editor.destroy();
      this.area.after(
        element(
          "p",
          { className: "help" },
          "This text holds something that the editor cannot show. It is edited as HTML, " +
            "so that nothing is lost.",
        ),
      );
      return;
    }
    this.#arrange();
    this.written = this.area.value;
    this.asking = new Asking({
      editor: this.editor,
      url: this.told.find,
      longest: this.told.longest,
      tooLong: this.told.tooLong,
      // Asked each time: who signs in again in another tab has another one.
      token: () => this.form.elements.namedItem("csrfmiddlewaretoken").value,
      dated: () => this.form.elements.namedItem("dated")?.value ?? "",
      told: (answer, projection, problem) => this.answered(answer, projection, problem),
    });
    const projection = project(this.editor.state.doc);
    this.editor.view.dispatch(
      this.editor.state.tr.setMeta(key, {
        cited: this.told.citations.map((each) => ({
          ...positioned(each, projection),
          key: `c${each.start}`,
        })),
        remarked: remarkPlaces(this.told.remarks, projection),
      }),
    );
    this.asking.soon(0);
    this.form.elements
      .namedItem("dated")
      ?.addEventListener("change", () => this.asking.soon(0));
    // Whoever writes into the text area, a kept draft or another script, is heard.
    for (const name of ["input", "change"]) {
      this.area.addEventListener(name, () => {
        if (this.area.value !== this.written) this.reread();
      });
    }
    document.addEventListener("newsroom:back", () => this.asking.again());
    document.addEventListener("keydown", (event) => this.#keyOnPage(event), true);
    this.form.addEventListener("submit", () => this.sync());
    addEventListener("resize", () => this.margin.place());
    document.fonts?.ready.then(() => this.margin.place());
    this.draw();
    this.area.dispatchEvent(
      new CustomEvent("newsroom:editor", { bubbles: true, detail: this.editor }),
    );
  }

  #arrange() {
    const box = this.area.closest(".field");
    const tools = toolbar(this.editor, [
      { label: "Mark a quote", key: "F4", ask: () => this.markByHand() },
    ]);
    box.classList.add("field-editor");
    box.append(
      element(
        "div",
        { className: "editor" },
        element("div", { className: "editor-main" }, tools, this.host),
        this.margin.column,
      ),
    );
    this.area.hidden = true;
    // They stand beside their words now; what is answered stays in these fields.
    const open = document.getElementById("remarks-open");
    if (open) open.hidden = true;
    const help = box.querySelector(".help");
    if (help) help.hidden = true;
    const desk = this.form.querySelector(".desk-writing");
    desk.classList.add("editing");
    const aside = desk.querySelector(".desk-aside");
    if (matchMedia("(min-width: 64rem)").matches) box.before(aside);
  }

  #keyOnPage(event) {
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "F2") {
      event.preventDefault();
      if (document.activeElement === this.margin.list) this.editor.view.focus();
      else this.margin.list.focus();
      return;
    }
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const action =
      event.key.toLowerCase() === "s" && !event.shiftKey
        ? "save"
        : event.key === "Enter"
          ? "submit"
          : null;
    const button = action && this.form.querySelector(`button[value="${action}"]`);
    if (!button) return;
    event.preventDefault();
    event.stopPropagation();
    this.form.requestSubmit(button);
  }

  #keyInText(event) {
    const held = event.ctrlKey || event.metaKey;
    const letter = event.key.toLowerCase();
    // Not Ctrl+Shift+Q, which closes Firefox whatever a page wants.
    if (event.key === "F4" && !held && !event.altKey) this.markByHand();
    else if (held && !event.shiftKey && !event.altKey && letter === "k") {
      editLink(this.editor);
    } else return false;
    return true;
  }

  // ---------- what changes ----------

  changed(transaction) {
    if (!this.asking) return;
    if (transaction.docChanged) {
      this.sync();
      const pasted =
        transaction.getMeta("paste") || transaction.getMeta("uiEvent") === "paste";
      this.asking.soon(pasted ? 0 : 900);
    }
    if (transaction.docChanged || transaction.getMeta(key)) this.drawSoon();
  }

  /** Keep the text area and the decisions in step, and let others hear of it. */
  sync() {
    const html = this.editor.getHTML();
    // As long as the text is what it was, so is its HTML.
    const text =
      html === this.shown ? this.start : this.editor.isEmpty ? "" : stored(html);
    const here = marked(this.editor.state.doc);
    const kept = [...this.decisions].filter(
      ([id]) => here.has(id) || this.standing.has(id),
    );
    const decided = kept.length ? JSON.stringify(Object.fromEntries(kept)) : "";
    if (text === this.written && decided === this.field.value) return;
    this.written = text;
    this.area.value = text;
    this.field.value = decided;
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  reread() {
    this.written = this.area.value;
    const given = JSON.parse(this.field.value || "{}");
    for (const [id, decision] of Object.entries(given)) {
      this.decisions.set(id, decision);
    }
    this.editor.commands.setContent(opened(asHTML(this.area.value)));
    this.asking.soon(0);
  }

  answered(found, projection, problem) {
    this.#checked();
    this.problem = problem ?? null;
    if (!found) {
      this.draw();
      return;
    }
    const { tr } = this.editor.state;
    this.#reanchor(tr, projection);
    tr.setMeta(key, {
      open: [
        ...found.quotes.map((each) => ({
          ...positioned(each, projection),
          sort: "quote",
        })),
        ...found.citations.map((each) => ({
          ...positioned(each, projection),
          sort: "citation",
          key: `c${each.key}`,
        })),
      ].sort((one, other) => one.from - other.from),
      dropped: found.dropped.map((each) => positioned(each, projection)),
      remarked: remarksAgain(this, projection),
    });
    tr.setMeta("addToHistory", false);
    this.editor.view.dispatch(tr);
    const open = undecided(this.editor.state).length;
    if (open !== this.counted) this.margin.say(open ? `${open} to decide.` : "");
    this.counted = open;
  }

  /** A quote whose mark went, while its words stand here once, has them again. */
  #reanchor(tr, projection) {
    const here = marked(this.editor.state.doc);
    for (const [id, quote] of this.standing) {
      if (here.has(id) || this.decisions.get(id)?.do === "remove") continue;
      const at = projection.text.indexOf(quote.words);
      if (at < 0 || projection.text.indexOf(quote.words, at + 1) >= 0) continue;
      const start = [...projection.text.slice(0, at)].length;
      const end = start + [...quote.words].length;
      tr.addMark(
        projection.position(start),
        projection.position(end, true),
        this.mark(id),
      );
    }
  }

  // ---------- the notes ----------

  drawSoon() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      this.draw();
    });
  }

  draw() {
    const { view, state } = this.editor;
    const notes = notesOf(this);
    this.margin.draw(notes, {
      top: (note) => (note.from === null ? null : view.coordsAtPos(note.from).top),
      safe: notes.filter((note) => note.safe).length,
      problem: this.problem,
    });
    this.#barred(notes);
    if (key.getState(state).active !== this.margin.active) this.lit(this.margin.current());
  }

  /** The bar of steps counts what the margin counts, before anything is saved. */
  #barred(notes) {
    this.left ??= document.querySelector('.steps a[href$="/quotes/"] .step-left');
    if (!this.left) return;
    this.saved ??= this.left.textContent;
    const many = (wanted) => notes.filter(wanted).length;
    const open = many((note) => note.open);
    const changed = many((note) => note.todo && note.state === "changed");
    this.left.textContent = open
      ? `${open} to decide`
      : changed
        ? `${changed} to confirm`
        : this.decisions.size
          ? "decided, not saved"
          : this.saved;
  }

  /** What Check says of the saved text, once; the page itself has read no text. */
  #checked() {
    const left = document.querySelector('.steps a[href$="/check/"] .step-left');
    if (!left || this.judged) return;
    this.judged = true;
    this.asking.post({ check: "1" }).then(
      ({ check }) => (left.textContent = check),
      () => {},
    );
  }

  lit(note) {
    this.editor.view.dispatch(
      this.editor.state.tr
        .setMeta(key, { active: note?.key ?? null })
        .setMeta("addToHistory", false),
    );
  }

  clicked(position) {
    const note = this.margin.notes.findLast(
      (each) => each.from !== null && each.from <= position && position <= each.to,
    );
    if (note) this.margin.light(note.key, false);
  }

  leave(note) {
    if (note?.from != null) this.editor.commands.setTextSelection(note.from);
    // At once: the editor's own command waits a frame, and the next key is lost.
    this.editor.view.focus();
  }

  /** Select the words that an address asks for: `?at=120-131`. */
  seek() {
    const asked = /^(\d{1,9})-(\d{1,9})$/.exec(
      new URLSearchParams(window.location.search).get("at") ?? "",
    );
    if (!asked || !this.fits) return;
    const projection = project(this.editor.state.doc);
    const [start, end] = [Number(asked[1]), Number(asked[2])];
    if (start >= end || end > projection.length) return;
    this.editor.commands.setTextSelection({
      from: projection.position(start),
      to: projection.position(end, true),
    });
    this.editor.view.focus();
    this.editor.commands.scrollIntoView();
    // Told in words where the text is a plain field. The browser would still go there,
    // and take the focus away, when the page has loaded.
    document.getElementById("at")?.remove();
    history.replaceState(history.state, "", location.pathname + location.search);
  }

  next() {
    const note = this.margin.next();
    if (!note) this.margin.say("Nothing more to decide.");
  }
}

const area = document.querySelector(".desk-writing textarea[name=body]");
const told = document.getElementById("editor-told");
if (area && told && !area.readOnly) {
  const desk = new Desk(area, JSON.parse(told.textContent));
  desk.begin();
  desk.seek();
}
