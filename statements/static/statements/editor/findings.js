/* What was found in the text, held to its words while these move, and drawn in it. */

import { Extension, pm } from "django-prose-editor/editor";

import { marked } from "newsroom/marks";
import { project } from "newsroom/projection";

const { Plugin, PluginKey } = pm.state;
const { Decoration, DecorationSet } = pm.view;

export const key = new PluginKey("findings");

const NONE = {
  open: [],
  cited: [],
  dropped: [],
  remarked: [],
  active: null,
  decisions: null,
};

/** The places of an answer as positions of the document it was asked about. */
export function positioned(each, projection) {
  return {
    ...each,
    from: projection.position(each.start),
    to: projection.position(each.end, true),
    places: (each.places ?? []).map(([start, end, what]) => ({
      from: projection.position(start),
      to: projection.position(end, true),
      what,
    })),
  };
}

function moved(list, mapping) {
  return list
    .map((each) => ({
      ...each,
      from: mapping.map(each.from, 1),
      to: mapping.map(each.to, -1),
      places: (each.places ?? [])
        .map((place) => ({
          ...place,
          from: mapping.map(place.from, 1),
          to: mapping.map(place.to, -1),
        }))
        .filter((place) => place.from < place.to),
    }))
    .filter((each) => each.from < each.to);
}

const meets = (one, other) => one.from < other.to && other.from < one.to;

/** Whether a mark decides about quotes or about citations. */
export function sortOf(id, decisions) {
  const decision = decisions.get(id);
  if (decision?.do === "cite") return "citation";
  if (decision?.do === "reject") return decision.of;
  return "quote";
}

/** The findings that nobody has decided about yet, in the order of the text. */
export function undecided(state) {
  const { open, cited, decisions } = key.getState(state);
  const taken = { quote: [], citation: [...cited] };
  for (const [id, place] of marked(state.doc)) {
    taken[sortOf(id, decisions)].push(place);
  }
  return open.filter((each) => !taken[each.sort].some((place) => meets(each, place)));
}

function drawn(state) {
  const { cited, dropped, remarked, active, decisions, standing } = key.getState(state);
  const found = [];
  const draw = (each, name) => {
    const lit = each.key === active ? " f-active" : "";
    found.push(Decoration.inline(each.from, each.to, { class: name + lit }));
    if (!lit) return;
    for (const place of each.places ?? []) {
      found.push(
        Decoration.inline(place.from, place.to, { class: `f-${place.what}` }),
      );
    }
  };
  for (const each of undecided(state)) draw(each, "f-open");
  for (const each of cited) draw(each, "f-cited");
  for (const each of dropped) draw(each, "f-dropped");
  for (const each of remarked) draw(each, "f-remark");
  for (const [id, place] of marked(state.doc)) {
    const decision = decisions.get(id);
    if (decision?.do === "reject") continue;
    if (!decision && !standing.has(id)) continue;
    draw(
      { ...place, ...(decision?.seen ?? {}), from: place.from, to: place.to, key: id },
      decision?.do === "cite" ? "f-cited" : "f-quote",
    );
  }
  return DecorationSet.create(state.doc, found);
}

/**
 * Keeps the findings. `decisions` and `standing` are maps by id: what was decided since
 * the text was saved, and the quotes that stand.
 */
export const Findings = Extension.create({
  name: "findings",
  addOptions: () => ({ decisions: new Map(), standing: new Map(), clicked: null }),
  addProseMirrorPlugins() {
    const { decisions, standing, clicked } = this.options;
    return [
      new Plugin({
        key,
        state: {
          init: () => ({ ...NONE, decisions, standing }),
          apply(tr, value) {
            let next = value;
            if (tr.docChanged) {
              next = {
                ...next,
                open: moved(next.open, tr.mapping),
                cited: moved(next.cited, tr.mapping),
                dropped: moved(next.dropped, tr.mapping),
                remarked: moved(next.remarked, tr.mapping),
              };
            }
            const told = tr.getMeta(key);
            return told ? { ...next, ...told } : next;
          },
        },
        props: {
          decorations: drawn,
          handleClick(view, position) {
            clicked?.(position);
            return false;
          },
        },
      }),
    ];
  },
});

/**
 * Asks the desk what is in the text, a little after it changed. An answer about words
 * that have changed meanwhile is dropped, and asked again.
 */
export class Asking {
  /**
   * `url`, `token()`: the door and the form's key. `dated()`: the day that the statement
   * bears. `told(answer, projection, problem)` takes the answer, or why there is none.
   */
  constructor(given) {
    Object.assign(this, given);
    this.waiting = 0;
    this.asked = null;
  }

  /** Ask once more, whatever was asked before. */
  again() {
    this.asked = null;
    this.soon(0);
  }

  soon(delay) {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.ask(), delay);
  }

  async post(question, signal) {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", this.token());
    for (const [name, value] of Object.entries(question)) body.set(name, value);
    const response = await fetch(this.url, { method: "POST", body, signal });
    const json = response.headers.get("Content-Type")?.includes("json");
    if (!json) {
      throw new Error(
        response.redirected || response.status === 403
          ? "You are signed out, so nothing is looked for in the text. Your text stands " +
            "here: sign in again in a new tab, then go on."
          : "The desk does not answer. What you write is not lost; it is asked again " +
            "when you go on.",
      );
    }
    const answer = await response.json();
    if (answer.problem) throw new Error(answer.problem);
    return answer;
  }

  async ask() {
    const projection = project(this.editor.state.doc);
    const dated = this.dated();
    const question = `${dated} ${projection.text}`;
    if (question === this.asked) return;
    if (projection.length > this.longest) {
      this.told(null, projection, this.tooLong);
      return;
    }
    this.asked = question;
    this.abort?.abort();
    this.abort = new AbortController();
    try {
      const answer = projection.text.trim()
        ? await this.post({ text: projection.text, dated }, this.abort.signal)
        : { quotes: [], citations: [], dropped: [] };
      const now = project(this.editor.state.doc);
      if (now.text !== projection.text) {
        this.asked = null;
        this.soon(200);
        return;
      }
      this.told(answer, now);
    } catch (problem) {
      if (problem.name === "AbortError") return;
      this.asked = null;
      this.told(null, projection, problem.message);
    }
  }
}
