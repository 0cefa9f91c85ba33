"""Every component of the readers' site in every state; there only under DEBUG.

Each is drawn by the partial that the pages include, from rows that were never saved:
nothing is copied, so nothing here can differ from what readers get. Nor is it kept like
a page of theirs: what somebody just changed in a template is what they want to see.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.urls import path
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from statements.markup import margin
from statements.markup.differences import words as compared
from statements.models import WithdrawnReason

from . import design_samples as vallorn
from .design_figures import figures
from .matrix import HEATS, Cell, Matrix, Row
from .offices import Gap, Held
from .paging import Page


@dataclass(frozen=True)
class State:
    """A partial, drawn once for each of ``contexts``, in what the pages put around it.

    ``around``: the list that it needs, as design.html knows it; "" is none.
    """

    name: str
    partial: str
    contexts: tuple[dict[str, Any], ...]
    around: str = ""

    @property
    def drawn(self) -> list[SafeString]:
        template = loader.get_template(f"statements/{self.partial}")
        return [template.render(context) for context in self.contexts]


@dataclass(frozen=True)
class Component:
    name: str
    states: tuple[State, ...]

    @property
    def slug(self) -> str:
        return self.name.lower().replace(" ", "-")


@require_safe
def design(request: HttpRequest) -> HttpResponse:
    """All components; and links to the pages of errors."""
    return render(
        request,
        "statements/design.html",
        {"components": list(components()), "pages": sorted(_PAGES), "body": _body()},
    )


@require_safe
def whole(request: HttpRequest, name: str) -> HttpResponse:
    """A page that readers meet when something is wrong, with what it may be told."""
    if name not in _PAGES:
        raise Http404
    template, context = _PAGES[name]
    return render(request, template, context)


#: Beside the readers' own addresses, under DEBUG alone (statements.public.urls).
urlpatterns = [
    path("design/", design, name="design"),
    path("design/<slug:name>/", whole, name="design_page"),
]

_GONE: dict[str, Any] = {"when": vallorn.NOON, "note": "It named the wrong harbour."}
_PAGES: dict[str, tuple[str, dict[str, Any]]] = {
    "not-found": ("404.html", {"words": "ferries sail"}),
    "failed": ("500.html", {}),
    "forbidden": ("403.html", {"roles": "Author, Data steward"}),
    "forbidden-by-a-verb": ("403.html", {"refusal": "Somebody else must approve."}),
    "quote-gone": ("410.html", {"what": "quote", "url": "/statements/", **_GONE}),
    "page-gone": ("410.html", {"what": "page"}),
    **{
        f"withdrawn-{reason.value}": (
            "410.html",
            {"what": "statement", "reason": reason.label, **_GONE},
        )
        for reason in WithdrawnReason
    },
    "empty-site": ("statements/home.html", {}),
    "search-refused": (
        "statements/search.html",
        {"text": "speaker:nobody", "problem": "There is no speaker “nobody”."},
    ),
    "nothing-found": (
        "statements/search.html",
        {"text": "zinnober", "page": Page([]), "total": 0},
    ),
}


def components() -> Iterable[Component]:
    yield Component("Statements in a list", tuple(_statements()))
    yield Component("Quotes in a list", tuple(_quotes()))
    yield Component("Quote of note", tuple(_noted()))
    yield Component("Verdicts", tuple(_verdicts()))
    yield Component("Mentions of a resolution", tuple(_mentions()))
    yield Component("Catalogue and counts", tuple(_catalogue()))
    yield Component("Matrix", tuple(_matrix()))
    yield Component("Offices", tuple(_offices()))
    yield Component("Figures", tuple(_figures()))
    yield Component("Facts", tuple(_facts()))
    yield Component("Notices", tuple(_notices()))
    yield Component("Differences", tuple(_differences()))
    yield Component("Sound, film, pictures", tuple(_media()))
    yield Component("Ways on", tuple(_ways()))


def _statements() -> Iterable[State]:
    def state(name: str, *articles: Any) -> State:
        contexts = tuple({"article": article} for article in articles)
        return State(name, "_article_item.html", contexts, "item-list")

    make = vallorn.article
    yield state("one", make(summary="No boat stays in port on Monday."))
    yield state(
        "many",
        *(make(f"Tide table of week {week}", dated=week_day(week)) for week in (3, 2)),
        make("No issuer", issuer=None),
    )
    yield state(
        "too long",
        make(vallorn.LONG, summary=vallorn.LONG),
        make(vallorn.UNBROKEN),
    )
    yield state("from right to left", make(vallorn.ARABIC, language="ar"))
    yield State(
        "of one kind, on the first page",
        "_kind.html",
        ({"kind": vallorn.KIND, "articles": [make(), make(vallorn.LONG)]},),
    )
    yield State(
        "on a topic, on the first page",
        "_news.html",
        tuple({"tags": vallorn.TAGS[:number], "article": make()} for number in (1, 3)),
        "news",
    )


def week_day(week: int) -> dt.date:
    return vallorn.DAY + dt.timedelta(weeks=week)


def _quotes() -> Iterable[State]:
    def state(name: str, *quotes: Any, **more: Any) -> State:
        given = {"show_speaker": True, "show_article": True, **more}
        contexts = tuple({"quote": quote, **given} for quote in quotes)
        return State(name, "_quote.html", contexts, "said-list")

    make = vallorn.quote
    yield state("one", make())
    yield state("on the speaker’s own page", make(), show_speaker=False)
    yield state(
        "speakers: an organisation, a printed title, nobody known",
        make(speaker=None, appointment=None, organization=vallorn.MINISTRY),
        make(appointment=None, title_as_printed="harbour master"),
        make(speaker=None, appointment=None),
    )
    yield state("one word", make("Never."))
    yield state(
        "eighty words, and a name that is long",
        make(vallorn.LONG, speaker=vallorn.LONG_NAME),
        make(vallorn.UNBROKEN),
    )
    yield state(
        "from right to left",
        make(vallorn.ARABIC, language="ar", article=vallorn.article(language="ar")),
    )
    pieces = [
        {"text": "The ferries will "},
        {"text": "sail", "hit": True},
        {"text": " on Monday."},
    ]
    yield state("found by search", make(), pieces=pieces)


def _noted() -> Iterable[State]:
    for name, verdict in (("word for word", "verbatim"), ("unchecked", "unchecked")):
        noted = {"quote": vallorn.quote(verdict=verdict)}
        yield State(name, "_noted.html", (noted,))


def _verdicts() -> Iterable[State]:
    for verdict in vallorn.verdicts():
        yield State(verdict, "_verdict.html", ({"verdict": verdict},))


def _mentions() -> Iterable[State]:
    within = vallorn.quote("We recall resolution 2417 (2018) tonight.")
    for name, quote in (("in a quote", within), ("outside one", None)):
        context = {"citation": vallorn.citation(quote)}
        yield State(name, "_citation.html", (context,), "said-list")


def _catalogue() -> Iterable[State]:
    make, counted = vallorn.resolution, vallorn.counted
    yield State(
        "resolutions: one mention, thousands, no date, too long",
        "_resolution_item.html",
        tuple(
            {"resolution": one}
            for one in (
                counted(make(), 1),
                counted(make("A/RES/76/300"), 14_598),
                make(adopted_on=None, topic=""),
                counted(make(topic=vallorn.LONG), 2),
            )
        ),
        "catalogue",
    )
    rows = [
        {"url": "#", "label": "2026", "count": 1, "current": True},
        {"url": "#", "label": "2025", "count": 14_598},
        {"url": "#", "label": vallorn.UNBROKEN, "count": 3},
    ]
    yield State("counts", "_counts.html", ({"title": "By year", "rows": rows},))


def _matrix() -> Iterable[State]:
    """Twelve speakers in twelve years do not fit a phone: it scrolls within itself."""
    years = list(range(2015, 2027))
    rows = [
        Row(
            speaker.name,
            "#",
            [
                Cell(count, "#", heat=min(count, HEATS), current=count == at)
                for count in range(len(years))
            ],
            Cell(14_598, "#"),
        )
        for at, speaker in enumerate((vallorn.OKAFOR, vallorn.LONG_NAME), 1)
    ]
    whole = Matrix(years, rows, more=True, earlier=True)
    context = {"matrix": whole, "symbol": "S/RES/2417 (2018)", "csv": "#"}
    yield State("more than can be shown", "_matrix.html", (context,))


def _offices() -> Iterable[State]:
    make = vallorn.office
    terms = [
        make(),
        make(starts_precision="year", ends_on=dt.date(2025, 6, 30)),
        make(starts_on=None, ends_on=dt.date(2019, 1, 1), ends_precision="month"),
        make(starts_on=None, basis="sighted"),
    ]
    yield State("of one person", "_offices.html", ({"appointments": terms},))
    held = [make(), make(vallorn.LONG_NAME)]
    held[0].post_public = True  # type: ignore[attr-defined]
    yield State("of one organisation", "_holders.html", ({"appointments": held},))
    posts = [
        Held("Spokesperson", "#", [make(), make(vallorn.LONG_NAME)]),
        Held(vallorn.UNBROKEN, ""),
    ]
    yield State("of one organisation, by post", "_posts.html", ({"posts": posts},))
    gaps = [
        Gap(dt.date(2026, 1, 1), "day"),
        make(ends_on=dt.date(2025, 12, 31)),
        Gap(dt.date(2021, 1, 1), "year", dt.date(2023, 12, 31), "year"),
        make(vallorn.LONG_NAME, starts_on=None, ends_on=dt.date(2020, 1, 1)),
    ]
    yield State("a post through time", "_line.html", ({"line": gaps},))
    names = [vallorn.former_name(), vallorn.former_name(starts_on=dt.date(1994, 1, 1))]
    for name in names:
        yield State("a former name", "_former_name.html", ({"name": name},))
    for name, quote in (
        ("known", vallorn.quote()),
        ("as printed", vallorn.quote(appointment=None, title_as_printed="pilot")),
    ):
        yield State(f"alone, {name}", "_office.html", ({"quote": quote},))
        yield State(f"with the name, {name}", "_who.html", ({"quote": quote},))


def _figures() -> Iterable[State]:
    for name, partial, context in figures():
        yield State(name, partial, (context,))


def _facts() -> Iterable[State]:
    def state(name: str, article: Any, **more: Any) -> State:
        given = {"article": article, "edition": article.live_edition, **more}
        return State(name, "_facts.html", (given,))

    make = vallorn.article
    yield state("least", make(issuer=None))
    yield state(
        "most",
        make(change="correction", number=2, byline="By the Strait desk"),
        minutes=12,
        translations=[make(language="ar"), make(language="fr")],
    )
    yield state("changed a little", make(change="minor", number=2), minutes=1)


def _notices() -> Iterable[State]:
    make = vallorn.corrections
    quote = vallorn.quote()
    for name, rows in (
        ("words corrected", make("words", "The ferries sail.", vallorn.SENTENCE)),
        ("speaker corrected", make("speaker", "Tomas Haller", "Ilse Okafor")),
    ):
        yield State(name, "_corrections.html", ({"corrections": rows, "quote": quote},))
    older = {"original": vallorn.article(language="ar")}
    yield State("a translation that is older", "_older.html", (older,))
    removed = {"edition": vallorn.article(redacted_at=vallorn.NOON).live_edition}
    yield State("removed by law", "_removed.html", (removed,))
    yield State("the same in a history", "_removed_from.html", (removed,))
    for name, words in (
        ("nothing here", {}),
        ("and why", {"words": "Whatever is corrected stands here."}),
    ):
        title = "Nothing has been corrected so far."
        yield State(name, "_empty.html", ({"title": title, **words},))


def _differences() -> Iterable[State]:
    pieces = compared("The ferries sail on Sunday.", vallorn.SENTENCE)
    yield State("words out and in", "_pieces.html", ({"pieces": pieces},), "change")


def _media() -> Iterable[State]:
    long = dt.timedelta(hours=1, minutes=2, seconds=7)
    for name, use in (
        ("sound", vallorn.use("audio", duration=dt.timedelta(seconds=320))),
        (
            "sound with a transcript, a caption and a credit",
            vallorn.use(
                "audio",
                transcript=(
                    f"Okafor: {vallorn.SENTENCE}\n[0:36] Haller: {vallorn.LONG}\n"
                    "[1:02:07] Okafor: Good night."
                ),
                caption="Briefing of 2 March",
                duration=long,
                credit="Radio Vallorn",
            ),
        ),
        ("film", vallorn.use("video", width=640, height=360, alt="The briefing")),
    ):
        yield State(name, "_player.html", ({"use": use},))
    for name, use in (
        (
            "picture",
            vallorn.use(
                "image",
                width=640,
                height=360,
                alt="A ferry between lamps",
                caption="The strait",
                credit="Harbour office",
            ),
        ),
        ("document", vallorn.use("document", caption="The tide table")),
    ):
        yield State(name, "_picture.html", ({"use": use},))
    portraits = (vallorn.portrait(), vallorn.portrait(credit=vallorn.LONG[:200]))
    yield State("portrait", "_portrait.html", tuple({"portrait": p} for p in portraits))


def _ways() -> Iterable[State]:
    yield State(
        "older and newer",
        "_pager.html",
        ({"page": Page([], newer="?after=1", older="?before=1")},),
    )
    alphabetical = Page([], newer="?after=1", older="?before=1", alphabetical=True)
    yield State("before and after, by name", "_pager.html", ({"page": alphabetical},))
    earlier = {"url": "/statements/2024/02/", "label": "February 2024"}
    later = {"url": "/statements/2026/12/", "label": "December 2026"}
    yield State("other times", "_periods.html", ({"earlier": earlier, "later": later},))
    yield State("feed", "_feed.html", ({"url": "/feeds/statements.atom"},))
    yield State(
        "where to write", "_write_to.html", ({"address": "mailto:a@b.example"},)
    )
    code = '<iframe src="https://vallorn.example/embed/" height="240"></iframe>'
    share = {"share": {"snippet": code}}
    yield State("to show a quote elsewhere", "_embed_code.html", (share,))
    yield State("navigation", "_links.html", ({"section": "topics"},))
    words = {"text": "ferries", "label": "Words that were said", "large": True}
    yield State("search", "_search_form.html", (words,))


def _body() -> SafeString:
    """A text with its margin: each verdict, a run of one speaker, two in one block.

    Of the run one quote is corrected; so is the speaker of another quote.
    """
    speakers = vallorn.OKAFOR, vallorn.HALLER
    said = [
        # In turn, for a run of one speaker has one note.
        (
            f"Sentence {number} of the harbour",
            {
                "verdict": verdict,
                "speaker": speakers[number % 2],
            },
        )
        for number, verdict in enumerate(vallorn.verdicts(), 1)
    ]
    html = "".join(
        f"<p>Okafor said: “{words}.” The strait was calm that night.</p>"
        for words, _ in said
    )
    html += (
        "<p>“No boat waits,” said Haller. “None, under resolution 2417 (2018),” said "
        f"Okafor. {vallorn.LONG}</p><h2>A heading between</h2><p>“First,” she said. "
        "“Second,” she said. “Third.”</p><p>It cites resolution 2417 (2018) again.</p>"
    )
    said += [
        ("No boat waits,", {"speaker": vallorn.HALLER, "appointment": None}),
        ("None, under resolution 2417 (2018),", {}),
        *((words, {"verdict": "verbatim"}) for words in ("First,", "Second,", "Third")),
        (vallorn.ARABIC, {"language": "ar"}),
    ]
    html += f'<p lang="ar" dir="rtl">«{vallorn.ARABIC}»</p>'
    body, quotes, citations = vallorn.margin_rows(
        html, said, ("resolution 2417 (2018)",)
    )
    drawn = margin.draw(body, quotes, citations, "en", vallorn.corrected(quotes))
    # Made here, of nothing that anybody sent.
    return mark_safe(drawn)  # noqa: S308
