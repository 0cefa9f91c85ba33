"""What two people made of one text is brought together, and nothing is lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from statements.markup import marks, merging, projection, sanitise, wording

Q1, Q2, Q3 = "AAAAAAAAAA", "BBBBBBBBBB", "CCCCCCCCCC"
BASE = (
    "<p>The ferries will sail at nine on Monday morning.</p>"
    "<p>The strait was calm, and nobody spoke of it.</p>"
    "<p>Pilots are ready for the winter, the ministry said.</p>"
)


def c(html: str) -> str:
    return sanitise.clean(html)


def merge(base: str, mine: str, theirs: str) -> merging.Merged:
    return merging.merge(c(base), c(mine), c(theirs))


def text(merged: merging.Merged, **choices) -> str:
    return projection.to_text(merged.html(**choices))


@pytest.mark.parametrize(
    ("mine", "theirs", "after"),
    [
        pytest.param(
            {"nine": "ten"},
            {"calm": "rough"},
            {"nine": "ten", "calm": "rough"},
            id="two paragraphs",
        ),
        pytest.param(
            {"nine": "ten"},
            {"ferries": "boats"},
            {"nine": "ten", "ferries": "boats"},
            id="two words of one sentence",
        ),
        pytest.param(
            {"nine": "ten"}, {"nine": "ten"}, {"nine": "ten"}, id="the same change"
        ),
        pytest.param(
            {"morning.</p>": "morning.</p><p>At last.</p>"},
            {"ready": "not ready"},
            {"morning.</p>": "morning.</p><p>At last.</p>", "ready": "not ready"},
            id="a paragraph put in",
        ),
        pytest.param(
            {"<p>The strait was calm, and nobody spoke of it.</p>": ""},
            {"ready": "not ready"},
            {
                "<p>The strait was calm, and nobody spoke of it.</p>": "",
                "ready": "not ready",
            },
            id="a paragraph taken out",
        ),
        pytest.param(
            {"calm, and": "calm.</p><p>And"},
            {"winter": "summer"},
            {"calm, and": "calm.</p><p>And", "winter": "summer"},
            id="a paragraph divided",
        ),
        pytest.param(
            {"calm, and nobody": "calm.</p><p>And nobody"},
            {"spoke of it": "spoke of it much"},
            {
                "calm, and nobody": "calm.</p><p>And nobody",
                "spoke of it": "spoke of it much",
            },
            id="a paragraph divided, a word of it changed",
        ),
        pytest.param(
            {"Monday": "<strong>Monday</strong>"},
            {"calm": "rough"},
            {"Monday": "<strong>Monday</strong>", "calm": "rough"},
            id="formatting",
        ),
        pytest.param(
            {"said.</p>": "said.</p><ul><li>One</li><li>Two</li></ul>"},
            {"nine": "ten"},
            {"said.</p>": "said.</p><ul><li>One</li><li>Two</li></ul>", "nine": "ten"},
            id="a list put in",
        ),
    ],
)
def test_changes_apart_are_brought_together(mine, theirs, after):
    def changed(pairs: dict[str, str]) -> str:
        html = BASE
        for old, new in pairs.items():
            assert old in html
            html = html.replace(old, new)
        return c(html)

    merged = merge(BASE, changed(mine), changed(theirs))
    assert merged.conflicts == []
    assert merged.html() == changed(after)
    other_way = merge(BASE, changed(theirs), changed(mine))
    assert other_way.html() == changed(after)


def test_words_that_both_changed_are_left_to_choose():
    merged = merge(
        BASE,
        BASE.replace("nine", "ten").replace("calm", "rough"),
        BASE.replace("nine", "eleven").replace("winter", "summer"),
    )
    (conflict,) = merged.conflicts
    assert [conflict.text(side) for side in ("base", "mine", "theirs")] == [
        "nine ",
        "ten ",
        "eleven ",
    ]
    both = {
        choice: text(merged, choices={conflict.key: choice})
        for choice in merging.CHOICES
    }
    assert [each.split("\n")[0] for each in both.values()] == [
        "The ferries will sail at ten on Monday morning.",
        "The ferries will sail at eleven on Monday morning.",
        "The ferries will sail at ten eleven on Monday morning.",
    ]
    assert all("rough" in each and "summer" in each for each in both.values())
    with pytest.raises(KeyError):
        merged.html()


def test_blanks_go_with_the_words_that_are_chosen():
    merged = merge(
        "<p>The ferries sail now.</p>",
        "<p>The ferries sail today.</p>",
        "<p>The ferries sail.</p>",
    )
    (conflict,) = merged.conflicts
    assert [
        text(merged, choices={conflict.key: choice}) for choice in ("mine", "theirs")
    ] == ["The ferries sail today.", "The ferries sail."]


def test_one_takes_out_what_the_other_changes():
    gone = "<p>The strait was calm, and nobody spoke of it.</p>"
    merged = merge(BASE, BASE.replace(gone, ""), BASE.replace("calm", "rough"))
    (conflict,) = merged.conflicts
    assert conflict.text("mine") == ""
    assert "rough" in conflict.text("theirs")
    assert "rough" not in text(merged, choices={conflict.key: "mine"})


def test_two_paragraphs_at_one_place_can_both_stay():
    merged = merge(BASE, f"{BASE}<p>Mine.</p>", f"{BASE}<p>Theirs.</p>")
    (conflict,) = merged.conflicts
    assert text(merged, choices={conflict.key: "both"}).endswith("Mine.\nTheirs.")


def test_a_key_is_the_same_as_long_as_its_texts_are():
    def key(extra: str) -> str:
        (conflict,) = merge(
            BASE,
            BASE.replace("nine", "ten"),
            BASE.replace("nine", "eleven") + extra,
        ).conflicts
        return conflict.key

    assert key("") == key("<p>More.</p>")


def quoted(html: str, words: str, permalink: str) -> str:
    body = c(html)
    start = projection.to_text(body).index(words)
    here = marks.Mark(permalink, start, start + len(words))
    return marks.write(body, [*marks.read(body), here])


def quotes(html: str) -> dict[str, str]:
    words = projection.to_text(html)
    return {mark.permalink: words[mark.start : mark.end] for mark in marks.read(html)}


def test_a_quote_follows_its_words_whoever_changed_them():
    words = "The ferries will sail at nine"
    base = quoted(BASE, words, Q1)
    mine = quoted(
        BASE.replace("ferries", "big ferries"), "The big ferries will sail at nine", Q1
    )
    theirs = quoted(base.replace("winter", "summer"), "Pilots are ready", Q2)
    assert quotes(merging.merge(base, mine, theirs).html()) == {
        Q1: "The big ferries will sail at nine",
        Q2: "Pilots are ready",
    }


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("nine", "ten", "The ferries will sail at ten"),
        ("The ferries", "All boats", "All boats will sail at nine"),
        ("will sail", "will surely sail", "The ferries will surely sail at nine"),
    ],
)
def test_a_quote_put_on_by_one_holds_what_the_other_changed(old, new, words):
    theirs = quoted(BASE, "The ferries will sail at nine", Q1)
    merged = merging.merge(c(BASE), c(BASE.replace(old, new)), theirs)
    assert quotes(merged.html()) == {Q1: words}


def test_a_quote_taken_off_by_one_is_off():
    base = quoted(BASE, "The ferries will sail", Q1)
    mine = base.replace("winter", "summer")
    assert quotes(merging.merge(base, mine, c(BASE)).html()) == {}
    assert quotes(merging.merge(base, mine, base).html()) == {
        Q1: "The ferries will sail"
    }


def test_a_quote_stands_once_where_both_readings_stay():
    base = quoted(BASE, "nine", Q1)
    mine, theirs = base.replace("nine", "ten"), base.replace("nine", "eleven")
    merged = merging.merge(base, mine, theirs)
    choices = {each.key: "both" for each in merged.conflicts}
    assert quotes(merged.html(choices)) == {Q1: "ten"}


def test_a_paragraph_moved_by_one_and_changed_by_the_other_keeps_one_quote():
    base = quoted(BASE, "The ferries will sail", Q1)
    first, *rest = base.split("\n")
    mine = "\n".join([*rest, first])
    theirs = base.replace("nine", "ten")
    merged = merging.merge(base, mine, theirs)
    for choice in merging.CHOICES:
        html = merged.html({each.key: choice for each in merged.conflicts})
        assert quotes(html) == {Q1: "The ferries will sail"}


def test_without_a_base_nothing_goes_that_either_has():
    merged = merging.merge_unknown(
        c(BASE.replace("calm", "rough")), c(f"{BASE}<p>More.</p>")
    )
    html = merged.html({each.key: "both" for each in merged.conflicts})
    for words in ("rough", "calm", "More."):
        assert words in html


def test_a_line_is_merged_or_left_to_choose():
    assert (
        merging.merge_words("On the strait", "On the strait, again", "Of the strait")
        == "Of the strait, again"
    )
    assert merging.merge_words("On ferries", "On boats", "On ships") is None
    assert merging.merge_words("a", "a", "") == ""


def test_differences_say_what_is_the_same_gone_and_new():
    assert wording.differences("The calm sea.\nEnd", "The rough sea.\nEnd") == [
        ("same", "The "),
        ("gone", "calm "),
        ("new", "rough "),
        ("same", "sea.\nEnd"),
    ]
    assert wording.differences("", "") == []


# ---------- whatever the texts ----------

WORD = st.sampled_from(
    ["the", "of", "ferries", "sail", "“calm”", "strait,", "Ä", "﷽", "’s", "<b>", "&"]
)
LINE = st.lists(WORD, min_size=1, max_size=8).map(" ".join)
FORMATTED = st.builds(
    "{} <strong>{}</strong> {}".format,
    *[LINE.map(lambda each: each.replace("&", "&amp;").replace("<", "&lt;"))] * 3,
)
BLOCK = st.one_of(
    FORMATTED.map("<p>{}</p>".format),
    FORMATTED.map("<h2>{}</h2>".format),
    st.lists(FORMATTED, min_size=1, max_size=3).map(
        lambda lines: f"<ul>{''.join(f'<li>{line}</li>' for line in lines)}</ul>"
    ),
    FORMATTED.map("<blockquote><p>{}</p></blockquote>".format),
    st.just("<hr>"),
)


@st.composite
def bodies(draw) -> str:
    html = sanitise.clean("".join(draw(st.lists(BLOCK, min_size=1, max_size=5))))
    words = projection.to_text(html)
    for permalink in draw(st.sets(st.sampled_from([Q1, Q2, Q3]))):
        places = [m.span() for m in re.finditer(r"\S+", words)]
        if places:
            first, last = sorted(
                draw(st.integers(0, len(places) - 1)) for _ in range(2)
            )
            here = marks.Mark(permalink, places[first][0], places[last][1])
            html = marks.write(html, [*marks.read(html), here])
    return html


@settings(max_examples=40, deadline=None)
@given(bodies(), bodies())
def test_who_changed_alone_has_their_text(base, changed):
    assert merging.merge(base, base, changed).html() == changed
    assert merging.merge(base, changed, base).html() == changed
    assert merging.merge(base, changed, changed).html() == changed


@settings(max_examples=40, deadline=None)
@given(bodies(), bodies(), bodies(), st.sampled_from(merging.CHOICES))
def test_whatever_is_merged_can_be_stored_and_quotes_stand_once(
    base, mine, theirs, choice
):
    merged = merging.merge(base, mine, theirs)
    html = merged.html({each.key: choice for each in merged.conflicts})
    assert sanitise.clean(html) == html
    assert quotes(html).keys() <= quotes(mine).keys() | quotes(theirs).keys()
    if choice == "both":
        # Each word that either put in stands there.
        there = set(projection.to_text(html).split())
        for side in (mine, theirs):
            new = set(projection.to_text(side).split())
            assert new - set(projection.to_text(base).split()) <= there


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_no_character_of_changes_apart_is_lost(data):
    """Every other word may be changed, each by one of both: all changes arrive."""
    count = data.draw(st.integers(4, 24))
    base = [f"word{number}" for number in range(count)]
    sides = {"mine": list(base), "theirs": list(base), "after": list(base)}
    for number in range(0, count, 2):
        who = data.draw(st.sampled_from(["mine", "theirs", "nobody"]))
        new = data.draw(st.sampled_from(["", "{}x", "{} und mehr", "neu{}"]))
        if who != "nobody":
            sides[who][number] = sides["after"][number] = new.format(base[number])
    size = data.draw(st.integers(2, 6))

    def html(words: list[str]) -> str:
        lines = [words[at : at + size] for at in range(0, len(words), size)]
        return sanitise.clean("".join(f"<p>{' '.join(line)}</p>" for line in lines))

    merged = merging.merge(html(base), html(sides["mine"]), html(sides["theirs"]))
    assert merged.conflicts == []
    assert merged.html() == html(sides["after"])
