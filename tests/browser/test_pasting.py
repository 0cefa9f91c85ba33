"""What other programs copy comes out as the HTML that a statement keeps.

The files of ``clipboard`` are written by hand in the manner of each program.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from statements.markup import sanitise

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
MODULE = ROOT / "statements/static/statements/editor/paste.js"
CLIPBOARD = sorted(
    path
    for path in Path(__file__).with_name("clipboard").glob("*.html")
    if ".clean" not in path.name
)
_CLEAN = """async ([source, html]) => {
  const blob = new Blob([source], { type: "text/javascript" });
  window.pasting ??= await import(URL.createObjectURL(blob));
  return window.pasting.clean(html);
}"""


@pytest.fixture
def clean(page):
    """Clean a clipboard in the browser; whatever the page asks for is counted."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    source = MODULE.read_text()

    def clean(html: str) -> str:
        return page.evaluate(_CLEAN, [source, html])

    yield clean
    assert [url for url in asked if not url.startswith("blob:")] == []


@pytest.mark.parametrize("path", CLIPBOARD, ids=lambda path: path.stem)
def test_a_clipboard_comes_out_clean(path, clean):
    wanted = path.with_suffix(".clean.html").read_text().removesuffix("\n")
    found = clean(path.read_text())
    assert found == wanted
    # Cleaning once is enough.
    assert clean(found) == found


def test_what_this_editor_copied_is_left_to_it(clean):
    html = '<p data-pm-slice="1 1 []">“<span data-quote="0123456789">Yes</span>”</p>'
    assert clean(html) == html


def test_nothing_of_a_hostile_clipboard_runs_or_is_loaded(page, clean):
    page.evaluate("() => { window.ran = 0; window.hit = () => { window.ran += 1; }; }")
    found = clean(
        "<p onclick=hit()>One</p><img src=x onerror=hit()><script>hit()</script>"
        '<svg onload="hit()"><p>Two</p></svg><a href="jAvascript:hit()">Three</a>'
        '<iframe srcdoc="<script>parent.hit()</script>"></iframe><math><mtext><p>Four'
        '</p></mtext></math><a href=" https://vallorn.example/?a=1&amp;b=<">Five</a>'
        "<noscript><p title='</noscript><img src=x onerror=hit()>'></noscript>"
    )
    assert found == (
        # A paragraph ends a drawing: that is how pages are read.
        "<p>One</p><p>Two</p>Three"
        '<a href="https://vallorn.example/?a=1&amp;b=&lt;">Five</a>'
    )
    assert page.evaluate("() => window.ran") == 0


NAMES = st.sampled_from(
    sorted({"br", "div", "i", "span", "main", "nav", "o:p", "del"} | sanitise.TAGS)
)
STYLES = st.sampled_from(
    [
        "",
        ' style="font-weight:700"',
        ' style="font-style:italic;font-weight:400"',
        ' style="mso-list:l0 level2 lfo1"',
        ' style="display:none"',
        ' class="MsoQuote"',
        ' href="https://vallorn.example/"',
        ' href="javascript:1"',
        ' onclick="1"',
    ]
)
TEXTS = st.sampled_from(
    ["Strait", " ", "“Yes,” she said", "&nbsp;", "\n  ", "<", "é 😀"]
)
TREES = st.recursive(
    TEXTS,
    lambda inner: st.builds(
        lambda name, style, parts: f"<{name}{style}>{''.join(parts)}</{name}>",
        NAMES,
        STYLES,
        st.lists(inner, max_size=4),
    ),
    max_leaves=12,
)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(html=TREES)
def test_only_what_a_statement_keeps_comes_out(html, clean):
    found = clean(html)
    tags = {name.lower() for name in re.findall(r"</?([a-zA-Z][\w:]*)", found)}
    assert tags <= sanitise.TAGS
    attributes = set(re.findall(r'\s([\w-]+)="', found))
    assert attributes <= {"href", "colspan", "rowspan", "start"}
    assert "javascript:" not in found
    sanitise.clean(found)
