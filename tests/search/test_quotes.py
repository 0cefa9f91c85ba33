"""Which quotes answer which question."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

import pytest
from django.db import connection

from statements.editorial import catalogue, editions, intake, publishing, verbs
from statements.models import LANGUAGES, Kind, Quote
from statements.search.naming import Choice
from statements.search.query import Query, from_params, parse
from statements.search.quotes import RULES, Cursor, find, most_named
from tests import builders
from tests.test_wall import as_public

pytestmark = pytest.mark.django_db

FERRIES = "The ferries will sail before the winter comes"
REFUSAL = "[t]he refusal of both shores is a path forward"
CAFE = "We met in a café beside Hay’at square… and talked"


def ask(question: str | Query, cursor: Cursor | None = None, size: int = 20):
    query = parse(question) if isinstance(question, str) else question
    return find(query, Quote.objects.public(), cursor, size)


def found(question: str | Query) -> list[str]:
    """The words found, in the alphabet's order; the total agrees."""
    page = ask(question)
    assert (page.total, page.exact) == (len(page.items), True)
    return sorted(quote.text for quote in page.items)


QUESTIONS = [
    ("ferry", [FERRIES]),  # stemmed as English
    ("FERRIES winter", [FERRIES]),  # all words, in any order and case
    ("ferries refusal", []),
    ('"path forward"', [REFUSAL]),
    ("“path forward”", [REFUSAL]),  # curly marks
    ("„path forward“", [REFUSAL]),
    ("«path forward»", [REFUSAL]),
    ('"forward path"', []),  # a phrase keeps its order
    ('"refusal path"', []),  # and its words stand together
    ("“the refusal”", [REFUSAL]),  # through the editor's brackets
    ("the refusal", [REFUSAL]),
    ("[t]he refusal", [REFUSAL]),
    ("cafe", [CAFE]),  # through accents, either way
    ("cafés", [CAFE]),
    ("cafe\u0301", [CAFE]),  # an accent typed apart
    ("Hay'at", [CAFE]),  # either apostrophe
    ("Hay’at", [CAFE]),
    ('"square and talked"', [CAFE]),  # through an ellipsis
    ("-ferry", [REFUSAL, CAFE]),
    ("-“path forward” -café", [FERRIES]),
    ("−ferries", [REFUSAL, CAFE]),  # a real minus sign
    ("winter -ferry", []),
    ("win*", [FERRIES]),  # beginnings of words
    ("forw* -ferry", [REFUSAL]),
    ("nego*", []),
    ("", [FERRIES, REFUSAL, CAFE]),
]


def test_words_find_quotes(say, subtests):
    for words in (CAFE, REFUSAL, FERRIES):
        say(words)
    for question, expected in QUESTIONS:
        with subtests.test(question):
            assert found(question) == sorted(expected)


@pytest.mark.parametrize(
    ("words", "question"),
    [
        ("Between shores—both of them—peace", "shores them peace"),
        ("He said, “negotiate,” and left", "negotiate"),
        ("«Négocier», a-t-il dit", "négocier"),
        ("From 2020–2021 onwards", "2021"),
        ("An anti‑war march", "anti-war"),  # a hyphen that does not break
        ("Ferries • harbours · ports", "harbours ports"),
        ("قال: «السلام»، ثم غادر؟", "السلام"),
        ("停火。和平", "停火"),
        ("¿Negociar? ¡Sí!", "negociar si"),
    ],
)
def test_words_end_at_any_sign(say, words, question):
    quote = say("The ferry sails", publish=False)
    Quote.objects.filter(pk=quote.pk).update(text=words)
    assert find(parse(question), Quote.objects.filter(pk=quote.pk)).items == [quote]


# --- Languages


def test_words_are_stemmed_by_the_language_of_the_quote(say):
    german = say("Die Fähren fahren wieder", language="de").text
    english = say("The ferry is a fair way to travel").text
    ukrainian = say("Пороми ходять щодня", language="uk").text
    assert found("Fähre") == [german]
    assert found("ferries") == [english]
    assert found("пороми") == [ukrainian]
    assert found("паром") == []  # no rules of stemming, so word by word


def test_an_excluded_word_stays_out_by_the_rules_of_its_language(say):
    # German leaves "ferries" as it is, so to German rules this quote lacks the word
    # that English ones find in it: "ferry".
    say("The ferry left, and people waved")
    german = say("Leute winkten, people waved", language="de").text
    assert found("people -ferries") == [german]
    assert found("-ferries") == [german]


def test_a_word_too_common_in_one_language_is_found_in_another(say):
    # "die" is an article in German and a grave word in English.
    english = say("No one shall die for a ferry").text
    say("Die Fähren fahren wieder", language="de")
    assert found("die") == [english]


def test_a_variety_of_a_language_is_stemmed_like_it(say):
    quote = say("The ferries sail", publish=False)
    Quote.objects.filter(pk=quote.pk).update(language="en-GB")
    rows = Quote.objects.filter(pk=quote.pk)
    assert find(parse("ferry"), rows).items == [quote]


def test_the_rules_here_are_those_of_the_database():
    with connection.cursor() as cursor:
        for code, _ in LANGUAGES:
            cursor.execute("SELECT public.quote_language(%s)::text", [code])
            (rules,) = cursor.fetchone()
            assert rules == f"quote_{code if code in RULES else 'simple'}"


# --- Sentences


@pytest.mark.parametrize("question", ["the", "of the", "“of the”", "-the"])
def test_only_common_words_get_a_sentence(say, question):
    say(FERRIES)
    page = ask(question)
    assert page.notes == (
        "Only very common words were asked for, and those are not searched. Add a "
        "rarer one.",
    )
    assert [quote.text for quote in page.items] == (
        [FERRIES] if question == "-the" else []
    )


def test_common_words_beside_others_are_named(say):
    say(FERRIES)
    page = ask("the ferries will -of")
    assert [quote.text for quote in page.items] == [FERRIES]
    assert page.notes == (
        "Too common to be searched, so left out: “the”, “will”, “of”.",
    )


def test_what_the_box_could_not_read_is_said(say):
    say(FERRIES)
    page = ask('"ferries will')
    assert page.items
    assert page.notes == (
        "The quotation mark before “ferries will” is not closed, so all that follows "
        "was taken as one phrase.",
    )


# --- Filters


@pytest.fixture
def lindqvist(system):
    return builders.make_person("Teodor Lindqvist", gender="male", by=system)


@pytest.fixture
def record(say, lindqvist, ministry, resolution, system):
    """Four quotes that differ in everything one can filter by."""
    other = builders.make_resolution("S/RES/1325 (2000)", by=system)
    editorial = Kind.objects.get(slug="editorial")
    mission = builders.make_organization("Permanent Mission of Vallorn", by=system)
    said = {
        "okafor": say(
            "The strait feeds us, as S/RES/2417 says",
            cites={"S/RES/2417": resolution},
            tags=["Northern Strait"],
            on=dt.date(2024, 11, 3),
        ),
        "lindqvist": say(
            "The strait is calm, as S/RES/1325 and S/RES/2417 ask",
            speaker=lindqvist,
            cites={"S/RES/1325": other, "S/RES/2417": resolution},
            tags=["Ceasefire", "Northern Strait"],
            on=dt.date(2024, 12, 31),
        ),
        "ministry": say("The strait is open", speaker=ministry, on=dt.date(2025, 1, 1)),
        "mission": say(
            "Silence is no answer",
            speaker=mission,
            tags=["Ceasefire"],
            on=dt.date(2025, 6, 30),
            kind=editorial,
        ),
    }
    for name, verdict in (("lindqvist", "differs"), ("ministry", "not_found")):
        Quote.objects.filter(pk=said[name].pk).update(verdict=verdict)
    verbs.refresh_facets(quote.pk for quote in said.values())
    return said


FILTERS = [
    ("speaker:ilse-okafor", "okafor"),  # by address
    ("speaker:“Ilse Okafor”", "okafor"),  # by name
    ("speaker:“okafor, ilse”", "okafor"),  # by its words, in any order
    ("speaker:lindqvist", "lindqvist"),  # by part of it
    ("speaker:okafor speaker:lindqvist", "okafor lindqvist"),  # either
    ("org:ministry-of-foreign-affairs", "okafor ministry"),
    ("org:“foreign ministry”", "okafor ministry"),
    ("organisation:mission", "mission"),
    ("about:2417", "okafor lindqvist"),
    ("about:UNSCR-1325", "lindqvist"),
    ("about:“S/RES/1325 (2000)”", "lindqvist"),
    ("topic:northern-strait", "okafor lindqvist"),
    ("topic:“northern strait”", "okafor lindqvist"),
    ("topic:cease", "lindqvist mission"),
    ("office:spokesperson", "okafor"),  # by its label
    ("office:“Spokesperson, Ministry of Foreign Affairs”", "okafor"),
    ("office:“foreign spokes”", "okafor"),  # by words of both
    ("kind:editorial", "mission"),  # by address
    ("kind:“Statement”", "okafor lindqvist ministry"),  # by name
    ("kind:editorial kind:statement strait", "okafor lindqvist ministry"),
    ("verdict:differs", "lindqvist"),
    ("verdict:“not found”", "ministry"),
    ("verdict:not_found verdict:differs", "lindqvist ministry"),
    ("verdict:unch", "okafor mission"),  # by its beginning
    ("verdict:unchecked kind:editorial", "mission"),
    ("after:2025", "ministry mission"),
    ("before:2025", "okafor lindqvist"),
    ("after:2024-12 before:2025-06", "lindqvist ministry"),
    ("after:2024-11-03 until:2024-11-03", "okafor"),
    # together
    ("strait about:2417 -calm", "okafor"),
    ("about:2417 topic:ceasefire speaker:lindqvist after:2024-12", "lindqvist"),
    ("speaker:okafor topic:ceasefire", ""),
    ("strait org:“foreign ministry” after:2025", "ministry"),
    ("“strait is calm” before:2026", "lindqvist"),
]


def test_filters_narrow(record, subtests):
    for question, expected in FILTERS:
        with subtests.test(question):
            said = [record[name].text for name in expected.split()]
            assert found(question) == sorted(said)


def test_filters_as_controls_find_the_same(record):
    query = from_params(
        {
            "q": "strait",
            "speaker": "Lindqvist",
            "resolution": "UNSCR 2417",
            "tag": "Ceasefire",
            "since": "2024-12",
            "until": "2024",
        }
    )
    assert found(query) == [record["lindqvist"].text]


def test_a_name_that_fits_nobody_finds_nothing_and_says_so(record):
    page = ask("strait speaker:kestrel")
    assert page.items == []
    assert page.notes == ("There is no speaker “kestrel”. Check the spelling.",)


#: A name with a slip, whom it is shown for, and the words found.
SLIPS = [
    ("speaker:okafro", "speaker “okafro”; shown for Ilse Okafor", "okafor"),
    ("speaker:“Isle Okafur”", "speaker “Isle Okafur”; shown for Ilse Okafor", "okafor"),
    (
        "speaker:lindkvist",
        "speaker “lindkvist”; shown for Teodor Lindqvist",
        "lindqvist",
    ),
    (
        "org:“foriegn minstry”",
        "organisation “foriegn minstry”; shown for Ministry of Foreign Affairs",
        "okafor ministry",
    ),
    (
        "office:spokseperson",
        "office “spokseperson”; shown for Spokesperson, Ministry of Foreign Affairs",
        "okafor",
    ),
    (
        "topic:“nothern strait”",
        "topic “nothern strait”; shown for Northern Strait",
        "okafor lindqvist",
    ),
    (
        "about:2471",
        "resolution “2471”; shown for S/RES/2417 (2018)",
        "okafor lindqvist",
    ),
    (
        "about:“UNSCR 2471”",
        "resolution “UNSCR 2471”; shown for S/RES/2417 (2018)",
        "okafor lindqvist",
    ),
    (
        "kind:editoral",
        "kind of statement “editoral”; shown for Editorial",
        "mission",
    ),
]


def test_a_misspelt_name_is_shown_for_the_one_most_like_it(record, subtests):
    for question, told, expected in SLIPS:
        with subtests.test(ascii(question)):
            page = ask(question)
            assert page.notes == (f"No {told}.",)
            said = [record[name].text for name in expected.split()]
            assert sorted(quote.text for quote in page.items) == sorted(said)
    with subtests.test("the public role is told the same"), as_public():
        assert ask("speaker:okafro").notes == (f"No {SLIPS[0][1]}.",)


def test_a_misspelt_name_may_mean_several_to_choose_from(record, say, system):
    words = say(
        "The strait is ours", speaker=builders.make_person("Ben Okafor", by=system)
    ).text
    page = ask("strait speaker:okafro")
    assert {quote.text for quote in page.items} == {record["okafor"].text, words}
    assert page.notes == ("No speaker “okafro”; shown for Ben Okafor or Ilse Okafor.",)


def test_a_name_that_fits_several_finds_all_and_lets_choose(record, say, system):
    second = builders.make_person("Ben Okafor", by=system)
    words = say("The strait is ours", speaker=second).text
    page = ask("strait speaker:okafor")
    assert {quote.text for quote in page.items} == {record["okafor"].text, words}
    assert page.notes == (
        "“okafor” may be Ben Okafor or Ilse Okafor. All are shown; choose one.",
    )
    (one,) = page.filters
    assert [(choice.slug, choice.label) for choice in one.choices] == [
        ("ben-okafor", "Ben Okafor"),
        ("ilse-okafor", "Ilse Okafor"),
    ]


def test_namesakes_are_told_apart_by_their_office(record, say, system):
    second = builders.make_person("Ilse Okafor", by=system)
    say("The strait is ours", speaker=second)
    page = ask("speaker:“Ilse Okafor”")
    assert [choice.label for choice in page.filters[0].choices] == [
        "Ilse Okafor (Spokesperson, Ministry of Foreign Affairs)",
        "Ilse Okafor (ilse-okafor-2)",
    ]


def test_a_name_that_fits_too_many_asks_for_more(say, system):
    for number in range(9):
        person = builders.make_person(f"Ada Berg {number}", by=system)
        catalogue.list_publicly([person], by=system)
    assert ask("speaker:berg").notes == (
        "More than 8 speakers fit “berg”. Write more of the name.",
    )


def test_other_names_and_merged_records_lead_to_the_person(record, lindqvist, steward):
    catalogue.OtherName.objects.create(person=lindqvist, name="Téo Lindqvist")
    duplicate = builders.make_person("T. Lindkvist", by=steward)
    former = duplicate.slug
    # Its address leads on only where readers knew it.
    catalogue.list_publicly([duplicate], by=steward)
    catalogue.merge(duplicate, lindqvist, by=steward)
    for typed in ("teo", "Téo Lindqvist", former, "lindkvist"):
        query = Query(speakers=(typed,))
        assert found(query) == [record["lindqvist"].text]


def test_a_filter_knows_whom_it_means(record, okafor):
    (one,) = ask("speaker:okafor").filters
    assert (one.field, one.typed, one.label) == ("speakers", "okafor", "Ilse Okafor")
    assert one.choices == (Choice(okafor.pk, "ilse-okafor", "Ilse Okafor"),)


# --- What is not public


def test_drafts_scheduled_and_withdrawn_quotes_are_never_found(
    say, publisher, system, resolution
):
    hidden = builders.make_person("Hidden Person", by=system)
    later = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)
    say("The ferries are a draft", publish=False, speaker=hidden)
    say("The ferries are scheduled", at=later, speaker=hidden, tags=["Secret"])
    withdrawn = say("The ferries are withdrawn", tags=["Strait"])
    publishing.withdraw(
        withdrawn.article, by=publisher, reason="error", note="It was wrong."
    )
    public = say("The ferries are public").text
    assert found("ferries") == [public]
    assert found("") == [public]
    assert found(replace(parse("ferries"), order="relevance")) == [public]
    assert found("-public") == []
    # Nor do filters tell of what was made for hidden texts, however it is spelt.
    for slip in ("speaker:hiden", "topic:secert"):
        assert "Check the spelling" in " ".join(ask(slip).notes), slip
    assert ask("speaker:hidden").notes == (
        "There is no speaker “hidden”. Check the spelling.",
    )
    assert ask("topic:secret").notes == (
        "There is no topic “secret”. Check the spelling.",
    )
    Kind.objects.create(name="Secret note", slug="secret-note")
    assert ask("kind:secret").notes == (
        "There is no kind of statement “secret”. Check the spelling.",
    )
    assert ask("about:2417").notes == (
        "There is no resolution “2417”. Check the spelling.",
    )
    assert most_named(Quote.objects.public()) == {
        "speakers": ["Ilse Okafor"],
        "organizations": ["Ministry of Foreign Affairs"],
        "resolutions": [],
        "tags": [],
        "offices": ["Spokesperson"],
        "kinds": ["Statement"],
    }


def test_the_caller_says_who_may_see_what(say):
    draft = say("The ferries are a draft", publish=False)
    assert find(parse("ferries"), Quote.objects.all()).items == [draft]
    assert find(parse("ferries"), Quote.objects.none()).items == []


# --- Order and pages


def test_the_newest_come_first(say):
    older = say("The ferry sails", on=dt.date(2025, 1, 1))
    newer = say("The ferry sails again and again", on=dt.date(2025, 1, 2))
    assert ask("ferry").items == [newer, older]


def test_by_relevance_the_weightiest_come_first(say):
    say("A ferry among many other words of a long and winding sentence")
    heavy = say("Ferry, ferries, and one more ferry", on=dt.date(2020, 1, 1))
    page = ask(replace(parse("ferry"), order="relevance"))
    assert (page.items[0], page.total) == (heavy, 2)


def test_without_words_relevance_means_newest(say):
    older = say("The ferry sails", on=dt.date(2025, 1, 1))
    newer = say("The strait is calm", on=dt.date(2025, 1, 2))
    assert ask(Query(order="relevance")).items == [newer, older]
    assert ask(Query(excluded=("winter",), order="relevance")).items == [newer, older]


@pytest.mark.parametrize("order", ["newest", "relevance"])
def test_pages_hold_every_quote_once_there_and_back(say, order):
    # Three on one day with the same words, so that only the key tells them apart.
    made = [say("The ferry sails", on=dt.date(2025, 1, 1)) for _ in range(3)]
    made += [say("Ferry or no ferry", on=dt.date(2025, 1, day)) for day in (2, 3)]
    query = replace(parse("ferry"), order=order)
    whole = ask(query).items
    assert sorted(quote.pk for quote in whole) == sorted(quote.pk for quote in made)

    pages, cursor = [], None
    while True:
        page = ask(query, cursor, size=2)
        pages.append(page)
        assert page.total == 5
        if page.older is None:
            break
        cursor = Cursor.read(page.older.to_params())  # by way of the URL
        assert cursor == page.older
    assert [quote for page in pages for quote in page.items] == whole
    assert [page.newer is None for page in pages] == [True, False, False]

    back = ask(query, pages[2].newer, size=2)
    assert back.items == pages[1].items
    top = ask(query, back.newer, size=2)
    assert top.items == pages[0].items
    assert (top.newer, top.older) == (None, pages[0].older)
    assert ask(query, Cursor("after", top.older.value, 10**17), size=2).items


@pytest.mark.parametrize(
    "written",
    ["", "x", "2025-02-30.1", "2025-01-01", "2025-01-01." + "9" * 30, "0.5.x", "\0.1"],
)
def test_a_place_that_cannot_be_read_is_the_top(written):
    assert Cursor.read({"before": written}) is None
    assert Cursor.read({"after": written}) is None


def test_a_place_of_the_other_order_is_the_top(say):
    quote = say("The ferry sails")
    assert ask("ferry", Cursor("before", 0.1, 1)).items == [quote]
    query = replace(parse("ferry"), order="relevance")
    assert ask(query, Cursor("before", dt.date(2000, 1, 1), 1)).items == [quote]


def test_a_corrected_statement_is_found_once(say, author, editor, publisher):
    quote = say("The ferry sails")
    edition = _revised(quote, author)
    builders.review_and_publish(edition, editor=editor, publisher=publisher)
    page = ask("ferry")
    assert [found.edition_id for found in page.items] == [edition.pk]
    assert page.total == 1


def _revised(quote, author):
    """A new edition of a quote's statement, its words a little changed."""
    edition = editions.begin(quote.article, by=author)
    body = edition.body.replace("calm", "quiet")
    intake.revise(edition, by=author, body=body, lock_version=edition.lock_version)
    edition.refresh_from_db()
    return edition


# --- Queries


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_the_same_for_one_and_for_three(
    say, count, django_assert_num_queries
):
    for _ in range(count):
        say(FERRIES)
    with django_assert_num_queries(3):  # keys, rows, total
        assert len(ask("").items) == count
    with django_assert_num_queries(4):  # compile, keys with their total, rows, mark
        assert len(ask("ferries").items) == count
    with django_assert_num_queries(5):  # and who is meant
        assert len(ask("ferries speaker:ilse-okafor").items) == count


# --- Hostile questions

HOSTILE = [
    " ".join(f"w{number}" for number in range(60_000)),
    "(" * 100_000,
    ")" * 100_000,
    '"' * 999,
    "- " * 200,
    "!!! &&& ||| <-> <2> :* :A",
    "' OR 1=1 --",
    "\\' \\\\ $$ %s %(x)s {}",
    "'s:1' s:1 +ferri '+ferri' k:direct v:differs",
    "\0",
    "\ud800\udfff",
    "\ufeff\u200b\u2060\u202e",
    "\N{COMBINING GRAVE ACCENT}" * 300,
    "*" * 300,
    "abc** ***abc a*b*",
    "🕊️ 🕊",
    "海峡两岸 停火",
    'مضيق الشمال "وقف إطلاق النار"',
    "स्वतंत्रता",
    "ﬁﬀ ½ Ⅷ ①",
    "a" * 300,
    "x" * 299 + "*",
    "http://[::1]:80/%00?x=<y>",
    "<script>alert(1)</script>",
    "speaker:" + "x" * 280,
    "speaker:%_ org:\\ about:' topic:\"",
    "about:" + "9" * 200,
    "after:9999 before:0001",
    "before:0001-01-01",
    "after:99999999999999999999",
]


@pytest.mark.parametrize("order", ["newest", "relevance"])
def test_no_question_is_an_error(say, order, subtests):
    say(FERRIES)
    for question in HOSTILE:
        with subtests.test(ascii(question[:40])):
            page = ask(replace(parse(question), order=order))
            assert page.total == len(page.items) <= 1


def test_random_questions_are_no_errors(say):
    say(FERRIES)
    chance = random.Random(7)
    alphabet = [*"ab'\"“”-*:()&|!<>\\%_+.,/@#[]{}0129 \0é世ع", "ferry", " speaker:"]
    for _ in range(300):
        ask("".join(chance.choices(alphabet, k=chance.randint(1, 60))))


def test_signs_of_the_index_cannot_be_asked_for(say, okafor):
    # The index holds "s:<key>" for a speaker and "+ferri" for a weighty word.
    say("Ferries")
    for question in (f"s:{okafor.pk}", f"'s:{okafor.pk}'", "k:direct", "o:*"):
        assert found(question) == []
    assert found("+ferries") == ["Ferries"]
