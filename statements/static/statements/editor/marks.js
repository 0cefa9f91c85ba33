/* The mark of a decision over words: a quote, a citation, or what was rejected.

   Only its id is identity. A quote that stands has its permalink; whatever was decided
   since the text was saved has an id of its own until the form is saved. */

import { Extension, Mark, pm } from "django-prose-editor/editor";

const { Plugin } = pm.state;
const { Fragment, Slice } = pm.model;

const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const PERMALINK = /^[0-9A-HJKMNP-TV-Z]{10}$/;

/** Ten random characters, as statements/models/quotes.py makes them. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(10));
  return Array.from(bytes, (byte) => LETTERS[byte & 31]).join("");
}

export const Decided = Mark.create({
  name: "decided",
  // Outermost, so that strong words inside a quote do not cut it in pieces.
  priority: 1100,
  // Words written at its end are not part of it.
  inclusive: false,
  // A citation stands within a quote, a quote within a quote.
  excludes: "",
  addAttributes: () => ({
    id: {
      default: null,
      parseHTML: (element) => element.dataset.quote,
      renderHTML: (attributes) => ({ "data-quote": attributes.id }),
    },
  }),
  parseHTML: () => [
    {
      tag: "span[data-quote]",
      getAttrs: (element) => (PERMALINK.test(element.dataset.quote) ? null : false),
    },
  ],
  renderHTML: ({ HTMLAttributes }) => ["span", HTMLAttributes, 0],
});

/** Where each id stands: from the first of its words to the last. */
export function marked(doc) {
  const found = new Map();
  doc.descendants((node, position) => {
    if (!node.isText) return;
    for (const mark of node.marks) {
      if (mark.type.name !== "decided") continue;
      const at = found.get(mark.attrs.id);
      const to = position + node.nodeSize;
      if (at) at.to = to;
      else found.set(mark.attrs.id, { from: position, to });
    }
  });
  return found;
}

function without(fragment, unwanted) {
  const nodes = [];
  fragment.forEach((node) => {
    const marks = node.marks.filter(
      (mark) => mark.type.name !== "decided" || !unwanted(mark.attrs.id),
    );
    nodes.push(
      node.isText ? node.mark(marks) : node.copy(without(node.content, unwanted)),
    );
  });
  return Fragment.fromArray(nodes);
}

/**
 * What is pasted keeps the id of its words only where these were cut from this text.
 * A copy is plain words, for no quote stands twice, and an id of another article is
 * nobody's here.
 */
export const Identity = Extension.create({
  name: "identity",
  addOptions: () => ({ known: () => false }),
  addProseMirrorPlugins() {
    const { known } = this.options;
    return [
      new Plugin({
        props: {
          transformPasted(slice, view) {
            // Words that are dragged elsewhere stand here until they are dropped.
            const moved = view.dragging?.move;
            const here = marked(view.state.doc);
            const { from, to, empty } = view.state.selection;
            // What the paste replaces is gone when it has come.
            const stays = (id) => {
              const at = here.get(id);
              return at && !(!empty && from <= at.from && at.to <= to);
            };
            const unwanted = (id) => !known(id) || (!moved && stays(id));
            return new Slice(
              without(slice.content, unwanted),
              slice.openStart,
              slice.openEnd,
            );
          },
        },
      }),
    ];
  },
});
