"""What the look promises, read from the style sheets and templates themselves."""

import re
from pathlib import Path

import pytest

from newsroom import look
from newsroom.look import contrast

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "statements" / "static" / "statements"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PARTIALS = sorted((ROOT / "templates" / "statements").glob("_*.html"))
TOKEN = re.compile(r"--(\w+): light-dark\((#\w{6}), (#\w{6})\);")
PLAIN = re.compile(r"--(\w+): (#\w{6});")

WORDS = ["ink", "quiet", "accent", "link", "ok", "note", "differs", "unchecked"]


def tokens(scheme: str) -> dict[str, str]:
    css = (STATIC / "site.css").read_text()
    pick = {"light": 1, "dark": 2}[scheme]
    return {found[1]: found[pick + 1] for found in TOKEN.finditer(css)}


def test_contrast_is_computed_as_the_standard_does():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "sheet", "tint", "wash"])
@pytest.mark.parametrize("word", WORDS)
def test_text_can_be_read_on_every_ground(scheme, ground, word):
    colours = tokens(scheme)
    assert contrast(colours[word], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("word", ["ink", "link"])
def test_text_can_be_read_on_the_quote_that_is_meant(scheme, word):
    colours = tokens(scheme)
    assert contrast(colours[word], colours["lit"]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("line", ["ochre", "edge"])
def test_lines_that_mean_something_can_be_seen(scheme, line):
    colours = tokens(scheme)
    assert contrast(colours[line], colours["paper"]) >= 3
    assert contrast(colours[line], colours["wash"]) >= 3


def test_an_accent_is_tried_on_the_grounds_of_the_style_sheet():
    for scheme, grounds in look.GROUNDS.items():
        colours = tokens(scheme)
        names = ("paper", "sheet", "tint", "wash")
        assert grounds == tuple(colours[name] for name in names)


def test_the_ratios_of_the_handbook_are_those_of_the_style_sheet():
    told = re.findall(
        r"^\| `--(\w+)` \| `(#\w+)` \| ([\d.]+) \| ?([\d.]*) \|"
        r" `(#\w+)` \| ([\d.]+) \| ?([\d.]*) \|",
        (ROOT / "docs" / "design.md").read_text(),
        re.MULTILINE,
    )
    assert len(told) == 11
    for name, light, *on_light, dark, on_dark, on_dark_wash in told:
        for scheme, colour, ratios in (
            ("light", light, on_light),
            ("dark", dark, [on_dark, on_dark_wash]),
        ):
            colours = tokens(scheme)
            assert colours[name] == colour
            for ground, ratio in zip(("paper", "wash"), ratios, strict=True):
                if ratio:
                    assert f"{contrast(colour, colours[ground]):.1f}" == ratio, name


def test_verdicts_are_not_in_the_colour_of_the_brand():
    for scheme in ("light", "dark"):
        colours = tokens(scheme)
        verdicts = {colours[name] for name in ("ok", "note", "differs", "unchecked")}
        assert len(verdicts) == 4
        assert colours["accent"] not in verdicts


def test_old_browsers_get_the_light_values_of_the_same_tokens():
    css = (STATIC / "site.css").read_text()
    before = css[: css.index("@supports")]
    plain = dict(PLAIN.findall(before))
    assert plain == tokens("light")


@pytest.mark.parametrize("sheet", ["site.css", "desk.css"])
def test_style_sheets_fetch_only_files_that_are_there(sheet):
    addresses = re.findall(r"url\(\"([^\"]+)\"\)", (STATIC / sheet).read_text())
    assert addresses
    for address in addresses:
        assert not address.startswith(("data:", "http", "//", "/"))
        assert (STATIC / address).is_file()


@pytest.mark.parametrize("sheet", ["site.css", "desk.css"])
def test_no_rule_of_a_style_sheet_is_left_open(sheet):
    css = re.sub(r"/\*.*?\*/", "", (STATIC / sheet).read_text(), flags=re.S)
    depth = 0
    for sign in re.findall(r"[{}]", css):
        depth += 1 if sign == "{" else -1
        # A rule in @media in @supports, and no deeper.
        assert 0 <= depth <= 3
    assert depth == 0


def test_a_page_in_english_loads_at_most_130_kb_of_fonts():
    names = ["newsreader-latin", "newsreader-italic-latin", "public-sans-latin"]
    files = [STATIC / "fonts" / f"{name}.woff2" for name in names]
    assert sum(file.stat().st_size for file in files) <= 130_000


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_templates_have_no_inline_style_or_script(template):
    # A block of data, which nothing runs, is no script.
    text = template.read_text().replace('<script type="application/ld+json">', "")
    assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=", text)
    assert "|safe" not in text


@pytest.mark.parametrize("partial", PARTIALS, ids=lambda path: path.name)
def test_partials_open_by_saying_what_they_accept(partial):
    comment = re.match(r"{% comment %}(.+?){% endcomment %}", partial.read_text(), re.S)
    assert comment
    assert "ccepts" in comment[1]


def test_partials_see_only_what_they_are_given():
    includes = re.compile(r"{% include \"statements/_[^%]+%}")
    found = [
        (template.name, tag)
        for template in TEMPLATES
        for tag in includes.findall(template.read_text())
    ]
    assert found
    assert [pair for pair in found if not pair[1].endswith(" only %}")] == []


@pytest.mark.parametrize("page", ["500.html", "500.ar.html"])
def test_the_error_page_needs_nothing(page):
    text = (ROOT / "templates" / page).read_text()
    code = re.sub(r"{% comment %}.*?{% endcomment %}", "", text, flags=re.S)
    assert "{%" not in code
    assert "{{" not in code
