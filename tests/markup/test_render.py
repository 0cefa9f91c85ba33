"""The public body: the text, and its notes in the margin."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from statements.markup.notes import Corrected
from statements.markup.projection import blocks, to_text
from statements.markup.render import CitationNote, QuoteNote
from statements.markup.render import render as whole
from statements.markup.render import rows as rows_of
from statements.markup.sanitise import clean, from_text

BODY = clean(
    "<h2>On the strait</h2>"
    "<p>Spokesperson Okafor said “the <b>ferries</b> will sail” on Monday.</p>"
    "<p>“Nothing else has changed,” she added.</p>"
    "<p>“We agree,” Ambassador Lindqvist said, and Okafor: “So be it.”</p>"
    "<p>The shores are quiet.</p>"
)
TEXT = to_text(BODY)


def quote(number, words, speaker="Ilse Okafor", text=TEXT, **more):
    start = text.index(words)
    facts = {
        "url": f"/quotes/{number:010d}/",
        "speaker_url": f"/people/{speaker.split()[-1].lower()}/",
        "office": "Spokesperson, Ministry of Foreign Affairs",
        "verdict": "verbatim",
        "verdict_words": "Matches the source",
    }
    return QuoteNote(
        f"{number:010d}",
        start,
        start + len(words),
        speaker_name=speaker,
        **facts | more,
    )


FERRIES = quote(1, "the ferries will sail")
NOTHING = quote(2, "Nothing else has changed,")
AGREE = quote(3, "We agree,", "Teodor Lindqvist", office="Permanent Representative")
SO_BE_IT = quote(4, "So be it.")


def render(*given):
    """What a screen shows of a page: without what only paper has."""
    html = whole(*given)
    html = re.sub(r'\n?<div class="end-notes" hidden>.*?</ol></div>$', "", html)
    html = re.sub(r'<span class="note-letter print-only">\w+</span> ', "", html)
    return re.sub(r'<sup class="quote-ref print-only">\w+</sup>', "", html)


def bare(html):
    """A rendered page without the links behind its quotes."""
    return re.sub(r'<span class="quote-links">.*?</span>', "", html)


def rows(html):
    return html.split("\n")


class Outline(HTMLParser):
    """Checks nesting, and gathers ids, references and text."""

    VOID = frozenset({"br", "hr"})

    def __init__(self, html):
        super().__init__()
        self.stack = []
        self.ids = []
        self.references = []
        self.attributes = []
        self.text = []
        self.feed(html)
        self.close()
        assert self.stack == []

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.attributes += attributes
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if "aria-describedby" in attributes:
            self.references.append(attributes["aria-describedby"])
        if attributes.get("href", "").startswith("#"):
            self.references.append(attributes["href"][1:])
        if tag == "a":
            assert "a" not in self.stack
        if tag not in self.VOID:
            self.stack.append(tag)

    def handle_endtag(self, tag):
        assert self.stack.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


def words_of_the_article(html):
    """The text of a rendered page without notes and letters."""
    html = re.sub(r"<aside.*?</aside>|<sup class=\"quote-ref[^>]*>.*?</sup>", "", html)
    return to_text(re.sub(r"</?div[^>]*>", "", html))


def test_every_block_is_a_row_with_its_note_behind_it():
    html = render(BODY, [FERRIES], [])
    assert len(rows(html)) == len(blocks(BODY))
    assert rows(html)[0] == (
        '<div class="row"><div class="row-text"><h2>On the strait</h2></div></div>'
    )
    row = rows(html)[1]
    assert row.startswith('<div class="row row-noted"><div class="row-text"><p>')
    assert re.search(r'</p></div><aside class="note[^>]*>.*</aside></div>$', row)
    assert html.count("<aside") == 1


def test_the_wash_covers_the_quotation_marks_and_only_the_first_piece_has_the_id():
    html = bare(render(BODY, [FERRIES], []))
    assert (
        '<span class="quote" id="q-0000000001" aria-describedby="n-0000000001">'
        "“the <strong>ferries</strong> will sail”</span> on Monday"
    ) in html
    body = from_text("She said: “One.\n“Two.”")
    text = to_text(body)
    html = bare(render(body, [quote(7, "One.\n“Two.", text=text)], []))
    assert html.count('class="quote"') == 2
    assert html.count('id="q-0000000007"') == 1
    assert ">“Two.”</span>" in html


def test_a_quote_without_marks_is_washed_as_it_is():
    body = from_text("He would go tomorrow, he said.")
    html = bare(render(body, [quote(1, "go tomorrow", text=to_text(body))], []))
    assert 'aria-describedby="n-0000000001">go tomorrow</span>, he' in html


def test_a_note_is_two_lines_and_the_rest_is_folded():
    note = render(
        BODY,
        [
            quote(
                1,
                "the ferries will sail",
                said_on_words="said on 2 December 2024",
                evidence_words="attributed from the paragraph before",
                resolutions=(("S/RES/1325 (2000)", "/resolutions/sc/1325/"),),
            )
        ],
        [],
    )
    note = note[note.index('<div class="note-entry"') : note.index("</aside>")]
    assert note == (
        '<div class="note-entry" id="n-0000000001"><p class="note-who"><strong>'
        '<a href="/people/okafor/"><bdi>Ilse Okafor</bdi></a></strong></p>'
        '<p class="note-what"><bdi class="note-office">Spokesperson, Ministry of '
        'Foreign Affairs</bdi> · <span class="verdict verdict-ok"><span '
        'class="verdict-sign" aria-hidden="true">✓</span> Matches the source</span></p>'
        '<details class="note-more"><summary>About this quote</summary>'
        '<ul class="note-facts"><li>said on 2 December 2024</li>'
        "<li>attributed from the paragraph before</li>"
        '<li>cites <a href="/resolutions/sc/1325/"><bdi>S/RES/1325 (2000)</bdi>'
        "</a></li>"
        '<li><a class="note-place" href="#q-0000000001">Its place in this text</a></li>'
        '<li><a class="note-permalink" href="/quotes/0000000001/" rel="bookmark">'
        "Link to this quote</a></li></ul></details></div>"
    )


def test_behind_every_quote_stand_links_to_it_here_and_to_its_page():
    html = render(BODY, [AGREE, SO_BE_IT], [])
    links = (
        '<span class="quote-links"><a class="quote-here" href="#q-000000000{0}" '
        'aria-label="Quote {1}, {2}: link to these words"></a>'
        '<a class="quote-page" href="/quotes/000000000{0}/" rel="bookmark" '
        'aria-label="Quote {1}, {2}: its own page"></a></span>'
    )
    assert f"</a></sup>{links.format(3, 1, 'Teodor Lindqvist')} Ambassador" in html
    assert f"</a></sup>{links.format(4, 2, 'Ilse Okafor')}</p>" in html
    assert html.count("quote-links") == 2
    # At the desk there is no page of a quote yet.
    assert "quote-links" not in "".join(
        row.html for row in rows_of(BODY, [AGREE], [], [])
    )


def test_what_is_not_known_is_not_shown():
    bare = QuoteNote("0000000001", 0, 2, "", "Ilse Okafor")
    html = render(BODY, [bare], [])
    note = html[html.index("<aside") : html.index("</aside>")]
    assert "note-what" not in note
    assert "<li>" not in note
    assert "<a " not in note


def test_a_run_of_one_speaker_in_one_office_has_one_note():
    html = render(BODY, [FERRIES, NOTHING], [])
    assert html.count("<aside") == 1
    assert '<span class="note-count">· 2 quotes</span>' in rows(html)[1]
    assert "Matches the source</span></p>" in rows(html)[1]
    assert html.count('aria-describedby="n-0000000001"') == 2
    assert "note-letter" not in html
    assert (
        '<a href="#q-0000000002"><bdi>“Nothing else has changed”</bdi></a>' not in html
    )
    assert "<bdi>“Nothing else has changed,”</bdi>" in html


HERON = "We saw a heron, not a crane"
SAILED = Corrected("words", "the ferries sailed", "the ferries will sail", "", "")


def test_words_that_a_correction_put_there_are_marked_and_the_note_tells_the_old_ones():
    body = from_text(f"Okafor said: “{HERON},” and left.")
    words = Corrected(
        "words", "We saw heron, not a crane", HERON, "3 May 2026", "2026-05-03"
    )
    speaker = Corrected(
        "speaker", "Mara <Vey>", "Ilse Okafor", "2 May 2026", "2026-05-02"
    )
    said = quote(1, f"{HERON},", text=to_text(body), corrected=(words, speaker))
    html = bare(render(body, [said], []))
    ins = '<ins class="corrected" datetime="2026-05-03">'
    assert f">“We saw {ins}a</ins> heron, not a crane,”</span> and" in html
    note = html[html.index("<aside") :]
    assert (
        'Affairs</bdi> · <span class="note-corrected">Corrected</span> · <span class='
        '"verdict'
    ) in note
    assert (
        '<ul class="note-facts"><li><span class="note-was">Corrected on <time datetime='
        '"2026-05-03">3 May 2026</time>: was <del dir="auto">“We saw heron, not'
        " a crane”</del>"
        '</span></li><li><span class="note-was">Speaker corrected on <time datetime='
        '"2026-05-02">2 May 2026</time>: was <del><bdi>Mara &lt;Vey&gt;</bdi></del>'
        "</span></li>"
    ) in note
    # Other words stand there than those of the correction: none is marked.
    others = replace(said, corrected=(replace(words, after="We saw a crane"),))
    assert "<ins" not in render(body, [others], [])


def test_a_run_tells_how_many_of_its_quotes_are_corrected():
    told = quote(1, "the ferries will sail", corrected=(SAILED,))
    html = render(BODY, [told, NOTHING], [])
    assert '<span class="note-corrected">1 of 2 corrected</span>' in html
    # Bold words in it stay bold; what is not out yet has no date.
    assert '<strong>ferries</strong> <ins class="corrected">will sail</ins>”' in html
    assert "Corrected: was <del" in html
    assert html.count('class="note-was"') == 1


def test_another_office_of_the_same_speaker_is_another_note():
    later = quote(2, "Nothing else has changed,", office="Minister")
    html = render(BODY, [FERRIES, later], [])
    assert html.count("<aside") == 2


def test_of_different_verdicts_in_a_run_the_gravest_is_told():
    differs = quote(
        2,
        "Nothing else has changed,",
        verdict="differs",
        verdict_words="Differs from the source",
    )
    html = render(BODY, [FERRIES, differs], [])
    assert (
        '<span class="verdict verdict-differs"><span class="verdict-sign" '
        'aria-hidden="true">≠</span> 1 of 2: Differs from the source</span></p>'
    ) in html


def test_two_speakers_in_a_block_are_told_apart_by_letters():
    html = bare(render(BODY, [FERRIES, NOTHING, AGREE, SO_BE_IT], []))
    lindqvist, okafor = "n-0000000003", "n-0000000004"
    row = rows(html)[3]
    # The letter a is that of the note above, which only paper shows.
    assert (
        f'“We agree,”</span><sup class="quote-ref"><a href="#{lindqvist}" '
        'aria-label="b: note on Teodor Lindqvist">b</a></sup>'
    ) in row
    assert (
        f'“So be it.”</span><sup class="quote-ref"><a href="#{okafor}" '
        'aria-label="c: note on Ilse Okafor">c</a></sup></p>'
    ) in row
    assert row.count("<aside") == 1
    assert row.index('<span class="note-letter">b</span> <strong>') < row.index(
        '<span class="note-letter">c</span> <strong>'
    )
    assert "quote-ref" not in rows(html)[1] + rows(html)[2]
    assert "note-letter" not in rows(html)[1]


def test_on_paper_every_note_has_a_letter_and_stands_at_the_end_with_its_addresses():
    shared = replace(AGREE, resolutions=(("S/RES/1325 (2000)", "/resolutions/1325/"),))
    html = whole(BODY, [FERRIES, NOTHING, shared], [])
    text, _, end = html.partition('\n<div class="end-notes" hidden>')
    letters = r'quote-ref(?: print-only)?">(?:<a [^>]*>)?(\w+)<'
    assert re.findall(letters, text) == ["a", "a", "b"]
    assert re.findall(r'note-letter print-only">(\w+)<', text) == ["a", "b"]
    told = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", end)).strip()
    assert told == (
        "Notes a Ilse Okafor , Spokesperson, Ministry of Foreign Affairs "
        "“the ferries will sail” · ✓ Matches the source · /quotes/0000000001/ "
        "“Nothing else has changed,” · ✓ Matches the source · /quotes/0000000002/ "
        "b Teodor Lindqvist , Permanent Representative ✓ Matches the source · "
        "cites S/RES/1325 (2000) · /quotes/0000000003/"
    )
    # What a screen reads aloud is not there twice: nothing in it is a place of its own.
    assert " id=" not in end
    desk = "".join(row.html for row in rows_of(BODY, [FERRIES, AGREE], [], []))
    assert "print-only" not in desk
    assert "end-notes" not in desk


def test_a_run_that_reaches_into_a_shared_block_has_its_letter_there():
    body = from_text("“One,” she said.\n“Two,” she said, and he: “Three.” She: “Four.”")
    text = to_text(body)
    html = render(
        body,
        [
            quote(1, "One,", text=text),
            quote(2, "Two,", text=text),
            quote(3, "Three.", "Teodor Lindqvist", text=text),
            quote(4, "Four.", text=text),
        ],
        [],
    )
    first, second = rows(html)
    assert '<span class="note-letter">a</span>' in first
    assert "· 3 quotes" in first
    assert "quote-ref" not in first
    assert re.findall(r'<sup class="quote-ref"><a href="#(n-\d+)"', second) == [
        "n-0000000001",
        "n-0000000003",
        "n-0000000001",
    ]
    assert second.count("note-entry") == 1


def test_a_tall_note_spans_rows_without_notes_and_no_others():
    body = from_text("“Yes.”\nShort.\nShort.\nShort.\nShort.\n“No.”")
    text = to_text(body)
    yes = quote(1, "Yes.", text=text)
    no = quote(2, "No.", "Teodor Lindqvist", text=text)
    html = render(body, [yes, no], [])
    assert "note note-tall note-span-2" in rows(html)[0]
    assert 'class="note"' in rows(html)[5]
    yes = quote(1, "Yes.", text=text, office="Spokesperson and " * 5)
    assert "note-span-3" in rows(render(body, [yes, no], []))[0]
    yes = quote(1, "Yes.", text=text, office="Spokesperson and " * 50)
    assert "note-span-4" in rows(render(body, [yes, no], []))[0]
    body = from_text("“Yes.”\n“No.”\nShort.")
    text = to_text(body)
    yes = quote(1, "Yes.", text=text)
    no = quote(2, "No.", "Teodor Lindqvist", text=text)
    html = render(body, [yes, no], [])
    assert 'class="note"' in rows(html)[0]
    assert "note-tall note-span-2" in rows(html)[1]


def test_a_note_beside_a_long_block_is_not_tall():
    body = from_text(f"“Yes.” {'words ' * 100}")
    html = render(body, [quote(1, "Yes.", text=to_text(body))], [])
    assert '<aside class="note">' in html


def test_a_citation_keeps_its_printed_form_inside_spoken_words():
    body = clean("<p>“We stand by <b>Resolution</b> 1325,” she said.</p>")
    text = to_text(body)
    start = text.index("Resolution")
    citation = CitationNote(
        start,
        start + len("Resolution 1325"),
        "/resolutions/sc/1325/",
        "S/RES/1325 (2000)",
        "Women and peace and security",
        "adopted on 31 October 2000",
    )
    html = render(
        body, [quote(1, "We stand by Resolution 1325,", text=text)], [citation]
    )
    assert (
        'We stand by <a class="citation" href="/resolutions/sc/1325/" '
        'title="S/RES/1325 (2000), Women and peace and security, '
        'adopted on 31 October 2000"><strong>Resolution</strong> 1325</a>,”</span>'
    ) in html


def test_the_authors_own_link_goes_before_ours():
    body = clean('<p>See <a href="https://x.example/">S/RES/2222</a> (2015).</p>')
    html = render(body, [], [CitationNote(4, 21, "/resolutions/x/", "S/RES/2222")])
    assert '<a href="https://x.example/" rel="noopener">S/RES/2222</a>' in html
    assert html.count("<a ") == 2


def test_of_overlapping_citations_the_first_is_drawn():
    body = from_text("S/RES/2417 (2018)")
    html = render(
        body,
        [],
        [CitationNote(0, 10, "/one/", "One"), CitationNote(6, 17, "/two/", "Two")],
    )
    assert '<a class="citation" href="/one/" title="One">S/RES/2417</a>' in html
    assert '<a class="citation" href="/two/" title="Two"> (2018)</a>' in html
    Outline(html)


def test_everything_given_is_escaped():
    bad = '"><script>alert(1)</script>'
    html = whole(
        BODY,
        [
            QuoteNote(
                "0000000001",
                0,
                5,
                f"https://x.example/{bad}",
                bad,
                "javascript:alert(1)",
                bad,
                bad,
                bad,
                bad,
                bad,
                f'en"{bad}',
                f"rtl{bad}",
                ((bad, "javascript:alert(1)"),),
            )
        ],
        [CitationNote(6, 9, f"/x{bad}", bad, bad, bad)],
    )
    assert "<script" not in html
    assert "javascript:" not in html
    outline = Outline(html)
    assert "script" not in outline.attributes
    assert set(outline.attributes) <= {
        "class",
        "id",
        "href",
        "title",
        "rel",
        "aria-describedby",
        "aria-hidden",
        "aria-label",
        "hidden",
        "dir",
    }
    assert bad in "".join(outline.text)


def test_a_quote_in_another_language_says_so():
    html = render(BODY, [quote(1, "the ferries will sail", lang="ar", dir="rtl")], [])
    assert 'aria-describedby="n-0000000001" lang="ar" dir="rtl">“the' in html


def test_marks_in_the_body_are_not_shown_by_themselves():
    body = clean('<p>“<span data-quote="0123456789">words</span>”</p>')
    assert render(body, [], []) == (
        '<div class="row"><div class="row-text"><p>“words”</p></div></div>'
    )


def test_an_empty_body_has_no_rows():
    assert render("", [], []) == ""


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (-1, 3, "outside the text"),
        (3, 3, "outside the text"),
        (0, len(TEXT) + 1, "outside the text"),
        (TEXT.index("\n"), TEXT.index("\n") + 1, "no words"),
    ],
)
def test_a_place_without_words_is_refused(start, end, words):
    with pytest.raises(ValueError, match=words):
        render(BODY, [], [CitationNote(start, end, "/x/", "S/RES/1325 (2000)")])


def test_letters_go_on_after_z():
    lines = "\n".join(f"“A{n:02d}” and “B{n:02d}”." for n in range(14))
    body = from_text(lines)
    text = to_text(body)
    quotes = [
        quote(2 * n + side, f"{'AB'[side]}{n:02d}", f"Speaker {n} {side}", text=text)
        for n in range(14)
        for side in range(2)
    ]
    html = render(body, quotes, [])
    letters = re.findall(r'note-letter">(\w+)<', html)
    assert letters[:2] + letters[25:] == ["a", "b", "z", "aa", "ab"]
    assert len(set(letters)) == 28


SPEAKERS = st.sampled_from(["Ilse Okafor", "Teodor Lindqvist", "Mara <Vey>"])
PIECES = st.sampled_from(
    [
        "<p>“one two” and “three”</p>",
        "<p>four <b>five <a href='/x'>six</a></b> seven</p>",
        "<ul><li>eight<li>nine “ten”</ul>",
        "<blockquote><p>“eleven<p>“twelve”</blockquote>",
        "<hr>",
        "<table><tr><td>thirteen<td>fourteen</table>",
        "<h2>fifteen<br>sixteen</h2>",
    ]
)
FORMER = st.sampled_from(["", "one four", "“ten” five six seven", "eleven, twelve"])


@st.composite
def articles(draw):
    body = clean("".join(draw(st.lists(PIECES, min_size=1, max_size=6))))
    text = to_text(body)
    size = len(text)

    def span():
        start = draw(st.integers(0, size - 1))
        end = draw(st.integers(start + 1, size))
        return (start, end) if text[start:end].strip() else (0, size)

    quotes = []
    for number in range(draw(st.integers(0, 6)) if size else 0):
        start, end = span()
        told = Corrected("words", draw(FORMER), text[start:end])
        quotes.append(
            QuoteNote(
                f"{number:010d}",
                start,
                end,
                "/q/",
                draw(SPEAKERS),
                "/p/",
                "Office",
                corrected=(told,) if draw(st.booleans()) else (),
            )
        )
    citations = [
        CitationNote(*span(), "/r/", "S/RES/1325 (2000)")
        for _ in range(draw(st.integers(0, 3)) if size else 0)
    ]
    return body, quotes, citations


@settings(max_examples=250, deadline=None)
@given(articles())
def test_any_quotes_and_citations_give_a_well_formed_page(article):
    body, quotes, citations = article
    outline = Outline(whole(body, quotes, citations))
    assert len(outline.ids) == len(set(outline.ids))
    assert set(outline.references) <= set(outline.ids)
    html = render(body, quotes, citations)
    assert words_of_the_article(html) == to_text(body)
    assert "style" not in outline.attributes
    assert html == render(body, list(reversed(quotes)), list(reversed(citations)))
    for each in quotes:
        assert f'id="q-{each.permalink}"' in html
    assert len(rows(html)) == len(blocks(body))
