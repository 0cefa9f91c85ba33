"""Is this quotation real? A page on which staff paste one and read where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote as percent_encoded

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from statements.models import User
from statements.search import drafts, reverse
from statements.search.judging import Match, Standing
from statements.search.reverse import Answer

from . import unpublished
from .doors import staff_page

#: Who may read what was really said.
SOURCES = "view_source"


class QuoteCheckForm(forms.Form):
    """What was pasted; it stays in its box, whatever was wrong with it."""

    use_required_attribute = False

    # No maxlength: a browser would cut what is pasted, and say nothing.
    quotation = forms.CharField(
        label=gettext_lazy("Quotation"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto", "spellcheck": "false"}),
    )
    unpublished = forms.BooleanField(
        label=gettext_lazy("Look through unpublished quotes of my desks too"),
        required=False,
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """A match, with the sentences and the address that the page shows."""

    match: Match
    url: str
    notes: list[str]
    standing: str


@staff_page("view_quote", "POST")
def page(request: HttpRequest) -> HttpResponse:
    """Where a quotation stands: word for word, with marked edits, or altered.

    A form that is sent changes nothing: what is long has no room in an address.
    """
    user = request.user
    assert isinstance(user, User)
    sent = request.POST if request.method == "POST" else request.GET
    typed = sent.get("quotation", "")
    quotation = reverse.read(typed)
    form = QuoteCheckForm(sent)
    if not typed:
        form.fields["quotation"].widget.attrs["autofocus"] = True
    if quotation.problem:
        form.fields["quotation"].widget.attrs |= {
            "aria-invalid": "true",
            "aria-describedby": "quotation-problem",
        }
    may_read_drafts = user.may(drafts.RIGHT)
    may_read_sources = user.may(SOURCES)
    asked = bool(quotation.text)
    answer = Answer()
    if asked:
        answer = reverse.find(
            quotation,
            unpublished=drafts.of(user) if sent.get("unpublished") else None,
            with_sources=may_read_sources,
        )
    return render(
        request,
        "staff/quote_check.html",
        {
            "form": form,
            "problem": quotation.problem,
            "may_read_drafts": may_read_drafts,
            "may_read_sources": may_read_sources,
            "asked": asked,
            "common": answer.common,
            "sentence": _sentence(answer),
            "found": [_shown(match) for match in answer.found],
            "near": [_shown(match) for match in answer.near],
            "more": answer.more,
        },
    )


def _sentence(answer: Answer) -> str:
    """What came of it, in a sentence."""
    if not answer.found:
        return _("It was found nowhere. These words come nearest.")
    match answer.found[0].standing:
        case Standing.EXACT:
            return _("It is found word for word.")
        case Standing.MARKED:
            return _("It is found word for word, with edits that readers can see.")
        case Standing.STYLE | Standing.FILLERS:
            return _("It is found in the same words, written otherwise.")
        case Standing.PART:
            return _("Parts of it are found word for word.")
        case _:
            return _("It is found, but altered.")


def _standing(match: Match) -> str:
    match match.standing:
        case Standing.EXACT:
            return _("Word for word")
        case Standing.MARKED:
            return _("Word for word, with marked edits")
        case Standing.STYLE:
            return _("The same words, written otherwise")
        case Standing.FILLERS:
            return _("Word for word, but for hesitations")
        case Standing.PART:
            return _("Stands in what you pasted")
        case Standing.ALTERED:
            return ngettext(
                "Altered in %(places)s place",
                "Altered in %(places)s places",
                match.changes,
            ) % {"places": match.changes}
        case _:
            return _("Nearly the same words")


def _shown(match: Match) -> Shown:
    return Shown(match, _address(match), _notes(match), _standing(match))


def _address(match: Match) -> str:
    """Where the words stand: a quote's own address, or a place in a text."""
    if match.quote is not None and match.unpublished:
        return unpublished.address(match.quote)
    if match.quote is not None:
        return match.quote.get_absolute_url()
    if match.edition is not None:
        return match.edition.article.get_absolute_url() + _fragment(match.said)
    if match.source is not None and re.match(r"https?://", match.source.source.url):
        return match.source.source.url
    return ""


def _fragment(words: str) -> str:
    """The words as the end of an address, so that browsers go there and mark them."""
    found = words.split()
    parts = (
        [words]
        if len(found) < 10 and "\n" not in words
        else [" ".join(found[:4]), " ".join(found[-4:])]
    )
    # A comma and a hyphen mean something here.
    encoded = [percent_encoded(part, safe="").replace("-", "%2D") for part in parts]
    return f"#:~:text={','.join(encoded)}"


def _notes(match: Match) -> list[str]:
    """Sentences on edits that are marked, or that are no matter."""
    sentences = {
        "case": _("“%(printed)s” stands for “%(said)s”."),
        "bracket": _("“%(printed)s” stands for “%(said)s”."),
        "omission": _("Left out: “%(said)s”."),
        "punctuation": _("It ends in “%(printed)s”, where “%(said)s” stands."),
        "aside": _("“%(said)s” was passed over."),
        "style": _("“%(printed)s” is written “%(said)s”."),
        "fillers": _("Left out: “%(said)s”."),
    }
    alone = {
        "bracket": _("“%(printed)s” was put in."),
        "fillers": _("“%(printed)s” was put in."),
        "punctuation": _("The sentence goes on there."),
    }
    notes = []
    for edit in match.edits:
        sentence = (sentences if edit.said.strip() else alone).get(edit.kind)
        if sentence is not None:
            said = edit.said.strip()
            if len(said) > 300:
                said = f"{said[:140]} … {said[-140:]}"
            notes.append(sentence % {"printed": edit.printed.strip(), "said": said})
    return list(dict.fromkeys(notes))
