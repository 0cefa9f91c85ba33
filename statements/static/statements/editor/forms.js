/* The two forms of a text's HTML: as it is stored, and as the editor takes it.

   The editor has a paragraph in each item and cell, a table of rows alone, and no place
   for a caption within it. So it takes a captioned table as a box of both, and rows that
   say which part of the table they stand in; on the way back all is as it was. What a
   paragraph in an item or a cell was, one of its own or bare words, it remembers. */

const BARE = new Set(["LI", "TD", "TH"]);
const BLOCK = /^(?:P|H[2-4]|UL|OL|BLOCKQUOTE|TABLE|FIGURE|HR)$/;
const PARTS = ["thead", "tbody", "tfoot"];

function read(html) {
  return new DOMParser().parseFromString(html, "text/html").body;
}

function move(names, from, to) {
  for (const name of names) {
    const value = from.getAttribute(name);
    if (value) to.setAttribute(name, value);
  }
}

/** Stored HTML, or what was pasted, as the editor takes it. */
export function opened(html) {
  const body = read(html);
  const page = body.ownerDocument;
  for (const paragraph of body.querySelectorAll("li > p, td > p, th > p")) {
    paragraph.setAttribute("data-own", "own");
  }
  for (const box of body.querySelectorAll("li, td, th")) wrap(page, box);
  for (const table of body.querySelectorAll("table")) {
    [...table.children]
      .filter((each) => PARTS.includes(each.localName))
      .forEach((part, index) => {
        const told = [part.localName, index, part.lang, part.getAttribute("dir") ?? ""];
        for (const row of part.rows) row.setAttribute("data-part", told.join(" "));
      });
    const caption = table.caption;
    if (!caption) continue;
    const box = page.createElement("div");
    box.setAttribute("data-captioned", "");
    const words = page.createElement("p");
    words.setAttribute("data-caption", "");
    move(["lang", "dir"], caption, words);
    words.append(...caption.childNodes);
    caption.remove();
    table.replaceWith(box);
    box.append(words, table);
  }
  return body.innerHTML;
}

/** Words that stand in an item or a cell as they are, each line in a paragraph. */
function wrap(page, box) {
  let paragraph = null;
  for (const node of [...box.childNodes]) {
    if (BLOCK.test(node.nodeName)) {
      paragraph = null;
      continue;
    }
    if (!paragraph) {
      if (node.nodeType === Node.TEXT_NODE && !node.data.trim()) continue;
      paragraph = page.createElement("p");
      paragraph.setAttribute("data-own", "bare");
      node.before(paragraph);
    }
    paragraph.append(node);
  }
  if (box.localName === "li" && box.firstElementChild?.localName !== "p") {
    // For the editor an item begins with a paragraph.
    box.prepend(page.createElement("p"));
  }
}

/** The editor's HTML as it is stored. */
export function stored(html) {
  const body = read(html);
  const page = body.ownerDocument;
  for (const each of body.querySelectorAll("colgroup")) each.remove();
  for (const table of body.querySelectorAll("table")) {
    table.removeAttribute("style");
    sections(page, table);
    const box = table.parentElement;
    if (!box.hasAttribute("data-captioned")) continue;
    const words = box.querySelector(":scope > [data-caption]");
    if (words?.textContent.trim()) {
      const caption = table.createCaption();
      move(["lang", "dir"], words, caption);
      caption.append(...words.childNodes);
    }
    box.replaceWith(table);
  }
  for (const cell of body.querySelectorAll("td, th")) {
    for (const name of ["colspan", "rowspan"]) {
      if (cell.getAttribute(name) === "1") cell.removeAttribute(name);
    }
  }
  for (const paragraph of body.querySelectorAll("p")) unwrap(paragraph);
  return body.innerHTML;
}

function unwrap(paragraph) {
  const own = paragraph.getAttribute("data-own");
  paragraph.removeAttribute("data-own");
  const box = paragraph.parentElement;
  if (!BARE.has(box.tagName)) return;
  if (!paragraph.hasChildNodes()) {
    // An item that begins with a list or a table has an empty one in the editor.
    paragraph.remove();
    return;
  }
  if (own === "own" || paragraph.attributes.length) return;
  const before = paragraph.previousSibling;
  // Two lines of bare words would be one.
  if (before && !BLOCK.test(before.nodeName)) return;
  const beside = [before?.nodeName, paragraph.nextSibling?.nodeName];
  if (own !== "bare" && beside.includes("P")) return;
  paragraph.replaceWith(...paragraph.childNodes);
}

/** Put rows into the parts of the table that they name; a new one joins its neighbours. */
function sections(page, table) {
  const rows = [...table.rows];
  const told = rows.map((row) => row.getAttribute("data-part"));
  const body = (part) => !part || part.startsWith("tbody");
  told.forEach((part, index) => {
    if (part) return;
    const before = told[index - 1];
    const after = told.slice(index + 1).find(Boolean);
    told[index] =
      before && (body(before) || before === after)
        ? before
        : after && body(after)
          ? after
          : "tbody new  ";
  });
  let last = null;
  let part = null;
  const parts = [];
  rows.forEach((row, index) => {
    row.removeAttribute("data-part");
    if (told[index] !== last) {
      const [name, , lang, dir] = told[index].split(" ");
      part = page.createElement(PARTS.includes(name) ? name : "tbody");
      if (lang) part.setAttribute("lang", lang);
      if (dir) part.setAttribute("dir", dir);
      parts.push(part);
      last = told[index];
    }
    part.append(row);
  });
  table.replaceChildren(...parts);
}
