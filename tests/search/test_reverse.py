"""Where a pasted quotation stands: quotes, texts, sources, drafts."""

from __future__ import annotations

import hashlib

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from statements.editorial import binning, editions, publishing
from statements.models import Quote, Source, SourceVersion, Turn
from statements.search import drafts, reverse
from statements.search.judging import Piece, Standing
from tests import builders

pytestmark = pytest.mark.django_db


def found(words: str, **given) -> list[tuple[str, str]]:
    """Each place with its standing, the best first, the nearest with them."""
    answer = reverse.find(reverse.read(words), **given)
    return [(match.standing.value, match.said) for match in answer.found + answer.near]


@pytest.fixture
def transcript(db) -> SourceVersion:
    text = (
        "MS OKAFOR: The pilots have been asked to return to harbour.\n"
        "QUESTION: And the grain barges, are they waiting for pilots too?"
    )
    source = Source.objects.create(title="Briefing of 2 March", held_on="2026-03-02")
    version = SourceVersion.objects.create(
        source=source,
        number=1,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )
    for number, (label, start, end) in enumerate(
        (("MS OKAFOR", 10, 59), ("QUESTION", 70, len(text)))
    ):
        Turn.objects.create(
            version=version, number=number, label=label, start=start, end=end
        )
    return version


SAID = (
    "[t]he ferry between both shores of the strait won’t sail… before the harbour is "
    "open"
)

#: What is pasted, and how it stands to SAID.
PASTED = [
    (SAID, "exact", "as it is printed"),
    (f"“{SAID}”", "exact", "with its marks"),
    (SAID.replace("’", "'").title(), "exact", "straight, and in capitals"),
    ("the ferry between both shores of the strait", "exact", "a part of it"),
    ("the ferry … of the strait won’t sail", "marked", "with an ellipsis"),
    ("the ferry [of the state] won't sail", "marked", "with words put in"),
    ("the ferry between both coasts of the strait", "altered", "a word is another"),
    (
        "the ferry between all shores of the strait won't sail",
        "altered",
        "a common one",
    ),
    ("between both shores of strait will not ferry sail", "altered", "words changed"),
    (
        "He told us: the ferry between both shores of the strait won’t sail, he was "
        "sure, for a day, a week, a month, or however long all of it lasts, before the "
        "harbour is open, and that was all of what he had to tell us about it",
        "part",
        "with much around it",
    ),
]


def test_a_quotation_is_found_and_judged(say, subtests):
    quote = say(SAID)
    say("The ferry is slow", speaker=quote.speaker)
    for pasted, standing, why in PASTED:
        with subtests.test(ascii(why)):
            best = reverse.find(reverse.read(pasted)).found[:1]
            assert [(each.standing.value, each.quote) for each in best] == [
                (standing, quote)
            ]
    with subtests.test("word by word"):
        (best,) = reverse.find(
            reverse.read("The ferry between both coasts of the strait")
        ).found
        assert best.pieces == (
            Piece("same", "The ferry between both "),
            Piece("out", "shores"),
            Piece("in", "coasts"),
            Piece("same", " of the strait"),
        )
        assert best.changes == 1
    with subtests.test("nothing like it"):
        assert found("A kestrel circles over the lighthouse of Vallorn") == []


def test_other_scripts_and_accents_are_found(say, subtests):
    for language, said, pasted, standing in (
        (
            "ar",
            "العبارات لن تبحر قبل فتح الميناء",
            "العبارات لن تبحر قبل فتح الميناء",
            "exact",
        ),
        (
            "ru",
            "Паромы не выйдут в море до открытия гавани",
            "Паромы не выйдут из гавани в море",
            "altered",
        ),
        (
            "fr",
            "La traversée ne sera pas rétablie à l’automne",
            "la traversee ne sera pas retablie a l'automne",
            "style",
        ),
        ("zh", "渡轮在港口开放之前不会启航", "渡轮在港口开放之前不会启航", "exact"),
    ):
        with subtests.test(language):
            quote = say(said, language=language)
            best = reverse.find(reverse.read(pasted)).found[:1]
            assert [(each.standing.value, each.quote) for each in best] == [
                (standing, quote)
            ]


def test_who_else_said_nearly_that_stands_below(say, system):
    haller = builders.make_person("Ben Haller", by=system)
    say("The harbour will open again when the storm is over")
    say("The harbour will open again when the war is over", speaker=haller)
    answer = reverse.find(
        reverse.read("The harbour will open again when the storm is over")
    )
    assert [(match.standing, match.quote.speaker.name) for match in answer.found] == [
        (Standing.EXACT, "Ilse Okafor"),
        (Standing.ALTERED, "Ben Haller"),
    ]


def test_texts_are_looked_through_once_beside_their_quotes(say):
    say("The pier is closed to grain barges until Monday")
    answer = reverse.find(reverse.read("The room was calm"))
    assert [(match.standing, match.said, match.quote) for match in answer.found] == [
        (Standing.EXACT, "The room was calm", None)
    ]
    answer = reverse.find(reverse.read("pier is closed to grain barges"))
    assert [match.edition for match in answer.found] == [None]


def test_sources_tell_whose_turn_it_was_and_only_if_they_may(transcript):
    pasted = reverse.read("The pilots have been asked to go back to harbour")
    (match,) = reverse.find(pasted, with_sources=True).found
    assert (match.source, match.turn.label, match.standing) == (
        transcript,
        "MS OKAFOR",
        Standing.ALTERED,
    )
    assert reverse.find(pasted).found == ()


def test_of_a_source_the_newest_version_alone_is_read(transcript):
    SourceVersion.objects.create(
        source=transcript.source, number=2, text="Nothing is said.", sha256="0" * 64
    )
    assert found("The pilots have been asked to return", with_sources=True) == []


def test_what_is_hidden_is_told_to_nobody(say, author, publisher):
    words = "No grain barge passes the narrows in the dark"
    say(words, publish=False)
    assert found(words, with_sources=True) == []
    quote = say(words)
    assert found(words)[0] == ("exact", words)
    publishing.withdraw(
        quote.article, by=publisher, reason="error", note="It was wrong."
    )
    assert found(words) == []


def test_drafts_of_ones_desks_are_told_and_marked(say, author, outsider):
    words = "No grain barge passes the narrows in the dark"
    quote = say(words, publish=False)
    (match,) = reverse.find(reverse.read(words), unpublished=drafts.of(author)).found
    assert (match.quote, match.unpublished) == (quote, True)
    assert list(drafts.of(outsider)) == []
    assert found(words, unpublished=drafts.of(outsider)) == []


def test_drafts_in_the_bin_and_what_readers_have_are_no_drafts(say, author, publisher):
    public = say("The ferry has sailed to the other shore")
    draft = say("The ferry has not sailed at all today", publish=False)
    nobody = builders.make_user("nobody")
    nobody.desks.set(author.desks.all())
    assert list(drafts.of(nobody)) == []
    assert list(drafts.of(author)) == [draft]
    binning.put(draft.article, by=publisher)
    assert list(drafts.of(author)) == []
    assert list(Quote.objects.public()) == [public]


def test_the_newest_draft_alone_counts_and_only_what_is_new_in_it(say, author):
    public = say("The ferry has sailed to the other shore")
    again = editions.begin(public.article, by=author)
    assert list(drafts.of(author)) == []
    new = builders.quote_words(
        again, "room was calm", by=author, speaker=public.speaker
    )
    assert list(drafts.of(author)) == [new]


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        (
            "\0",
            "The quotation holds characters that got lost on the way. Paste it again.",
        ),
        ("ferry", "Paste at least 2 words of the quotation."),
        (
            "ferry " * 1000,
            "The quotation has more than 5,000 characters. Paste the part of it that "
            "you doubt.",
        ),
        ("", ""),
        ("the ferry", ""),
    ],
)
def test_what_cannot_be_looked_up_is_said(typed, problem):
    assert reverse.read(typed).problem == problem


def test_common_words_alone_are_not_looked_up(say):
    say("What we will do is what we have to do")
    answer = reverse.find(reverse.read("we will do what we have to"))
    assert (answer.common, answer.found) == (True, ())


@pytest.mark.parametrize(
    "typed",
    ["'' \\ '''", "a:*&b | !c <-> (d", "… [ ] … [x]", "%s %(a)s {}", "[[[[ ]]]] [t]"],
)
def test_signs_are_no_language(say, typed):
    say("The ferry sails")
    assert found(typed) == []


def test_each_question_brings_a_bounded_number_of_rows_by_an_index(say):
    say("The ferry sails to the other shore of the strait")
    with CaptureQueriesContext(connection) as context:
        reverse.find(reverse.read("the ferry sails to both shores"), with_sources=True)
    asked = [q["sql"] for q in context.captured_queries if "UNION ALL" in q["sql"]]
    limits = [sql.count(f"LIMIT {reverse.MOST_A_PROBE}") for sql in asked]
    assert limits == [sql.count("UNION ALL") + 1 for sql in asked]
    assert len(limits) == 3
    with connection.cursor() as cursor:
        # So few rows would be read one by one.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {asked[0]}")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Bitmap Index Scan on quote_words" in plan
