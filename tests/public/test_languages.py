"""In which language a page speaks: the site's, and about a text the text's own."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from statements.editorial import drawing
from statements.models import Rendering

from .. import languages

ENGLISH, ARABIC = "Skip to the content", "الانتقال إلى المحتوى"


def spoken(page):
    """The language and direction of a page, of its head, and of its foot."""
    tags = re.findall(r'<(?:html|header class="site|footer class="site)[^>]*>', page)
    return [
        "".join(re.findall(r' (?:lang|dir)="([a-z]+)"', tag)) or "same" for tag in tags
    ]


@pytest.mark.parametrize(
    ("ours", "theirs", "head", "sentence"),
    [("en", "ar", "enltr", ENGLISH), ("ar", "en", "arrtl", ARABIC)],
)
def test_a_site_speaks_its_language_whoever_asks(
    client, public, settings, ours, theirs, head, sentence
):
    settings.SITE_LANGUAGE = ours
    page = client.get("/", headers={"accept-language": theirs})
    assert spoken(page.text) == [head, "same", "same"]
    assert [each in page.text for each in (ENGLISH, ARABIC)] == [
        each == sentence for each in (ENGLISH, ARABIC)
    ]
    assert "accept-language" not in page.headers.get("Vary", "").lower()
    missing = client.get("/nothing/", headers={"accept-language": theirs})
    assert spoken(missing.text) == [head, "same", "same"]


def test_a_page_about_a_text_speaks_its_language_and_the_head_the_sites(
    client, make_public, settings
):
    statement = make_public(3, language="ar").article
    quote = statement.quotes.get().get_absolute_url()
    about = [
        (statement.get_absolute_url(), "عن هذا الاقتباس", "About this quote"),
        (f"{statement.get_absolute_url()}history/", "سجل التعديلات", "Back to"),
        (quote, "قيل في", "Said on"),
    ]
    for url, theirs, ours in about:
        page = client.get(url).text
        assert spoken(page) == ["arrtl", "enltr", "enltr"]
        assert (theirs in page, ours in page, ENGLISH in page) == (True, False, True)
    frame = client.get(f"{quote}embed/").text
    assert (spoken(frame), "آذار/مارس" in frame) == (["arrtl"], True)
    # What lists stands in the site's language, and says which its items have.
    assert spoken(client.get("/statements/").text) == ["enltr", "same", "same"]
    english = make_public(4).article.get_absolute_url()
    settings.SITE_LANGUAGE = "ar"
    page = client.get(english).text
    assert spoken(page) == ["enltr", "arrtl", "arrtl"]
    assert "About this quote" in page


def test_a_text_in_a_language_without_our_sentences_has_those_of_the_site(
    client, make_public, settings
):
    statement = make_public(3, language="fr").article
    url = statement.get_absolute_url()
    assert "About this quote" in client.get(url).text
    kept = Rendering.objects.get(edition=statement.editions.get())
    assert "About this quote" in kept.html
    assert drawing.undrawn() == []
    # What was kept speaks English: it is drawn anew, though it is no older.
    settings.SITE_LANGUAGE = "ar"
    page = client.get(url).text
    assert ("About this quote" in page, "عن هذا الاقتباس" in page) == (False, True)
    assert drawing.undrawn() == [kept.edition_id]


def test_what_was_withdrawn_says_why_in_the_language_of_the_site(
    client, public, withdraw, settings
):
    settings.SITE_LANGUAGE = "ar"
    withdraw(public)
    page = client.get(public.get_absolute_url()).text
    assert "لاحتوائه على خطأ" in page
    assert "It contained an error" not in page


@pytest.mark.staff
def test_the_desk_speaks_english(admin_client, settings):
    settings.SITE_LANGUAGE = "ar"
    page = admin_client.get("/admin/").text
    assert '<html lang="en' in page
    assert "بحث" not in page


#: Words of the world that ``pages`` shows, and names that are the same everywhere.
DATA = """
    Newsroom Ilse Okafor Okafor, Spokesperson Ministry of Foreign Affairs Statement
    Ferries ferries The ferries will sail part We recall UNSCR in hour said strait was
    calm Hunger says resolution is no weapon week sail S RES United Nations Security
    Council zinnober Zinnober ferries-2 mp3 Bells English mp BibTeX RIS CSL JSON AP
    Chicago Bluebook http localhost quotes embed iframe src width height title loading
    lazy referrerpolicy no-referrer referrer frameborder quoted IO and conflict
"""
#: Django's own: dates and sizes in that language, days in English forms of citation.
DATA += "de je bitokoj March Mar"


class Words(HTMLParser):
    """Everything on a page that is read or spoken, outside what was looked up."""

    def __init__(self, page):
        super().__init__()
        self.found, self.skipped = [], False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.skipped = tag in {"script", "style"}
        self.found += [
            value
            for name, value in attrs
            if name in {"alt", "title", "aria-label", "placeholder"} and value
        ]

    def handle_data(self, data):
        if not self.skipped:
            self.found.append(data)


def test_every_word_of_every_page_is_data_or_was_looked_up(
    client, pages, settings, tmp_path
):
    """In a language whose every sentence stands in brackets."""
    catalogue = Catalog(locale="eo")
    for context, one, many in languages.gathered():
        key, words = (one, f"⟦{one}⟧")
        if many:
            key, words = (one, many), (f"⟦{one}⟧", f"⟦{many}⟧")
        catalogue.add(key, words, context=context or None)
    folder = tmp_path / "eo" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "django.mo").open("wb") as file:
        write_mo(file, catalogue)
    settings.LOCALE_PATHS = [tmp_path]
    settings.LANGUAGES = [("eo", "Esperanto")]
    settings.SITE_LANGUAGE = "eo"
    data, left = set(re.findall(r"[^\W\d_]+", DATA)), {}
    for url in pages:
        text = "\n".join(Words(client.get(url).text).found)
        for _ in range(3):  # one may stand within another
            text = re.sub(r"⟦[^⟦⟧]*⟧", "", text)
        # The foot names the address, for paper, and the notes those of the quotes.
        text = text.replace(url.partition("?")[0], "")
        text = re.sub(r"/quotes/[0-9A-Z]+/", "", text)
        if words := set(re.findall(r"[^\W\d_]{2,}", text)) - data:
            left[url] = words
    assert left == {}
