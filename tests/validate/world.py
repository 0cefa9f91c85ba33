"""A record to validate: the demo, what it lacks, and a corpus if one is given.

Every template that readers meet must be met here: ``walk`` says with which each page is
drawn, and whoever adds a template finds that no page shows it.
"""

from __future__ import annotations

import gzip
import io
import re
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from PIL import Image

from statements.editorial import editions, media, verbs
from statements.management.demo import stage
from statements.models import Article, Quote, Resolution, ResolutionAlias
from statements.public import design

from .. import builders

TEMPLATES = Path(settings.BASE_DIR) / "templates"
#: Pages of templates/statements that no reader is shown.
NOT_FOR_READERS = {
    "statements/in_frame.html": "a guest's preview, as it looks in a frame",
    "statements/on_a_phone.html": "likewise, as on a phone",
}
#: So many statements of a corpus are read, from all parts of it.
CORPUS = 300

#: Pages by their addresses that no sitemap names, beside histories and former ones.
OTHERS = (
    "/search/?q=strait",
    "/search/?q=nothing+of+the+kind",
    "/search/?q=speaker:nobody",
    "/search/",
    "/statements/2024/",
    "/statements/2024/03/",
    "/statements/2024/03/14/",
    "/resolutions/?ref=Harbour+Resolution",
    "/no-such-page/",
)


@dataclass(frozen=True)
class Page:
    """A page as it was answered: its address, the template, and its text."""

    path: str
    template: str
    status: int
    html: str = field(repr=False, compare=False)


def fill(corpus: Path | None, folder: Path) -> list[str]:
    """Fill an empty database; give the addresses of the corpus's statements."""
    with transaction.atomic():
        filled = stage.fill()
        _today(filled)
        # A printed name that two bear: nobody can guess which is meant.
        names = ("Harbour Resolution", "HARBOUR RESOLUTION")
        two = Resolution.objects.public().order_by("pk")[:2]
        for resolution, name in zip(two, names, strict=True):
            ResolutionAlias.objects.create(resolution=resolution, name=name)
    if corpus is None:
        return []
    before = set(Article.objects.values_list("pk", flat=True))
    part = _some_of(corpus, folder)
    call_command("load_statements", part, verbosity=0, stdout=io.StringIO())
    loaded = Article.objects.published().without_words().exclude(pk__in=before)
    return [article.get_absolute_url() for article in loaded]


def _today(filled: stage.Stage) -> None:
    """A statement of today, with a picture and a film: the demo has neither."""
    speaker = filled.people["maren-achterberg"]
    by = filled.author
    edition = builders.make_draft(
        by=by,
        title="The harbour is open",
        body=f"“The harbour is open again,” said {speaker.name}.\nShips may enter.",
        dated=verbs.clock().date(),
        tags=["Ferries"],
    )
    builders.quote_words(edition, "The harbour is open again,", by=by, speaker=speaker)
    picture = io.BytesIO()
    Image.new("RGB", (1600, 900), "#1d4e89").save(picture, "PNG")
    film = b"\x1a\x45\xdf\xa3" + bytes(2000)
    for name, content, told in (
        ("harbour.png", picture.getvalue(), {"alt": "A ship at the pier."}),
        ("harbour.webm", film, {"transcript": "A horn sounds."}),
    ):
        asset = media.upload(
            ContentFile(content, name=name),
            by=by,
            desk=edition.article.desk,
            credit="The Harbour Office",
        )
        editions.attach(edition, asset, by=by, caption="The harbour", **told)
    edition.refresh_from_db()
    builders.review_and_publish(
        edition, editor=filled.editor, publisher=filled.publisher
    )


def _some_of(corpus: Path, folder: Path) -> Path:
    """A file with so many lines of the corpus, evenly from all of it."""
    opened = gzip.open if corpus.suffix == ".gz" else open
    with opened(corpus, "rt", encoding="utf-8") as lines:
        every = lines.readlines()
    last = max(len(every) - 1, 0)
    kept = {round(number * last / (CORPUS - 1)) for number in range(CORPUS)}
    part = folder / "corpus.jsonl"
    part.write_text("".join(every[number] for number in sorted(kept)))
    return part


def needed() -> set[str]:
    """The templates of whole pages that readers are shown."""
    whole = {
        f"statements/{path.name}"
        for path in (TEMPLATES / "statements").glob("[!_]*.html")
    }
    return (whole - NOT_FOR_READERS.keys()) | {"404.html", "410.html"}


def walk(corpus: list[str]) -> list[Page]:
    """Every page of the demo, and beside them what no list names; not the corpus."""
    paths = set(places("/sitemap.xml"))
    paths = {place for part in paths for place in places(part)} - set(corpus)
    statements = {path for path in paths if path.count("/") == 6}
    paths |= {f"{path}history/" for path in statements}
    quotes = {path for path in paths if path.startswith("/quotes/")}
    paths |= {f"{path}embed/" for path in quotes} | set(OTHERS)
    paths |= {f"/following/?topic={path.split('/')[2]}" for path in _topics(paths)}
    for article in Article.objects.filter(editions__withdrawn_at__isnull=False):
        paths.add(article.get_absolute_url())
        for quote in Quote.objects.filter(article=article, permalink__isnull=False):
            paths |= {quote.get_absolute_url(), f"{quote.get_absolute_url()}embed/"}
    pages = [open_(path) for path in sorted(paths)]
    with override_settings(ROOT_URLCONF="tests.public.test_design"):
        shown = ["/design/", *(f"/design/{name}/" for name in design._PAGES)]
        pages += [open_(path) for path in shown]
    return pages


def _topics(paths: set[str]) -> list[str]:
    found = sorted(path for path in paths if path.startswith("/topics/"))
    return [path for path in found if path != "/topics/"][:2]


def open_(path: str) -> Page:
    response = Client().get(path)
    names = [template.name for template in response.templates if template.name]
    whole = next(name for name in names if not name.rpartition("/")[2].startswith("_"))
    return Page(path, whole, response.status_code, response.text)


def places(sitemap: str) -> list[str]:
    """The addresses in a sitemap, without that of the site."""
    found = re.findall(r"<loc>([^<]+)</loc>", Client().get(sitemap).text)
    return [place.removeprefix(settings.SITE_URL) for place in found]


def two_of_each(pages: list[Page]) -> list[Page]:
    """Of each template the shortest and the longest page; components stand apart."""
    kinds: dict[str, list[Page]] = {}
    for page in sorted(pages, key=lambda page: (len(page.html), page.path)):
        if not page.path.startswith("/design/"):
            kinds.setdefault(page.template, []).append(page)
    return [
        page
        for _, found in sorted(kinds.items())
        for page in dict.fromkeys((found[0], found[-1]))
    ]


def feeds() -> list[str]:
    """The addresses of all feeds, both formats of each."""
    found = {
        path
        for name in ("feed", "feed_quotes", "feed_corrections")
        for path in (reverse(name, args=[form]) for form in ("atom", "rss"))
    }
    for place in places("/sitemaps/lists.xml"):
        parts = place.strip("/").split("/")
        if len(parts) > 1 and parts[0] in {"people", "topics", "resolutions"}:
            found |= {f"/feeds{place.rstrip('/')}.{form}" for form in ("atom", "rss")}
    return sorted(found)
