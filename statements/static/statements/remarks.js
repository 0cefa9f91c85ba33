/* Words of the text are chosen, by pointer or by keys, and remarked on in the margin.

   The page stands without this: its form takes a paragraph, or words of it. Places count
   code points of the plain text, by the rule of statements/markup/projection.py. */

const BLOCKS = new Set(
  "blockquote caption figcaption figure h2 h3 h4 hr li ol p table tbody td tfoot th thead tr ul".split(
    " ",
  ),
);
const BESIDE = ".quote-ref, .remark-ref";
const WORD = /[\p{L}\p{N}\p{M}]+(?:['’\-‑][\p{L}\p{N}\p{M}]+)*/gu;

const points = (words) => [...words];

/** The texts of a row: `{ node, offset, place, words, row }`, in their order. */
function runsOf(row) {
  const runs = [];
  let place = Number(row.dataset.start);
  let boundary = false;
  const emit = (words, node, offset) => {
    if (boundary && runs.length) place += 1;
    boundary = false;
    runs.push({ node, offset, place, words, row });
    place += points(words).length;
  };
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      let offset = 0;
      for (const line of node.data.split("\n")) {
        if (line) emit(line, node, offset);
        offset += line.length + 1;
      }
      return;
    }
    if (node.nodeType !== Node.ELEMENT_NODE || node.matches(BESIDE)) return;
    if (node.localName === "br") {
      emit("\n", node, 0);
      return;
    }
    const block = BLOCKS.has(node.localName);
    boundary ||= block;
    node.childNodes.forEach(walk);
    boundary ||= block;
  };
  walk(row.querySelector(".row-text"));
  return runs;
}

class Reading {
  constructor(text, box) {
    this.text = text;
    this.box = box;
    this.form = box.querySelector("form");
    this.foot = document.createComment("Where the form stands by itself.");
    box.before(this.foot);
    this.heard = document.getElementById("remark-heard");
    this.runs = [...text.querySelectorAll("[data-start]")].flatMap(runsOf);
    this.letters = [];
    for (const run of this.runs) {
      points(run.words).forEach((letter, index) => {
        this.letters[run.place + index] = letter;
      });
    }
    this.words = this.runs.flatMap((run) =>
      run.node.nodeType === Node.TEXT_NODE
        ? [...run.words.matchAll(WORD)].map((found) => ({
            node: run.node,
            row: run.row,
            from: run.offset + found.index,
            to: run.offset + found.index + found[0].length,
          }))
        : [],
    );
    this.tail = null;
    this.head = null;
    this.offer = document.createElement("button");
    this.offer.type = "button";
    this.offer.textContent = "Remark on these words";
    this.offer.addEventListener("click", () => this.open());
  }

  field(name) {
    return this.form.elements.namedItem(name);
  }

  begin() {
    const keys = document.getElementById("remark-keys");
    keys.hidden = false;
    this.text.tabIndex = 0;
    this.text.setAttribute("aria-describedby", keys.id);
    this.text.addEventListener("focus", () => {
      if (this.head === null && this.text.matches(":focus-visible")) this.choose(0, 0);
    });
    this.text.addEventListener("keydown", (event) => this.key(event));
    document.addEventListener("selectionchange", () => {
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.selected(), 200);
    });
    this.text.addEventListener("pointerdown", () => {
      this.head = null;
    });
    this.form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
      else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        this.form.requestSubmit(this.form.querySelector("button[value=remark]"));
      } else return;
      event.preventDefault();
    });
    const start = this.field("start").value;
    if (start && this.field("end").value) {
      // A form that was refused stands by its words again, with what was typed.
      const run = this.runs.findLast((each) => each.place <= Number(start));
      if (run) this.beside(run.row);
    }
  }

  // ---------- what is chosen ----------

  /** The place of the selection in the text, or null. */
  place() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const within = this.runs
      .filter((run) => range.intersectsNode(run.node))
      .map((run) => {
        const cut = (at) => Math.max(0, Math.min(at - run.offset, run.words.length));
        const text = run.node.nodeType === Node.TEXT_NODE;
        return {
          run,
          from: text && range.startContainer === run.node ? cut(range.startOffset) : 0,
          to:
            text && range.endContainer === run.node
              ? cut(range.endOffset)
              : run.words.length,
        };
      })
      .filter(({ from, to }) => from < to);
    if (!within.length) return null;
    const at = ({ run }, units) => run.place + points(run.words.slice(0, units)).length;
    let start = at(within[0], within[0].from);
    let end = at(within.at(-1), within.at(-1).to);
    const letter = (index) => this.letters[index] ?? "\n";
    while (start < end && !letter(start).trim()) start += 1;
    while (start < end && !letter(end - 1).trim()) end -= 1;
    if (start === end) return null;
    let words = "";
    for (let index = start; index < end; index += 1) words += letter(index);
    return { start, end, words, row: within[0].run.row };
  }

  selected() {
    if (document.activeElement === this.text && this.head !== null) return;
    const place = this.place();
    if (!place) {
      const kept = this.offer.contains(document.activeElement);
      if (!kept && !this.box.contains(document.activeElement)) this.offer.remove();
      return;
    }
    this.chosen = place;
    place.row.querySelector(".desk-margin").prepend(this.offer);
  }

  choose(tail, head) {
    if (!this.words.length) return;
    const last = this.words.length - 1;
    [this.tail, this.head] = [tail, head].map((at) => Math.max(0, Math.min(at, last)));
    const [first, final] = [this.tail, this.head].sort((one, other) => one - other);
    const [one, other] = [this.words[first], this.words[final]];
    getSelection().setBaseAndExtent(one.node, one.from, other.node, other.to);
    this.words[this.head].node.parentElement.scrollIntoView({ block: "nearest" });
    this.chosen = this.place();
    this.heard.textContent = this.chosen?.words ?? "";
  }

  /** The first word of the block before or after that of a word. */
  over(at, step) {
    const { row } = this.words[at];
    const firsts = this.words
      .map((word, index) => (word.row === this.words[index - 1]?.row ? -1 : index))
      .filter((index) => index >= 0);
    const here = firsts.findIndex((index) => this.words[index].row === row);
    return firsts[Math.max(0, Math.min(here + step, firsts.length - 1))];
  }

  key(event) {
    if (event.target !== this.text || !this.words.length) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const head = this.head ?? 0;
    const onward = getComputedStyle(this.text).direction === "rtl" ? -1 : 1;
    const to = {
      ArrowRight: () => head + onward,
      ArrowLeft: () => head - onward,
      ArrowDown: () => this.over(head, 1),
      ArrowUp: () => this.over(head, -1),
      Home: () => 0,
      End: () => this.words.length - 1,
    }[event.key];
    if (to) {
      const next = to();
      this.choose(event.shiftKey ? (this.tail ?? head) : next, next);
    } else if (event.key === "Enter" && this.head !== null) this.open();
    else return;
    event.preventDefault();
  }

  // ---------- the form ----------

  beside(row) {
    this.offer.remove();
    row.querySelector(".desk-margin").prepend(this.box);
    this.box.open = true;
    this.box.classList.add("remark-beside");
    this.field("words").readOnly = true;
    this.field("paragraph").closest(".field").hidden = true;
  }

  open() {
    if (!this.chosen) return;
    const { start, end, words, row } = this.chosen;
    this.beside(row);
    this.field("start").value = start;
    this.field("end").value = end;
    this.field("words").value = words;
    this.field("said").focus();
  }

  close() {
    for (const name of ["start", "end", "words"]) this.field(name).value = "";
    this.field("words").readOnly = false;
    this.field("paragraph").closest(".field").hidden = false;
    this.box.classList.remove("remark-beside");
    this.box.open = false;
    this.foot.after(this.box);
    this.text.focus();
  }
}

const text = document.getElementById("reading");
const box = document.getElementById("remark-new");
if (text && box) new Reading(text, box).begin();
