/* What other programs put on the clipboard, as the plain HTML that a statement keeps.

   Word, Outlook, Google Docs and web pages each say the same things in ways of their
   own. Kept are paragraphs, headings, lists, quotations, tables, links and emphasis;
   nothing is run or loaded, for the parsed document is inert. The server cleans what
   it stores by itself (statements/markup/sanitise.py), whatever came from here. */

const BLOCKS = new Set(
  ("ADDRESS ARTICLE ASIDE BLOCKQUOTE CAPTION DD DETAILS DIV DL DT FIELDSET FIGCAPTION" +
    " FIGURE FOOTER FORM H1 H2 H3 H4 H5 H6 HEADER HGROUP HR LI MAIN NAV OL P PRE" +
    " SECTION SUMMARY TABLE TBODY TD TFOOT TH THEAD TR UL").split(" "),
);
const RENAMED = { B: "strong", I: "em", H1: "h2", H5: "h4", H6: "h4", DT: "p", DD: "p" };
const KEPT = new Set(
  ("a blockquote br caption cite em figcaption figure h2 h3 h4 hr li ol p strong sub" +
    " sup table tbody td tfoot th thead tr ul").split(" "),
);
const DROPPED =
  "script, style, title, meta, link, base, template, noscript, iframe, object, embed," +
  " svg, math, canvas, audio, video, img, picture, map, button, input, select," +
  " textarea, dialog, progress, meter, del, [hidden], [aria-hidden=true]," +
  " .msocomanchor, .MsoCommentReference, .visually-hidden, .sr-only";
const ADDRESS = /^(?:https?:\/\/|mailto:)/i;

/** The HTML of a clipboard, clean; what this editor itself copied stays as it is. */
export function clean(html) {
  if (html.includes("data-pm-slice")) return html;
  const page = new DOMParser().parseFromString(html, "text/html");
  const body = fragment(page);
  for (const node of body.querySelectorAll(DROPPED)) node.remove();
  unseen(body);
  pageParts(body);
  wordLists(page, body);
  const written = page.createElement("div");
  write(page, body, written, { bold: false, italic: false, raised: false });
  tidy(written);
  return written.innerHTML;
}

/** What lies between the marks of the clipboard, or all of it. */
function fragment(page) {
  const body = page.body;
  const marks = page.createNodeIterator(body, NodeFilter.SHOW_COMMENT);
  const found = {};
  for (let each = marks.nextNode(); each; each = marks.nextNode()) {
    const name = each.data.trim();
    if (name === "StartFragment" || name === "EndFragment") found[name] ??= each;
  }
  if (found.StartFragment && found.EndFragment) {
    const range = page.createRange();
    range.setStartAfter(found.StartFragment);
    range.setEndBefore(found.EndFragment);
    const all = page.createElement("div");
    all.append(range.cloneContents());
    if (all.textContent.trim()) return all;
  }
  return body;
}

/** The declarations of an element's own style, in lower case. */
function style(node) {
  return (node.getAttribute?.("style") || "").toLowerCase();
}

/** Take out what its style hides, comments, and what Word keeps for itself. */
function unseen(body) {
  for (const node of [...body.querySelectorAll("[style]")]) {
    const said = style(node);
    const hidden = /display:\s*none|visibility:\s*hidden|mso-hide:\s*all/.test(said);
    if (hidden || /mso-element:\s*comment/.test(said)) node.remove();
  }
  // <o:p> and its like: an empty one goes, words in one stay.
  for (const node of [...body.querySelectorAll("*")]) {
    if (node.tagName.includes(":") || node.tagName === "INS")
      node.replaceWith(...node.childNodes);
  }
}

/** Of a whole web page the text: without its menus, and the article where one is. */
function pageParts(body) {
  for (const node of [...body.querySelectorAll("nav, aside, footer, header")]) {
    const inside = node.closest("article, main, blockquote, figure");
    if (node.tagName === "HEADER" && inside) continue;
    if (node.tagName === "FOOTER" && node.closest("blockquote, figure")) continue;
    node.remove();
  }
  const whole = body.textContent.trim().length;
  for (const name of ["article", "main", "[role=main]"]) {
    const found = body.querySelectorAll(name);
    if (found.length !== 1) continue;
    if (found[0].textContent.trim().length * 2 > whole) {
      body.replaceChildren(found[0]);
      return;
    }
  }
}

/** Word's list items are paragraphs that name a level: make lists of them. */
function wordLists(page, body) {
  const level = (node) => {
    const found = /mso-list:\s*[^;]*?level(\d+)/.exec(style(node));
    return found ? Number(found[1]) : 0;
  };
  for (const first of [...body.querySelectorAll("p, div, h1, h2, h3")]) {
    if (!body.contains(first) || !level(first)) continue;
    if (first.parentNode.closest("li")) continue;
    const items = [];
    for (let node = first; node && level(node); node = node.nextElementSibling)
      items.push(node);
    const lists = [];
    const place = page.createComment("");
    first.before(place);
    for (const item of items) {
      const depth = Math.min(level(item), lists.length + 1);
      lists.length = Math.min(lists.length, depth);
      if (lists.length < depth) {
        const list = page.createElement(numbered(item) ? "ol" : "ul");
        const parent = lists[depth - 2];
        if (parent) (parent.lastElementChild || parent).append(list);
        else place.before(list);
        lists.push(list);
      }
      for (const mark of [...item.querySelectorAll("[style]")])
        if (/mso-list:\s*ignore/.test(style(mark))) mark.remove();
      const entry = page.createElement("li");
      entry.append(...item.childNodes);
      lists[depth - 1].append(entry);
      item.remove();
    }
    place.remove();
  }
}

function numbered(item) {
  const mark = [...item.querySelectorAll("[style]")].find((each) =>
    /mso-list:\s*ignore/.test(style(each)),
  );
  return /^\s*\(?(?:\d+|[a-z]|[ivxlc]+)[.)]/i.test(mark?.textContent || "");
}

/** Write the children of a node, clean, into another. */
function write(page, from, into, now) {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) {
      const words = node.data.replace(/[\s\u00a0]+/g, " ");
      if (words) into.append(emphasised(page, words, now));
    } else if (node.nodeType === Node.ELEMENT_NODE) {
      element(page, node, into, now);
    }
  }
}

function element(page, node, into, now) {
  const tag = node.tagName;
  const said = style(node);
  const then = emphasis(tag, said, now);
  let name = RENAMED[tag] || tag.toLowerCase();
  if (/\bMso(?:Intense)?Quote\b/.test(node.className)) name = "blockquote";
  else if (/\bMsoTitle\b/.test(node.className)) name = "h2";
  if (name === "br") {
    if (!/interchange-newline/.test(node.className)) into.append(page.createElement("br"));
    return;
  }
  if (["strong", "em", "sup", "sub"].includes(name)) {
    // Written around the words themselves: see emphasised.
    write(page, node, into, then);
    return;
  }
  const address = (node.getAttribute("href") || "").trim();
  if (name === "a" && !ADDRESS.test(address)) name = "span";
  if (!KEPT.has(name)) {
    const holds = [...node.children].some((each) => BLOCKS.has(each.tagName));
    if (!BLOCKS.has(tag) || holds || into.closest("p, h2, h3, h4, li, td, th, caption")) {
      write(page, node, into, then);
      if (BLOCKS.has(tag) && into.lastChild?.nodeName === "#text") into.append(" ");
      return;
    }
    name = "p";
  }
  if (/^h\d$/.test(name)) then.heading = true;
  const made = page.createElement(name);
  if (name === "a") made.setAttribute("href", address);
  for (const span of ["colspan", "rowspan"])
    if (/^(?:td|th)$/.test(name) && /^[1-9]\d?$/.test(node.getAttribute(span) || ""))
      made.setAttribute(span, node.getAttribute(span));
  if (name === "ol" && /^\d{1,4}$/.test(node.getAttribute("start") || ""))
    made.setAttribute("start", node.getAttribute("start"));
  into.append(made);
  write(page, node, made, then);
}

/** What a tag or a style says of emphasis, in place of what held before. */
function emphasis(tag, said, now) {
  const then = { ...now };
  if (tag === "B" || tag === "STRONG") then.bold = true;
  if (tag === "I" || tag === "EM") then.italic = true;
  if (tag === "SUP" || tag === "SUB") then.raised = tag.toLowerCase();
  const weight = /(?:^|[;\s])font-weight:\s*(\w+)/.exec(said)?.[1];
  if (weight) then.bold = weight === "bold" || weight === "bolder" || weight >= 600;
  const slant = /(?:^|[;\s])font-style:\s*(\w+)/.exec(said)?.[1];
  if (slant) then.italic = slant === "italic" || slant === "oblique";
  const height = /(?:^|[;\s])vertical-align:\s*(\w+)/.exec(said)?.[1];
  if (height) then.raised = { super: "sup", sub: "sub" }[height] || now.raised;
  return then;
}

function emphasised(page, words, now) {
  let node = page.createTextNode(words);
  // A heading is bold by itself.
  const bold = now.bold && !now.heading;
  const around = [now.raised, now.italic && "em", bold && "strong"];
  for (const name of words.trim() ? around.filter(Boolean) : []) {
    const made = page.createElement(name);
    made.append(node);
    node = made;
  }
  return node;
}

/** Neighbours of one kind become one; what holds nothing goes. */
function tidy(root) {
  for (const node of [...root.querySelectorAll("strong, em, sup, sub")]) {
    const before = node.previousSibling;
    if (before?.nodeName === node.nodeName) {
      before.append(...node.childNodes);
      node.remove();
    }
  }
  for (const node of [...root.querySelectorAll("p, h2, h3, h4, li, td, th, blockquote")]) {
    for (const edge of ["firstChild", "lastChild"]) {
      while (node[edge]?.nodeName === "BR" || node[edge]?.data === " ")
        node[edge].remove();
    }
  }
  const empty = "p, h2, h3, h4, blockquote, li, ul, ol, figure, figcaption, a, table";
  for (const node of [...root.querySelectorAll(empty)].reverse())
    if (!node.textContent.trim() && !node.querySelector("hr")) node.remove();
  for (const node of [...root.childNodes])
    if (node.nodeType === Node.TEXT_NODE && !node.data.trim()) node.remove();
  root.normalize();
}
