/* What the editor can hold: the allow-list of statements/markup/sanitise.py, in the form
   that forms.js gives it. A text with anything else, one that was never saved, is edited
   as HTML, so that nothing is lost by looking at it. */

import {
  Blockquote,
  Bold,
  BulletList,
  Document,
  Dropcursor,
  Extension,
  Gapcursor,
  HardBreak,
  Heading,
  History,
  HorizontalRule,
  Italic,
  Link,
  ListItem,
  Mark,
  Node,
  OrderedList,
  Paragraph,
  Subscript,
  Superscript,
  Table,
  TableCell,
  TableHeader,
  TableRow,
  Text,
} from "django-prose-editor/editor";

import { stored } from "newsroom/forms";

function kept(name, key = name) {
  return {
    default: null,
    parseHTML: (element) => element.getAttribute(name),
    renderHTML: (attributes) => (attributes[key] ? { [name]: attributes[key] } : {}),
  };
}

const Language = Extension.create({
  name: "language",
  addGlobalAttributes() {
    return [
      {
        types: [
          "paragraph",
          "heading",
          "blockquote",
          "bulletList",
          "orderedList",
          "listItem",
          "table",
          "tableRow",
          "tableCell",
          "tableHeader",
          "tableCaption",
          "figure",
          "figcaption",
        ],
        attributes: { lang: kept("lang"), dir: kept("dir") },
      },
      { types: ["blockquote"], attributes: { cite: kept("cite") } },
      { types: ["tableHeader"], attributes: { scope: kept("scope") } },
      { types: ["tableRow"], attributes: { part: kept("data-part", "part") } },
      { types: ["paragraph"], attributes: { own: kept("data-own", "own") } },
    ];
  },
});

const Figure = Node.create({
  name: "figure",
  group: "block",
  content: "(block | figcaption)+",
  defining: true,
  parseHTML: () => [{ tag: "figure" }],
  renderHTML: ({ HTMLAttributes }) => ["figure", HTMLAttributes, 0],
});

const Figcaption = Node.create({
  name: "figcaption",
  content: "inline*",
  defining: true,
  parseHTML: () => [{ tag: "figcaption" }],
  renderHTML: ({ HTMLAttributes }) => ["figcaption", HTMLAttributes, 0],
});

const Captioned = Node.create({
  name: "captionedTable",
  group: "block",
  content: "tableCaption table",
  parseHTML: () => [{ tag: "div[data-captioned]" }],
  renderHTML: ({ HTMLAttributes }) => [
    "div",
    { ...HTMLAttributes, "data-captioned": "" },
    0,
  ],
});

const Caption = Node.create({
  name: "tableCaption",
  content: "inline*",
  defining: true,
  isolating: true,
  parseHTML: () => [{ tag: "p[data-caption]", priority: 100 }],
  renderHTML: ({ HTMLAttributes }) => ["p", { ...HTMLAttributes, "data-caption": "" }, 0],
});

/** Words in another language than the rest. */
const Foreign = Mark.create({
  name: "foreign",
  addAttributes: () => ({ lang: kept("lang"), dir: kept("dir") }),
  parseHTML: () => [{ tag: "span[lang]" }, { tag: "span[dir]" }],
  renderHTML: ({ HTMLAttributes }) => ["span", HTMLAttributes, 0],
});

const Work = Mark.create({
  name: "work",
  parseHTML: () => [{ tag: "cite" }],
  renderHTML: ({ HTMLAttributes }) => ["cite", HTMLAttributes, 0],
});

/** Our own dialog asks for its address; a link written down is made by nobody else. */
const Linked = Link.extend({ addKeyboardShortcuts: () => ({}) });

export const nodesAndMarks = [
  Document,
  Paragraph,
  Text,
  HardBreak,
  Heading.configure({ levels: [2, 3, 4] }),
  Blockquote,
  BulletList,
  OrderedList,
  ListItem,
  HorizontalRule,
  Bold,
  Italic,
  Linked,
  Subscript,
  Superscript,
  Table,
  TableRow,
  TableCell,
  TableHeader,
  Figure,
  Figcaption,
  Captioned,
  Caption,
  Language,
  Foreign,
  Work,
  History,
  Dropcursor,
  Gapcursor,
];

const SAME = { B: "STRONG", I: "EM", H1: "H2" };
const ASIDE = new Set(["TBODY", "COLGROUP", "COL", "SPAN", "DIV"]);
const TELLING = ["lang", "dir", "cite", "start", "colspan", "rowspan", "scope", "href"];

/** What a body is made of, as one string; what the editor may add does not count. */
function inventory(html) {
  const body = new DOMParser().parseFromString(html, "text/html").body;
  const found = [];
  for (const element of body.querySelectorAll("*")) {
    const name = SAME[element.tagName] ?? element.tagName;
    const within = element.parentElement?.closest("li, td, th, blockquote");
    if (!(name === "P" && within) && !ASIDE.has(name)) found.push(name);
    for (const attribute of TELLING) {
      const value = element.getAttribute(attribute);
      if (value && value !== "1") found.push(`${attribute}=${value}`);
    }
  }
  found.sort();
  return `${found.join(" ")}|${body.textContent.replace(/\s+/g, "")}`;
}

/** Whether the editor shows all that a body holds. */
export function holds(html, shown) {
  return inventory(html) === inventory(stored(shown));
}

/** Plain text as paragraphs, a line each; HTML as it is. */
export function asHTML(written) {
  if (/<(?:!--|\/?[a-z][a-z0-9]*(?:\s[^<>]*)?>)/i.test(written)) return written;
  const paragraph = document.createElement("p");
  return written
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim())
    .map((line) => {
      paragraph.textContent = line;
      return paragraph.outerHTML;
    })
    .join("");
}
