"""Readers are told everything in their language: the catalogues are whole."""

from __future__ import annotations

import pytest
from babel.messages.mofile import read_mo
from django.conf import settings

from . import languages

CATALOGUES = languages.languages()


def sentences(catalogue):
    """Those with words, by context and sentence; the reader of .mo has lists."""
    return {
        (each.context or "", _still(each.id)): _still(each.string)
        for each in catalogue
        if each.id and languages.spoken(each)
    }


def _still(words):
    return words if isinstance(words, str) else tuple(words)


def test_each_language_of_the_site_but_english_has_a_catalogue():
    assert ["en", *CATALOGUES] == sorted(
        [code for code, _ in settings.LANGUAGES], key=lambda code: (code != "en", code)
    )


@pytest.mark.parametrize("language", CATALOGUES)
def test_a_catalogue_has_every_sentence_that_readers_are_told_and_no_other(language):
    known = {
        (context, each[0] if isinstance(each, tuple) else each)
        for context, each in sentences(languages.read(language))
    }
    told = {(context, one) for context, one, _many in languages.gathered()}
    assert known == told, "Run make languages, and translate what it names."


@pytest.mark.parametrize("language", CATALOGUES)
def test_what_the_site_reads_is_what_was_written(language):
    """Fuzzy ones too: none of them falls back to English."""
    written = languages.read(language)
    with languages.po(language).with_suffix(".mo").open("rb") as file:
        assert sentences(read_mo(file)) == sentences(written)
    assert len(sentences(written)) > 300


@pytest.mark.parametrize("language", CATALOGUES)
def test_a_translation_has_the_places_of_its_sentence(language):
    """A form for one or two may say the number in words; no form invents a place."""
    wrong = {}
    for (_, sentence), translation in sentences(languages.read(language)).items():
        if isinstance(sentence, tuple):
            whole = places(sentence[1])
            bad = [form for form in translation[3:] if places(form) != whole]
            bad += [form for form in translation if places(form) - whole]
        else:
            bad = [translation] if places(translation) != places(sentence) else []
        if bad:
            wrong[sentence] = bad
    assert wrong == {}


def places(sentence):
    """What is put into it: ``%(name)s``; and its HTML, which has to balance."""
    found, rest = set(), sentence
    while "%(" in rest:
        _, _, rest = rest.partition("%(")
        name, _, rest = rest.partition(")")
        found.add(f"{name}:{rest[:1]}")
    return found | {f"<{tag}>" for tag in ("bdi",) if f"<{tag}>" in sentence}


def test_the_docs_list_every_sentence_that_no_native_has_read():
    text = languages.LISTED.read_text()
    _, _, shown = text.partition(languages.HEADING)
    assert shown.strip() == languages.listed(), "Run make languages."
    assert "| Search | بحث |" in shown
