"""What ``make bench-search`` measures."""

from __future__ import annotations

import functools
import math
import multiprocessing
import pickle
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection, connections, transaction
from django.db.models import QuerySet
from django.test import Client

from statements.models import (
    Desk,
    Edition,
    Quote,
    Resolution,
    Spokesperson,
    Tag,
    User,
)
from statements.search import facets, plans
from statements.search import quotes as search
from statements.search.query import Order, Query, from_params
from statements.search.quotes import Cursor
from tests import builders
from tests.search import hostile

from . import engines, questions, reading, shelf, words
from .clock import brief, clocked, quantile, tables, tell, timed
from .engines import SIZE, Row
from .questions import Asked, Vocabulary

TURNS = 3
CLIENTS = 8
MOST = search.MOST_COUNTED
K1, B = 1.2, 0.75


class Ours:
    """The search itself: a question in, keys out, as its page asks it."""

    name = "ours"

    def __init__(self, names: dict[tuple[str, int], str]):
        self.names = names

    def newest(self, asked: Asked) -> list[int]:
        return [key for _day, key in self.hits(asked, "newest").places]

    def relevance(self, asked: Asked) -> list[int]:
        return [key for _rank, key in self.hits(asked, "relevance").places]

    def hits(self, asked: Asked, order: Order) -> plans.Hits:
        query = replace(asked.query(self.names), order=order)
        return search.look_up(query, Quote.objects.public(), size=SIZE).hits


class Bench:
    """A record, its peers and its questions."""

    def __init__(
        self,
        folder: Path,
        size: int,
        corpora: Sequence[Path] = (),
        peers: Sequence[Any] = (engines.Fts5, engines.Tantivy),
    ):
        self.folder, self.size = folder, size
        self.natural = bool(corpora)
        kept = folder / "bench.pickle"
        if kept.exists():
            self.known, self.took, self.documents, self.length = pickle.loads(  # noqa: S301
                kept.read_bytes()
            )
        else:
            self._fill(corpora)
            self._learn()
            kept.write_bytes(
                pickle.dumps((self.known, self.took, self.documents, self.length))
            )
        self.ours = Ours(reading.names())
        self.naive = engines.Naive()
        self.peers = self._peers(peers)
        self.asked = questions.ask(self.known)

    # -- making ---------------------------------------------------------------------

    def _fill(self, corpora: Sequence[Path]) -> None:
        desk = Desk.objects.create(name="Bench")
        staff = {
            role.lower(): builders.make_user(role.lower(), role, desk=desk)
            for role in ("Author", "Editor", "Publisher")
        }
        tell(f"Writing {self.size:,} quotes.")
        made = shelf.fill(words.quotes(self.size, corpora), self.size, **staff)
        self.took = made.took

    def _learn(self) -> None:
        """What the record holds, for questions and for BM25."""
        often: Counter[str] = Counter()
        pairs: set[tuple[str, str]] = set()
        runs: list[tuple[str, ...]] = []
        length = number = 0
        for number, row in enumerate(reading.rows(), 1):
            often.update(set(row.tokens))
            length += len(row.tokens)
            pairs.update(zip(row.tokens, row.tokens[1:], strict=False))
            if row.live and number % max(1, self.size // 4_000) == 0:
                at = number % max(1, len(row.tokens) - 3)
                runs.append(tuple(row.tokens[at : at + 2 + number % 2]))
        often.pop("_", None)
        self.documents, self.length = number, length / number
        whole = reading.whole(often)
        top = [word for word, _times in often.most_common(150) if word in whole]
        strangers = [
            (a, b) for a in top[:40] for b in top[:40] if a != b and (a, b) not in pairs
        ] or [(a, b) for a in top for b in top if a != b and (a, b) not in pairs]
        self.known = Vocabulary(
            rows=number,
            often=Counter({word: often[word] for word in whole}),
            runs=[run for run in runs if whole.issuperset(run)],
            strangers=strangers[:60],
            speakers=reading.keys(Spokesperson),
            tags=reading.keys(Tag),
            resolutions=reading.keys(Resolution),
        )

    def _peers(self, kinds: Sequence[Any]) -> list[Any]:
        folder = self.folder / "peers"
        fresh = not folder.exists()
        folder.mkdir(exist_ok=True)
        peers: list[Any] = []
        for engine in kinds:
            began = time.perf_counter()
            peer = engine(folder, fresh=fresh)
            if fresh:
                batch: list[Row] = []
                for row in reading.rows():
                    batch.append(row)
                    if len(batch) == 10_000:
                        peer.add(batch)
                        batch = []
                peer.add(batch)
                peer.close_off()
                took = time.perf_counter() - began
                tell(f"{peer.name} holds {self.size:,} rows after {took:.0f} s.")
            peer.open()
            peers.append(peer)
        return peers

    # -- measuring ------------------------------------------------------------------

    def run(self, only: list[str]) -> Iterator[dict[str, Any]]:
        """One measure after another; what was found so far, after each."""
        found: dict[str, Any] = {
            "quotes": self.size,
            "words": "natural" if self.natural else "by Zipf's law",
            "seconds": {name: round(s, 1) for name, s in (self.took or {}).items()},
        }
        measures: dict[str, Callable[[], Any]] = {
            "same": self.same,
            "orders": self.orders,
            "mass": self.mass,
            "public role": self.public_role,
            "strangers": self.strangers,
            "counts": self.counts,
            "pages": self.pages,
            "inserts": self.inserts,
            "hostile": self.hostile,
        }
        tell(f"Filled: {found['seconds']}")
        for name, measure in measures.items():
            if not only or name in only:
                tell(f"\n{name}")
                found[name] = measure()
                yield found

    def same(self) -> int:
        """Fifty questions to which every engine gives the same newest rows."""
        kinds = [one for one in self.asked if one.kind not in ("misspelt",)]
        chosen = kinds[:: max(1, len(kinds) // 50)][:50]
        for asked in chosen:
            expected = self.ours.newest(asked)
            for engine in (self.naive, *self.peers):
                assert engine.newest(asked) == expected, (engine.name, asked)
        tell(f"  {len(chosen)} questions: every engine found the same rows.")
        return len(chosen)

    def orders(self, questions: list[Asked] | None = None) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for order in ("newest", "relevance"):
            all_ = [self.ours, self.naive, *self.peers]
            took = self._interleaved(
                {e.name: getattr(e, order) for e in all_},
                questions or self.asked[1::2],
            )
            found[order] = tables(took, order)
        return found

    def _interleaved(
        self, works: dict[str, Callable[[Asked], Any]], asked: Iterable[Asked]
    ) -> dict[str, dict[str, list[float]]]:
        """By engine and kind, the median milliseconds of each question."""
        took: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
        for one in asked:
            turns: dict[str, list[float]] = defaultdict(list)
            for turn in range(TURNS + 1):
                for name, work in works.items():
                    ms = timed(lambda w=work, o=one: w(o))
                    if turn:
                        turns[name].append(ms)
            for name, times in turns.items():
                took[name][one.kind].append(statistics.median(times))
        return took

    def mass(self) -> dict[str, float]:
        """The share of the best twenty's BM25 that the twenty shown have."""
        best = self.peers[0] if self.peers else None
        if best is None:
            return {}
        shares: dict[str, list[float]] = defaultdict(list)
        naive: dict[str, list[float]] = defaultdict(list)
        for asked in self.asked:
            if asked.kind not in ("rare", "mid", "common", "two common"):
                continue
            top = self._bm25(asked, best.relevance(asked))
            if top:
                shares[asked.kind].append(
                    self._bm25(asked, self.ours.relevance(asked)) / top
                )
                naive[asked.kind].append(
                    self._bm25(asked, self.naive.relevance(asked)) / top
                )
        found = {kind: round(statistics.mean(all_), 3) for kind, all_ in shares.items()}
        for kind, share in found.items():
            tell(
                f"  {kind:<14}{share:6.3f}   naive {statistics.mean(naive[kind]):6.3f}"
            )
        return found

    def _bm25(self, asked: Asked, keys: list[int]) -> float:
        total = 0.0
        for tokens in reading.tokens(keys):
            for word in asked.words:
                times, often = tokens.count(word), self.known.often[word]
                rarity = math.log(1 + (self.documents - often + 0.5) / (often + 0.5))
                norm = K1 * (1 - B + B * len(tokens) / self.length)
                total += rarity * times * (K1 + 1) / (times + norm)
        return total

    def public_role(self) -> dict[str, Any]:
        """The same questions as the application and as the public role, in turns."""
        chosen = self.asked[1::4]

        def as_reader(asked: Asked) -> list[int]:
            with connection.cursor() as cursor:
                cursor.execute("SET ROLE newsroom_public")
                cursor.execute("SET search_path = published, public")
            try:
                return self.ours.newest(asked) + self.ours.relevance(asked)
            finally:
                with connection.cursor() as cursor:
                    cursor.execute("RESET ROLE")
                    cursor.execute("RESET search_path")

        def as_owner(asked: Asked) -> list[int]:
            return self.ours.newest(asked) + self.ours.relevance(asked)

        for asked in chosen:
            assert as_reader(asked) == as_owner(asked), asked
        return tables(
            self._interleaved({"ours": as_owner, "as reader": as_reader}, chosen),
            "both orders",
        )

    def strangers(self) -> dict[str, Any]:
        """Phrases of common words that never meet, and the planner left to itself."""
        pairs = self.known.strangers[:20]
        chosen = [Asked("strangers", phrases=(pair,)) for pair in pairs]
        works = {"ours": self.ours.newest, "planner": self.naive.newest}
        return tables(self._interleaved(works, chosen), "newest")

    def counts(self) -> dict[str, Any]:
        """Totals and parts of the largest answers: as the page has them, and exact."""
        chosen = [one for one in self.asked if one.kind in ("common", "prefix")]
        public = Quote.objects.public()

        def rows(asked: Asked) -> QuerySet[Quote]:
            return search.narrowed(asked.query(self.ours.names), public, ())

        def told(asked: Asked) -> int:
            rows(asked).values("pk")[: MOST + 1].count()
            return facets.count(asked.query(self.ours.names), public, ()).total

        def exact(asked: Asked) -> int:
            rows(asked).count()
            return facets._counted(rows(asked).order_by())[""][""]

        took = self._interleaved({"told": told, "exact": exact}, chosen)
        return tables(took, "totals and parts")

    def pages(self) -> dict[str, Any]:
        """The page that readers get, and the search alone, by as many clients."""
        call_command("collectstatic", verbosity=0, interactive=False)
        found = {}
        orders: tuple[Order, ...] = ("newest", "relevance")
        for order in orders:
            asked = [
                replace(one.query(self.ours.names), order=order)
                for one in self.asked[1::8]
            ]
            works = {"query": _ask, "page": _open, "query again": _ask}
            p95 = {
                name: quantile(_by_clients(work, asked), 0.95)
                for name, work in works.items()
            }
            query = (p95["query"] + p95["query again"]) / 2
            tell(
                f"  {order}: p95 of the page {p95['page']:.0f} ms, of its query"
                f" {query:.0f} ms: {p95['page'] / query:.2f} x"
            )
            found[order] = {name: round(value, 1) for name, value in p95.items()}
        return found

    def inserts(self) -> dict[str, float]:
        """A quote taken into a draft, with and without the index of words."""
        quote = Quote.objects.filter(pk__gte=1_000).select_related("speaker")[0]
        author, speaker = quote.confirmed_by, quote.speaker
        took: dict[str, list[float]] = {"with": [], "without": []}
        said = list(words.quotes(20, seed=9))
        for turn in range(6):
            for name, all_ in took.items():
                with transaction.atomic():
                    if name == "without":
                        with connection.cursor() as cursor:
                            cursor.execute("DROP INDEX quote_words")
                    body = "".join(f"<p>“{each}.”</p>" for each in said)
                    draft = builders.make_draft(by=author, body=body)
                    times = [
                        timed(functools.partial(_take, draft, each, speaker, author))
                        for each in said
                    ]
                    transaction.set_rollback(True)
                if turn:
                    all_ += times
        medians = {
            name: round(statistics.median(all_), 2) for name, all_ in took.items()
        }
        tell(f"  {medians}: {medians['with'] / medians['without']:.2f} x")
        return medians

    def hostile(self) -> dict[str, float]:
        """Ten thousand questions in bad faith: how long the slowest hundred take."""
        times, slowest = [], (0.0, "")
        for params in hostile.params(10_000):
            query, place = from_params(params), Cursor.read(params)
            rows = Quote.objects.public()
            took = timed(lambda q=query, p=place, r=rows: search.find(q, r, p))
            times.append(took)
            slowest = max(slowest, (took, ascii(params)[:200]))
        found = {"p50": 0.5, "p95": 0.95, "p99": 0.99, "max": 1.0}
        found = {name: round(quantile(times, q), 1) for name, q in found.items()}
        tell(f"  {found}; slowest: {slowest[1]}")
        return found

    def tune(self) -> None:
        """Other thresholds, on the even questions."""
        asked = self.asked[::2]
        for rare in (1_000, 3_000, 10_000):
            for window in (2_500, 5_000, 10_000):
                plans.RARE, plans.WINDOW = rare, window
                both = []
                for order in ("newest", "relevance"):
                    work = getattr(self.ours, order)
                    took = self._interleaved({"ours": work}, asked)
                    every = [ms for all_ in took["ours"].values() for ms in all_]
                    both.append(f"{order} {brief(every)}")
                tell(f"  rare {rare:>6} window {window:>6}: {', '.join(both)}")


def _ask(query: Query) -> None:
    search.find(query, Quote.objects.public(), most=1_000)


@functools.cache
def _reader() -> Client:
    """One a process: a new one would look through all static files again."""
    return Client(headers={"host": "localhost"})


def _open(query: Query) -> None:
    response = _reader().get("/search/", query.to_params())
    assert response.status_code == 200


def _take(draft: Edition, said: str, speaker: Spokesperson, author: User) -> None:
    """What the desk does: the words become a quote of somebody."""
    builders.quote_words(draft, said, by=author, speaker=speaker)


def _by_clients(work: Callable[[Query], None], asked: list[Query]) -> list[float]:
    """The milliseconds of each call, by processes that ask all of it at once."""
    connections.close_all()
    with multiprocessing.get_context("fork").Pool(CLIENTS) as pool:
        shares = pool.starmap(
            _client, [(work, asked[n:] + asked[:n]) for n in range(CLIENTS)]
        )
    return [ms for share in shares for ms in share]


def _client(work: Callable[[Query], None], asked: list[Query]) -> list[float]:
    work(asked[0])
    return [clocked(lambda o=one: work(o)) for one in asked]
