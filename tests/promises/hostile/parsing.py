"""What a real Chromium makes of bodies: which scripts ran, which nodes are there."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import batched
from typing import Any

from statements.markup.sanitise import ATTRIBUTES, TAGS

#: Bodies to a page. More are quicker, until the page itself becomes slow.
BATCH = 500

_PAGE = """\
<!DOCTYPE html><meta charset=utf-8><title>x</title><script>
const hits = [];
window.hit = n => { hits.push(String(n)); };
for (const name of ["alert", "confirm", "prompt", "print"]) window[name] = hit;
window.addEventListener("error", each => {
  if (/hit/.test(each.message)) hit("error");
});
document.addEventListener("securitypolicyviolation", () => hit("policy"));

const TAGS = new Set(%(tags)s), ATTRIBUTES = %(attributes)s;
const SCHEMES = new Set(["http:", "https:", "mailto:", "tel:"]);

// The browser's own functions, taken before a name in a body can stand for them.
const getter = (of, name) =>
  Function.call.bind(Object.getOwnPropertyDescriptor(of.prototype, name).get);
const children = getter(Node, "childNodes"), kind = getter(Node, "nodeType"),
  attributes = getter(Element, "attributes"), shadow = getter(Element, "shadowRoot"),
  space = getter(Element, "namespaceURI"), local = getter(Element, "localName"),
  content = getter(HTMLTemplateElement, "content"),
  body = getter(Document, "body"), head = getter(Document, "head"),
  append = Function.call.bind(Element.prototype.append),
  create = document.createElement.bind(document),
  adopt = document.adoptNode.bind(document),
  range = document.createRange.bind(document),
  home = () => body(document), parser = new DOMParser();

// What stands in a tree and may not, in the browser's own reading.
function faults(root) {
  const found = [];
  const walk = node => {
    for (const child of children(node)) {
      if (kind(child) === Node.TEXT_NODE) continue;
      if (kind(child) !== Node.ELEMENT_NODE) {
        found.push("node " + kind(child));
        continue;
      }
      const tag = local(child);
      if (space(child) !== "http://www.w3.org/1999/xhtml" || !TAGS.has(tag))
        found.push("<" + tag + ">");
      for (const { name, value } of attributes(child)) {
        if (!(ATTRIBUTES["*"].includes(name) || (ATTRIBUTES[tag] || []).includes(name)))
          found.push(tag + " " + name);
        if (name === "href" || name === "cite") {
          // An address that the browser cannot read leads nowhere.
          const url = URL.parse(value, "https://news.example/");
          if (url && !SCHEMES.has(url.protocol)) found.push(name + " " + url.protocol);
        }
      }
      if (shadow(child)) found.push("shadow");
      walk(child instanceof HTMLTemplateElement ? content(child) : child);
    }
  };
  walk(root);
  return found;
}

// By assignment, as a page's own script would do it.
function assigned(html) {
  const place = create("div");
  append(home(), place);
  place.innerHTML = html;
  return faults(place);
}

// Parsed as a document, written, parsed again, adopted; then run as a fragment, which
// is the one way in which a script inserted by a script runs at once.
function reparsed(html) {
  // A script at the beginning would stand in the head else.
  const parse = html => parser.parseFromString("<body>" + html, "text/html");
  const first = body(parse(html)).innerHTML;
  const second = parse(first);
  const found = faults(head(second)).concat(faults(body(second)));
  const written = body(second).innerHTML;
  if (written !== first) found.push("mutates");
  const place = create("div");
  append(home(), place);
  append(place, ...children(adopt(body(second))));
  const here = range();
  here.selectNode(place);
  append(place, here.createContextualFragment(written));
  return found.concat(faults(place));
}

async function look(bodies, ways) {
  const found = bodies.map(html => [...new Set(ways.flatMap(way => way(html)))]);
  // Events of pictures, frames and animations come later than the tree.
  await new Promise(done => setTimeout(done, 60));
  return { found, hits };
}

async function served() {
  await new Promise(done => setTimeout(done, 60));
  const rows = [...document.querySelectorAll("main > article")];
  const kept = document.body.children.length === 1
    && document.head.children.length === 3
    && document.querySelectorAll("article").length === rows.length;
  return { found: rows.map(faults), hits, kept };
}
</script><body>
"""
_PAGE %= {
    "tags": json.dumps(sorted(TAGS)),
    "attributes": json.dumps({tag: sorted(names) for tag, names in ATTRIBUTES.items()}),
}


@dataclass
class Seen:
    """What became of bodies: which nodes stand in them, what ran, what was fetched.

    ``faults``: for each body, in order, a word for every thing that may not be there;
    ``hits``: how often the hook was called, by the number that it was given.
    """

    faults: list[list[str]] = field(default_factory=list)
    hits: Counter[str] = field(default_factory=Counter)
    requests: list[str] = field(default_factory=list)

    def clean(self) -> bool:
        return not (self.hits or self.requests or any(self.faults))


class Bench:
    """Pages without a policy and without a network, one for each batch.

    Each has a context of its own: what a hostile page leaves behind can end Chromium
    when the next one is opened in its place.
    """

    def __init__(self, browser: Any):
        self.browser = browser
        self.seen = Seen()

    def scripted(self, bodies: Sequence[str]) -> Seen:
        """Insert bodies in both ways that scripts have."""
        self.seen = Seen()
        for batch in batched(bodies, BATCH):
            with self._page(_PAGE) as page:
                answer = page.evaluate(
                    "bodies => look(bodies, [assigned, reparsed])", list(batch)
                )
            self._keep(answer)
        return self.seen

    def served(self, bodies: Sequence[str]) -> Seen:
        """Read bodies as part of a page that the server sends, each in its place."""
        self.seen = Seen()
        for batch in batched(bodies, BATCH):
            rows = "\n".join(f"<article>{body}</article>" for body in batch)
            with self._page(f"{_PAGE}<main>{rows}</main>") as page:
                answer = page.evaluate("served()")
            assert answer["kept"], "A body ends the element in which it stands."
            assert len(answer["found"]) == len(batch)
            self._keep(answer)
        return self.seen

    def _keep(self, answer: Any) -> None:
        self.seen.faults += answer["found"]
        self.seen.hits.update(answer["hits"])

    @contextmanager
    def _page(self, html: str) -> Iterator[Any]:
        context = self.browser.new_context(offline=True)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("dialog", self._dialog)
        page.on("popup", lambda _: self.seen.hits.update(["popup"]))
        page.on("request", lambda request: self.seen.requests.append(request.url))
        page.set_content(html, wait_until="domcontentloaded")
        yield page
        context.close()

    def _dialog(self, dialog: Any) -> None:
        self.seen.hits["dialog"] += 1
        dialog.dismiss()
