"""What is kept of a pasted body, and in which form."""

import re
import unicodedata

import nh3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from statements.markup.projection import to_text
from statements.markup.sanitise import clean, from_text, is_html, taken_out

# (pasted, stored, why)
FORMS = [
    ("<p>words</p>", "<p>words</p>", "the plain case"),
    ("words", "<p>words</p>", "bare text is a paragraph"),
    ("<div>a</div><div>b</div>", "<p>a</p>\n<p>b</p>", "editors that divide by div"),
    ("a<p>b</p>c", "<p>a</p>\n<p>b</p>\n<p>c</p>", "bare text between paragraphs"),
    ("<p>a<p>b", "<p>a</p>\n<p>b</p>", "end tags left out"),
    ("<p>a<br><br>b</p>", "<p>a</p>\n<p>b</p>", "two breaks are a new paragraph"),
    ("<p>a<br>b<br></p>", "<p>a<br>b</p>", "one is a break, a last one nothing"),
    ("<p>a</br>b</p>", "<p>a<br>b</p>", "what a browser makes of it"),
    ("<p>&nbsp;</p><p>a</p><p></p>", "<p>a</p>", "empty paragraphs go"),
    ("<h1>a</h1><h5>b</h5>", "<h2>a</h2>\n<h4>b</h4>", "the page has its own h1"),
    ("<h2>a<div>b</div></h2>", "<h2>a<br>b</h2>", "a heading stays one heading"),
    (
        "<p><b>a</b><i>b</i></p>",
        "<p><strong>a</strong><em>b</em></p>",
        "old formatting",
    ),
    (
        '<b style="font-weight:normal"><p>a</p></b>',
        "<p>a</p>",
        "Google Docs wraps a text so",
    ),
    (
        '<p><span style="font-weight:700">a</span></p>',
        "<p><strong>a</strong></p>",
        "Google Docs writes bold so",
    ),
    (
        "<b><p>a</p><p>b</p></b>",
        "<p><strong>a</strong></p>\n<p><strong>b</strong></p>",
        "formatting over blocks",
    ),
    (
        "<p><b>a</p><p>b</p>",
        "<p><strong>a</strong></p>\n<p>b</p>",
        "ends with its block",
    ),
    (
        "<p><b>a<i>b</b>c</i></p>",
        "<p><strong>a<em>b</em></strong><em>c</em></p>",
        "crossed",
    ),
    (
        "<p><em><strong>a</strong></em></p>",
        "<p><strong><em>a</em></strong></p>",
        "one order of nesting",
    ),
    ("<p><u>a</u><font>b</font></p>", "<p>ab</p>", "formatting we have no use for"),
    ("<p>a <b> b</b></p>", "<p>a <strong>b</strong></p>", "one space over a border"),
    ("<p> a\n\t b </p>\n", "<p>a b</p>", "white space as a browser shows it"),
    ("<p>a&nbsp;b\u202fc</p>", "<p>a&nbsp;b\u202fc</p>", "no-break spaces stay"),
    ("<pre>a\n b</pre>", "<p>a<br>b</p>", "lines of preformatted text"),
    (
        "<p>said <q>yes <q>no</q></q></p>",
        "<p>said “yes ‘no’”</p>",
        "marks a browser draws",
    ),
    ("<p><q>“yes”</q></p>", "<p>“yes”</p>", "marks typed as well are not doubled"),
    ("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>", "items not closed"),
    ("<li>a</li>", "<ul><li>a</li></ul>", "an item without a list"),
    ("<ul>a</ul>", "<ul><li>a</li></ul>", "a list without an item"),
    (
        "<ul><li>a<ul><li>b</ul><li>c</ul>",
        "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>",
        "nested lists",
    ),
    (
        '<ol start="3"><li><p>a</p></ol>',
        '<ol start="3"><li><p>a</p></li></ol>',
        "numbers go on",
    ),
    (
        "<blockquote>a</blockquote>",
        "<blockquote><p>a</p></blockquote>",
        "a quotation holds paragraphs",
    ),
    (
        '<table><caption>t</caption><tr><th scope="col">a<td>b</table>',
        '<table><caption>t</caption><tbody><tr><th scope="col">a</th><td>b</td></tr>'
        "</tbody></table>",
        "a table gets its body",
    ),
    (
        "<table>a<tr><td></td><td>b</td></tr></table>",
        "<table><tbody><tr><td>a</td></tr><tr><td></td><td>b</td></tr></tbody></table>",
        "text in a table is in a cell, empty cells stay",
    ),
    ("<table><tr><td></td></tr></table>", "", "a table without a word goes"),
    (
        "<figure><img src=x><figcaption><p>a</p></figcaption></figure>",
        "<figure><figcaption>a</figcaption></figure>",
        "captions stay",
    ),
    ("<dl><dt>a<dd>b</dl>", "<p>a</p>\n<p>b</p>", "definitions are paragraphs"),
    ("<p>a</p><hr><p>b</p>", "<p>a</p>\n<hr>\n<p>b</p>", "a rule stays"),
    (
        '<div lang="ar" dir="rtl"><p>a</p></div>',
        '<p lang="ar" dir="rtl">a</p>',
        "language of a layout element is handed down",
    ),
    (
        '<p>a <span lang="fr">b</span> <bdi lang="x-">c</bdi></p>',
        '<p>a <span lang="fr">b</span> c</p>',
        "languages that are well formed",
    ),
    (
        '<p><a href="https://x.example/?a=1&copy=2">a</a></p>',
        '<p><a href="https://x.example/?a=1&amp;copy=2" rel="noopener">a</a></p>',
        "an address is not read as references",
    ),
    (
        '<p><a href="/quotes/1/">a</a> <a href="mailto:a@b.example">b</a></p>',
        '<p><a href="/quotes/1/">a</a> <a href="mailto:a@b.example">b</a></p>',
        "our own pages and letters",
    ),
    (
        '<p><span data-quote="0123456789">a <b>b</b></span></p>',
        '<p><span data-quote="0123456789">a <strong>b</strong></span></p>',
        "quote marks",
    ),
    (
        '<p><b>a <span data-quote="0123456789">b</span></b></p>',
        '<p><strong>a </strong><span data-quote="0123456789"><strong>b</strong>'
        "</span></p>",
        "a mark stands outside formatting",
    ),
    (
        '<p><a href="/e\u0301/%C3%A9 x">a</a></p>',
        '<p><a href="/e%CC%81/%C3%A9%20x">a</a></p>',
        "an address keeps its octets",
    ),
    ("<p>1 < 2 & 3 > 2</p>", "<p>1 &lt; 2 &amp; 3 &gt; 2</p>", "signs, not markup"),
    ("<p>e\u0301</p>", "<p>é</p>", "NFC"),
    ("<p>e<b>\u0301x</b></p>", "<p>é<strong>x</strong></p>", "NFC over a border"),
]


@pytest.mark.parametrize(
    ("pasted", "stored", "why"), FORMS, ids=[why for *_, why in FORMS]
)
def test_a_pasted_body_is_stored_in_one_form(pasted, stored, why):
    assert clean(pasted) == stored
    assert clean(stored) == stored


# (character, kept, why)
CHARACTERS = [
    ("\u200c", True, "ZWNJ: Persian words need it"),
    ("\u200d", True, "ZWJ: Indic scripts and emoji"),
    ("\u00ad", True, "soft hyphen"),
    ("\u200e", True, "LRM"),
    ("\u200f", True, "RLM"),
    ("\u061c", True, "ALM"),
    ("\u00a0", True, "no-break space"),
    ("\u202f", True, "narrow no-break space"),
    ("\u2009", True, "thin space"),
    ("\u0601", True, "Arabic sign over a year: Cf, but to be seen"),
    ("\ufe0f", True, "variation selector of emoji"),
    ("\u200b", False, "zero-width space"),
    ("\ufeff", False, "byte order mark"),
    ("\u2060", False, "word joiner"),
    ("\u2066", False, "isolate"),
    ("\u2069", False, "end of an isolate"),
    ("\u202a", False, "embedding"),
    ("\u202c", False, "end of an embedding"),
    ("\u034f", False, "grapheme joiner"),
    ("\u3164", False, "Hangul filler"),
    ("\uffa0", False, "halfwidth Hangul filler"),
    ("\U000e0041", False, "tag character"),
    ("\u2063", False, "invisible separator"),
    ("\u0007", False, "bell"),
    ("\u0085", None, "next line: white space"),
    ("\u2028", None, "line separator: white space"),
]


@pytest.mark.parametrize(
    ("character", "kept", "why"), CHARACTERS, ids=[why for *_, why in CHARACTERS]
)
def test_invisible_characters_are_kept_or_taken_out(character, kept, why):
    between = {True: character, False: "", None: " "}[kept]
    for source in (character, f"&#{ord(character)};"):
        if source == "&#7;":
            continue  # no parser resolves it
        assert to_text(clean(f"<p>a{source}b</p>")) in (f"a{between}b", "a…b")


def test_what_was_taken_out_is_counted_for_the_editor():
    counted = taken_out("<p title='\u200b'>a\u200bb\u200b &#x2066;c\ufeff</p>")
    assert counted == {
        "zero-width space": 2,
        "left-to-right isolate": 1,
        "byte order mark": 1,
    }


@pytest.mark.parametrize(
    ("text", "markup", "why"),
    [
        ("<p>words</p>", True, "a paragraph"),
        ("one<br>two", True, "a break alone"),
        ("<!-- Word --><p>", True, "a comment"),
        ("<P CLASS=MsoNormal>", True, "capitals"),
        ("a < b and b > c", False, "signs"),
        ("<press@example.org>", False, "an address"),
        ("AT&amp;T", False, "a reference alone"),
        ("<embargoed>", False, "no tag that HTML knows"),
        ("", False, "nothing"),
    ],
)
def test_markup_is_told_from_text(text, markup, why):
    assert is_html(text) is markup


def test_every_line_of_a_text_is_a_paragraph():
    assert from_text("One & <two>\r\n\r\n  three\u2028four\n") == (
        "<p>One &amp; &lt;two&gt;</p>\n<p>three</p>\n<p>four</p>"
    )


def test_an_empty_text_is_an_empty_body():
    assert from_text(" \n\u00a0\n") == clean("") == clean("<p></p>") == ""


PARTS = [
    *re.findall(
        r"\S+",
        "<p> </p> <div> </div> <b> </b> <i> </i> <br> <table> <tr> <td> </td> </table>"
        " <caption> <ul> <ol> <li> </li> </ul> <q> </q> <h1> </h1> <h3> </h3> <figure>"
        " <figcaption> </figcaption> </figure> <blockquote> </blockquote> <hr> <pre>"
        " </pre> <sup> <sub> </sub> <cite> <script> </script> <!-- --> <svg> </svg> <"
        " > / = \" ' & &lt; &nbsp; x y z",
    ),
    " ",
    "\n",
    '<a href="/x">',
    '<a href="https://x.example">',
    "</a>",
    "<span lang=fr>",
    "<div dir=rtl>",
    '<span data-quote="0000000001">',
    '<span data-quote="0000000002">',
    "</span>",
    "e",
    "\u0301",
    "\u0338",
    "\u1100",
    "\u1161",
    "\u200b",
]
BODIES = st.lists(st.sampled_from(PARTS), max_size=40).map("".join)


@settings(max_examples=400, deadline=None)
@given(BODIES)
def test_cleaning_reaches_a_fixed_point_that_a_browser_reads_as_it_stands(body):
    stored = clean(body)
    assert clean(stored) == stored
    assert unicodedata.is_normalized("NFC", stored)
    # html5ever, which nh3 parses with, finds nothing to mend in it.
    tags = {"p", "h2", "h3", "h4", "blockquote", "ul", "ol", "li", "table", "tbody"}
    tags |= {"tr", "td", "caption", "figure", "figcaption", "hr", "br", "span", "a"}
    tags |= {"strong", "em", "sup", "sub", "cite"}
    attributes = {"a": {"href", "rel"}, "*": {"lang", "dir", "data-quote", "start"}}
    read = nh3.clean(stored, tags=tags, attributes=attributes, link_rel=None)
    assert read == stored


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200))
def test_no_visible_word_of_a_text_is_lost(text):
    text = text.replace("\x00", "").replace("\u202d", "").replace("\u202e", "")
    visible = {"Lu", "Ll", "Nd", "Po", "Sm"}

    def seen(words):
        composed = unicodedata.normalize("NFC", words)
        return [c for c in composed if unicodedata.category(c) in visible]

    assert seen(to_text(from_text(text))) == seen(text)
