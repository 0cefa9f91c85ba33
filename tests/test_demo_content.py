"""The demo's content holds together: what it says about itself is true of it."""

import re
from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from statements.management.demo import (
    BODIES,
    DESKS,
    FILES,
    KINDS,
    ORGANIZATIONS,
    PEOPLE,
    POSTS,
    RESOLUTIONS,
    STATEMENTS,
    TAGS,
)
from statements.management.demo.recording import SECONDS

people = {person.slug: person for person in PEOPLE}
organizations = {organization.slug: organization for organization in ORGANIZATIONS}
posts = {post.slug: post for post in POSTS}
resolutions = {resolution.symbol: resolution for resolution in RESOLUTIONS}
by_key = {statement.key: statement for statement in STATEMENTS}
quoted = [statement for statement in STATEMENTS if statement.speakers]

# Somebody may speak on the day after the last one in office.
SPEAKS_WITHOUT_OFFICE = {("new-prime-minister", "casimir-oduya")}

REAL_PLACES = set(
    re.findall(
        r"\w+",
        """
Afghanistan Armenia Azerbaijan China Congo Crimea Cyprus Ethiopia Gaza Georgia Haiti
India Iran Iraq Israel Kashmir Kosovo Lebanon Libya Mali Moldova Myanmar Palestine
Pakistan Russia Serbia Somalia Sudan Syria Taiwan Türkiye Turkey Ukraine Venezuela
Yemen America American Australia Britain Europe European Moscow Washington Beijing
""",
    )
)


def plain(body: str) -> str:
    """Return the text of a body that is text or simple HTML."""
    return re.sub(r"<[^>]+>", "", body)


def quotes(body: str) -> list[str]:
    """Return the words between each pair of marks, in order.

    An opening mark that a paragraph repeats goes on with the quote before it.
    """
    pairs = re.findall(r"“((?:[^“”]|(?<=\n)“)+)”|«([^«»]+)»", plain(body))
    return [curly or angled for curly, angled in pairs]


def symbols(body: str) -> list[str]:
    """Return the resolutions named, in order: by number, by symbol or in a list."""
    found = re.findall(
        r"217 A \(III\)|\b\d{2}/\d{1,3}\b|\b\d{4} \(\d{4}\)"
        r"|(?:UNSCR|[Rr]esolution) \d{4}\b",
        plain(body),
    )
    return [next(s for s in resolutions if _named(s, printed)) for printed in found]


def _named(symbol: str, printed: str) -> bool:
    number = printed.split()[-1] if printed[0] in "UrR" else printed
    return re.search(rf"/{re.escape(number)}(?: \(|$)", symbol) is not None


def each(items):
    return pytest.mark.parametrize(
        "item", [pytest.param(i, id=getattr(i, "key", None) or i.slug) for i in items]
    )


@pytest.mark.parametrize(
    "items", [ORGANIZATIONS, POSTS, PEOPLE, RESOLUTIONS, BODIES, KINDS]
)
def test_slugs_are_slugs_and_unique(items):
    slugs = [item.slug for item in items]
    assert len(set(slugs)) == len(slugs)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) for slug in slugs)


def test_no_person_shares_a_slug_or_a_name_with_an_organisation():
    assert not people.keys() & organizations.keys()
    names = Counter(
        name
        for item in (*PEOPLE, *ORGANIZATIONS)
        for name in (item.name, *item.other_names)
    )
    assert [name for name, count in names.items() if count > 1] == []


def test_there_is_as_much_as_was_promised():
    assert len(PEOPLE) == 10
    assert 8 <= len(TAGS) <= 10
    assert len(STATEMENTS) >= 25
    assert Counter(s.state for s in STATEMENTS if s.state != "live") == {
        "scheduled": 1,
        "withdrawn": 1,
        "corrected": 1,
        "draft": 1,
        "in_review": 1,
        "approved": 1,
    }
    assert max(Counter(s.dated for s in STATEMENTS).values()) == 3
    assert {s.kind for s in STATEMENTS} == {kind.slug for kind in KINDS}
    assert {tag for s in STATEMENTS for tag in s.tags} == set(TAGS)
    assert {s.desk for s in STATEMENTS} == set(DESKS)


@each(ORGANIZATIONS)
def test_a_parent_is_an_organisation(item):
    assert item.parent in {"", *organizations} - {item.slug}


@each(POSTS)
def test_a_post_belongs_to_an_organisation_and_somebody_holds_it(item):
    assert item.organization_slug in organizations
    assert any(o.post_slug == item.slug for p in PEOPLE for o in p.offices)


@each(PEOPLE)
def test_offices_are_posts_and_end_after_they_begin(item):
    assert item.offices
    for office in item.offices:
        assert office.post_slug in posts
        assert office.ends is None or office.starts <= office.ends
        if office.starts_precision != "day":
            assert office.starts.day == 1
        if office.starts_precision == "year":
            assert office.starts.month == 1
        if office.ends and office.ends_precision == "year":
            assert (office.ends.month, office.ends.day) == (12, 31)
    starts = [office.starts for office in item.offices]
    assert starts == sorted(starts)
    assert item.sort_name.split(", ")[0] == item.name.split()[-1]


def test_offices_are_known_by_day_by_month_and_by_year():
    assert {o.starts_precision for p in PEOPLE for o in p.offices} == {
        "day",
        "month",
        "year",
    }
    changed = [
        p for p in PEOPLE if sum(o.starts >= date(2021, 1, 1) for o in p.offices)
    ]
    assert len(changed) >= 8


def test_an_exclusive_post_has_one_holder_after_another():
    held: dict[str, list] = {}
    for person in PEOPLE:
        for office in person.offices:
            if posts[office.post_slug].exclusive:
                held.setdefault(office.post_slug, []).append(office)
    for terms in held.values():
        terms.sort(key=lambda office: office.starts)
        for former, latter in pairwise(terms):
            assert former.ends is not None
            assert former.ends < latter.starts
    assert len(held["spokesperson-mfa"]) == 2
    assert len(held["prime-minister"]) == 2


@each(RESOLUTIONS)
def test_a_resolution_has_the_facts_of_its_symbol(item):
    assert item.body_slug in {body.slug for body in BODIES}
    year = re.search(r"\((\d{4})\)$", item.symbol)
    assert year is None or int(year[1]) == item.adopted_on.year
    assert (item.yes is None) == (item.no is None) == (item.abstain is None)
    assert item.url.startswith("https://docs.un.org/")
    assert any(item.symbol in s.cites for s in STATEMENTS)


@each(STATEMENTS)
def test_a_statement_names_what_there_is(item):
    assert item.kind in {kind.slug for kind in KINDS}
    assert item.issuer in organizations
    assert item.desk in DESKS
    assert item.tags
    assert set(item.tags) <= set(TAGS)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", item.slug)
    assert item.translation_of in {"", *by_key} - {item.key}
    if item.state != "draft":
        assert item.summary


@each(STATEMENTS)
def test_every_quote_is_listed_with_its_speaker_in_order(item):
    bodies = [item.body, *(item.correction or ())[:1]]
    for body in bodies:
        said = [words for words in quotes(body) if words not in item.not_quotes]
        assert len(said) == len(item.speakers)
        for words, (beginning, speaker) in zip(said, item.speakers, strict=True):
            assert words.startswith(beginning)
            assert speaker in people.keys() | organizations.keys()
        closing = re.findall("[”»]", plain(body))
        assert len(closing) == len(said) + len(item.not_quotes)


@each(STATEMENTS)
def test_every_resolution_named_is_in_the_list_and_older_than_the_statement(item):
    for body in (item.body, *(item.correction or ())[:1]):
        assert symbols(body) == list(item.cites)
    for symbol in item.cites:
        assert resolutions[symbol].adopted_on <= item.dated


@each(quoted)
def test_a_speaker_holds_an_office_on_the_day(item):
    for _, speaker in item.speakers:
        if speaker in organizations or (item.key, speaker) in SPEAKS_WITHOUT_OFFICE:
            continue
        assert any(
            office.starts <= item.dated <= (office.ends or date.max)
            for office in people[speaker].offices
        ), speaker


@each(STATEMENTS)
def test_a_speaker_is_introduced_by_name_in_the_text(item):
    text = plain(item.body)
    if item.language != "en":
        return
    for _, speaker in item.speakers:
        if speaker in people:
            names = [people[speaker].name]
        else:
            organization = organizations[speaker]
            names = [organization.name, *organization.other_names]
        assert any(name in text for name in names), speaker


@each(STATEMENTS)
def test_no_real_country_stands_in_a_statement(item):
    words = set(re.findall(r"\w+", f"{item.title} {item.summary} {plain(item.body)}"))
    assert words & REAL_PLACES == set()


def test_statements_stand_in_the_order_of_their_dates_with_one_address_each():
    dates = [statement.dated for statement in STATEMENTS]
    assert dates == sorted(dates)
    assert dates[0] >= date(2024, 1, 1)
    assert len({(s.dated, s.slug) for s in STATEMENTS}) == len(STATEMENTS)
    assert len(by_key) == len(STATEMENTS)


def test_what_goes_out_later_is_dated_last():
    unpublished = {"draft", "in_review", "approved", "scheduled"}
    last_live = max(s.dated for s in STATEMENTS if s.state not in unpublished)
    assert all(s.dated > last_live for s in STATEMENTS if s.state in unpublished)


def test_what_a_state_needs_is_there_and_nowhere_else():
    for statement in STATEMENTS:
        assert bool(statement.correction) == (statement.state == "corrected")
        assert bool(statement.withdrawn) == (statement.state == "withdrawn")
        assert bool(statement.audio) == bool(statement.transcript)
    (corrected,) = (s for s in STATEMENTS if s.correction)
    body, note = corrected.correction
    assert body != corrected.body
    assert note.endswith(".")
    (withdrawn,) = (s for s in STATEMENTS if s.withdrawn)
    assert withdrawn.withdrawn[0] == "error"


def test_the_translation_is_of_the_same_day_quotes_and_resolutions():
    (arabic,) = (s for s in STATEMENTS if s.translation_of)
    original = by_key[arabic.translation_of]
    assert arabic.language == "ar"
    assert arabic.dated == original.dated
    assert arabic.cites == original.cites
    assert [who for _, who in arabic.speakers] == [who for _, who in original.speakers]


def test_the_recording_is_small_and_its_transcript_has_times_in_order():
    (statement,) = (s for s in STATEMENTS if s.audio)
    file = FILES / statement.audio
    assert 50_000 < file.stat().st_size <= 350_000
    turns = [
        re.match(r"\[(\d+):(\d\d)\] ([^:]+): ", line)
        for line in statement.transcript.splitlines()
    ]
    assert all(turns)
    times = [int(turn[1]) * 60 + int(turn[2]) for turn in turns]
    assert times == sorted(times)
    assert times[-1] < SECONDS
    spoken = {turn[3] for turn in turns}
    assert people["ilse-okafor"].name in spoken


def test_what_the_briefing_quotes_was_said_in_the_recording():
    (statement,) = (s for s in STATEMENTS if s.audio)
    for words in quotes(statement.body):
        assert words.rstrip(".,") in statement.transcript


def test_the_phenomena_of_ordinary_releases_are_there():
    lengths = [len(words.split()) for s in STATEMENTS for words in quotes(s.body)]
    assert min(lengths) == 1
    assert 75 <= max(lengths) <= 95
    texts = "\n".join(plain(s.body) for s in STATEMENTS)
    for pattern in (
        r"\n“[^”]+”\n",  # a paragraph of its own
        r"\n“[^“”]+\n“",  # a quote that opens again in the next paragraph
        r",” (?:he|she) said, “",  # split
        r"“\[[a-zA-Z]\]",  # a letter changed
        r"“[^”]+ \.\.\. [^”]+”",  # words left out
        r"“[^”]*‘[^’]+’[^”]*”",  # a quote in a quote
        r"UNSCR \d{4}",
        r"[Rr]esolutions \d{4} \(\d{4}\), \d{4} \(\d{4}\) and",
    ):
        assert re.search(pattern, texts), pattern
    assert any("<blockquote>" in s.body for s in STATEMENTS)
    assert any(not s.speakers for s in STATEMENTS)
    words = sorted(len(plain(s.body).split()) for s in STATEMENTS)
    assert 850 <= words[-1] <= 1_000
    assert sum(words) > 5_500
