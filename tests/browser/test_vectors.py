"""What Python and JavaScript must agree on, and what the editor may not lose."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from statements.markup import sanitise

from .test_editor_journey import sign_in

VECTORS = json.loads(Path(__file__).parents[1].joinpath("vectors.json").read_text())

_ALL = """async (bodies) => {
  const { Editor } = await import("django-prose-editor/editor");
  const { opened, stored } = await import("newsroom/forms");
  const { Decided, marked } = await import("newsroom/marks");
  const { count, project } = await import("newsroom/projection");
  const { holds, nodesAndMarks } = await import("newsroom/schema");
  const editor = new Editor({
    element: document.createElement("div"),
    injectCSS: false,
    extensions: [...nodesAndMarks, Decided],
  });
  return bodies.map(({ html, spans }) => {
    editor.commands.setContent(opened(html));
    const { doc } = editor.state;
    const seen = project(doc);
    const back = [];
    for (let place = 0; place <= seen.length; place += 1) {
      const found = seen.place(seen.position(place));
      if (found !== place) back.push([place, found]);
    }
    return {
      text: seen.text,
      length: seen.length,
      counted: count(seen.text),
      spans: spans.map(([start, end]) =>
        doc.textBetween(seen.position(start), seen.position(end, true))),
      marks: [...marked(doc)].map(([id, { from, to }]) =>
        [id, seen.place(from), seen.place(to)]),
      back,
      stored: stored(editor.getHTML()),
      holds: holds(html, editor.getHTML()),
    };
  });
}"""


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_editor_reads_every_body_as_python_does_and_loses_nothing(
    page, live_server, editor, complaints
):
    sign_in(page, live_server, editor)
    page.goto(f"{live_server.url}/admin/statements/article/add/")
    found = page.evaluate(_ALL, VECTORS["bodies"])
    for vector, seen in zip(VECTORS["bodies"], found, strict=True):
        why = vector["why"]
        assert seen["text"] == vector["text"], why
        assert seen["length"] == seen["counted"] == vector["length"], why
        assert seen["spans"] == [words for _, _, words in vector["spans"]], why
        assert seen["marks"] == [list(each) for each in vector["marks"]], why
        assert seen["back"] == [], why
        # Opened and saved, it is what it was, to the byte.
        assert sanitise.clean(seen["stored"]) == vector["html"], why
        assert seen["holds"], why
