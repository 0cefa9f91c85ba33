"""What stands beside a text: notes made from quotes and citations, then drawn.

The rows come from a database or from anywhere else that has these attributes: this room
knows no models.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from . import transcripts
from .notes import Corrected
from .render import CitationNote, QuoteNote, Remarked, RowHTML, rows
from .saying import ENGLISH, Saying
from .transcripts import Turn

#: Rises when the drawing itself changes: what an older release drew is drawn again.
RELEASE = "4"


def release(saying: Saying) -> str:
    """What a kept drawing must bear to be what would be drawn now."""
    return f"{RELEASE} {saying.language}"


#: Corrections of one quote that its note tells; the page of the quote has all.
CORRECTIONS = 3

#: Verdicts that readers are told, in plain words; that nobody looked is told as well.
VERDICT_WORDS = {
    "verbatim": "Matches the source",
    "marked": "Matches the source, changes marked",
    "differs": "Differs from the source",
    "elsewhere": "Found in another source",
    "not_found": "Not found in the source",
    "stale": "The source changed since it was checked",
    "unchecked": "Not checked against a source",
}


def draw(
    body: str,
    quotes: Iterable[Any],
    citations: Iterable[Any],
    language: str = "",
    corrections: Iterable[Any] = (),
    media: Iterable[Any] = (),
    saying: Saying = ENGLISH,
) -> str:
    """The public HTML of a body: ``quotes`` and ``citations`` are rows, in text order.

    A quote has permalink_id, start, end, speaker, organization, appointment, verdict,
    said_on, language; a citation has start, end, quote_id and resolution. Both have
    get_absolute_url. ``language`` is the text's own: only others are marked; ``saying``
    speaks of it.
    ``corrections`` have permalink_id, what, before, after and edition; the newest comes
    first. ``media`` have asset and transcript.
    """
    drawn = draw_rows(
        body,
        quotes,
        citations,
        language,
        corrections=corrections,
        media=media,
        saying=saying,
    )
    return "\n".join(row.html for row in drawn)


def draw_rows(
    body: str,
    quotes: Iterable[Any],
    citations: Iterable[Any],
    language: str = "",
    remarks: Sequence[Remarked] | None = None,
    corrections: Iterable[Any] = (),
    media: Iterable[Any] = (),
    saying: Saying = ENGLISH,
) -> list[RowHTML]:
    """The same row by row; with the remarks of colleagues, for the desk alone."""
    corrected: dict[str, list[Corrected]] = {}
    for one in corrections:
        told = corrected.setdefault(one.permalink_id, [])
        # Both are empty where the words were removed by law.
        if len(told) < CORRECTIONS and (one.before or one.after):
            told.append(_corrected(one, saying))
    citations = list(citations)
    named: dict[Any, list[tuple[str, str]]] = {}
    for citation in citations:
        if citation.quote_id is not None:
            resolution = citation.resolution
            pair = (resolution.symbol, resolution.get_absolute_url())
            if pair not in named.setdefault(citation.quote_id, []):
                named[citation.quote_id].append(pair)
    recordings = [
        (use.asset, transcripts.turns(use.transcript))
        for use in media
        if use.asset.type in ("audio", "video") and use.transcript
    ]
    return rows(
        body,
        [
            _quote_note(
                quote,
                tuple(named.get(quote.pk, ())),
                tuple(corrected.get(quote.permalink_id, ())),
                _heard(quote, recordings, saying),
                language,
                saying,
            )
            for quote in quotes
        ],
        [_citation_note(citation, saying) for citation in citations],
        remarks,
        saying,
    )


def office_words(quote: Any) -> str:
    """The office beside a name: "Spokesperson, Ministry of Foreign Affairs".

    Without a known appointment, the title as the text prints it.
    """
    if quote.appointment is not None:
        post = quote.appointment.post
        return f"{post.label}, {post.organization.name}"
    if quote.speaker is not None and quote.title_as_printed:
        return str(quote.title_as_printed)
    return ""


def _quote_note(
    quote: Any,
    resolutions: tuple[tuple[str, str], ...],
    corrected: tuple[Corrected, ...],
    heard: tuple[str, str] | None,
    language: str,
    saying: Saying,
) -> QuoteNote:
    speaker = quote.speaker if quote.speaker is not None else quote.organization
    verdict = VERDICT_WORDS.get(quote.verdict, "")
    return QuoteNote(
        permalink=quote.permalink_id,
        start=quote.start,
        end=quote.end,
        url=quote.get_absolute_url(),
        speaker_name=speaker.name,
        speaker_url=speaker.get_absolute_url(),
        office=office_words(quote),
        verdict=quote.verdict,
        verdict_words=saying.gettext(verdict) if verdict else "",
        evidence_words="",
        said_on_words=saying.gettext("said on %(day)s")
        % {"day": saying.day(quote.said_on)}
        if quote.said_on
        else "",
        lang=quote.language if quote.language != language else "",
        dir="",
        resolutions=resolutions,
        corrected=corrected,
        heard=heard,
    )


def _heard(
    quote: Any, recordings: list[tuple[Any, list[Turn]]], saying: Saying
) -> tuple[str, str] | None:
    """Words and address of the time at which a quote begins in the first recording."""
    for asset, turns in recordings:
        if turn := transcripts.said_at(quote.text, turns):
            words = (
                saying.gettext("Watch from %(time)s")
                if asset.type == "video"
                else saying.gettext("Listen from %(time)s")
            )
            address = f"{asset.get_absolute_url()}#t={turn.seconds}"
            return words % {"time": turn.clock}, address
    return None


def _corrected(correction: Any, saying: Saying) -> Corrected:
    """What a correction changed; a draft's, which a preview shows, has no date yet."""
    out = correction.edition.published_at
    return Corrected(
        what=correction.what,
        before=correction.before,
        after=correction.after,
        on_words=saying.day(out) if out else "",
        on=f"{out:%Y-%m-%d}" if out else "",
    )


def _citation_note(citation: Any, saying: Saying) -> CitationNote:
    resolution = citation.resolution
    adopted = resolution.adopted_on
    return CitationNote(
        start=citation.start,
        end=citation.end,
        url=resolution.get_absolute_url(),
        symbol=resolution.symbol,
        title=resolution.title or resolution.topic,
        adopted_words=saying.gettext("adopted on %(day)s")
        % {"day": saying.day(adopted)}
        if adopted
        else "",
    )
