"""What an address answers under which nothing is public now.

It leads on if it once led to something that is public elsewhere; it says "gone" if
readers once saw something there; else nothing ever was there. The last is also what
hidden things answer, after the same queries.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, NoReturn

from django.db.models import Model
from django.db.models.functions import Now
from django.http import Http404, HttpRequest

from statements.models import (
    Article,
    Citation,
    Edition,
    FormerAddress,
    Organization,
    Quote,
    Resolution,
    Spokesperson,
)
from statements.models.addresses import NOUNS, put_out

from .answers import Gone, Moved

#: The frozen rows that prove that readers saw a row of the catalogue. What can change
#: at once on an article, its topics and its issuer, proves nothing.
_SHOWN: dict[type[Model], tuple[type[Quote] | type[Citation], str]] = {
    Organization: (Quote, "organization"),
    Resolution: (Citation, "resolution"),
    Spokesperson: (Quote, "speaker"),
}


def article_withdrawn(**article: Any) -> Gone | None:
    """Why an article that was public is no more; None if it never was.

    ``article``: what its editions are filtered by. Ask only when none is live.
    """
    last = (
        Edition.objects.ever_live()
        .filter(**article)
        .only("withdrawn_at", "withdrawn_reason", "withdrawn_note")
        .order_by("-published_at", "-pk")
        .first()
    )
    if last is None:
        return None
    return Gone(
        "statement",
        when=last.withdrawn_at,
        reason=last.get_withdrawn_reason_display(),
        note=last.withdrawn_note,
    )


def had_statements(first: dt.date, last: dt.date, url: str) -> bool:
    """Whether readers ever found a statement of these days, listed at ``url``."""
    return (
        Edition.objects.ever_live()
        .filter(article__dated__gte=first, article__dated__lte=last)
        .exists()
        or FormerAddress.objects.filter(
            article__isnull=False, path__startswith=url
        ).exists()
    )


def was_shown(model: type[Model], **row: Any) -> bool:
    """Whether a live edition ever named the row of the catalogue that ``row`` finds."""
    if model not in _SHOWN:
        return False
    rows, name = _SHOWN[model]
    return rows.objects.filter(
        live__startswith__lte=Now(),
        **{f"{name}__{field}": value for field, value in row.items()},
    ).exists()


def nothing_here(
    request: HttpRequest, model: type[Model] | None = None, **row: Any
) -> NoReturn:
    """Raise what the address answers: Moved, Gone or Http404.

    ``model`` and ``row`` find the row of the catalogue that bears the address, if any.
    """
    nothing_at(request.path, model, **row)


def nothing_at(path: str, model: type[Model] | None = None, **row: Any) -> NoReturn:
    """The same for an address that another one stands for, as a feed for a page."""
    former = FormerAddress.objects.filter(path__in=[path, put_out(path)]).first()
    if former is not None:
        noun = next(noun for noun in NOUNS if getattr(former, f"{noun}_id"))
        _lead_on(noun, getattr(former, f"{noun}_id"))
    if model is not None and was_shown(model, **row):
        raise Gone("page")
    raise Http404


def _lead_on(noun: str, key: int) -> None:
    if noun == "article":
        article = Article.objects.published().filter(pk=key).first()
        if article is not None:
            raise Moved(article.get_absolute_url())
        gone = article_withdrawn(article=key)
        if gone is not None:
            raise gone
        return
    rows = FormerAddress._meta.get_field(noun).related_model._default_manager.public()
    if noun == "resolution":
        rows = rows.select_related("body")
    row = rows.filter(pk=key).first()
    if row is not None:
        raise Moved(row.get_absolute_url())
    if was_shown(rows.model, pk=key):
        raise Gone("page")
