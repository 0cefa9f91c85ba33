"""What all verbs share: who may, in which order rows are locked, what goes wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import connection, models

from statements.models import Article, Edition, EditionContributor, Quote, User


class NotReady(Exception):
    """The edition breaks publishing rules. ``reasons`` are fit to show an editor."""

    def __init__(self, reasons: Iterable[str]):
        self.reasons = list(reasons)
        super().__init__(" ".join(self.reasons))


class Frozen(Exception):
    """The edition is scheduled or was published, so its words may not change."""

    def __init__(self, edition: Edition):
        self.edition = edition
        super().__init__(
            f"Edition {edition.number} is scheduled or was published: its words are "
            "frozen. Begin a new edition to change them."
        )


class Unusable(ValueError):
    """What was given cannot be used; the sentence says what to do instead."""


class InBin(Unusable):
    """The statement or the draft lies in the bin."""

    def __init__(self) -> None:
        super().__init__(
            "It is in the bin. Take it out of the bin first; nothing was saved."
        )


class Conflict(Exception):
    """Somebody else saved the edition since it was opened."""

    def __init__(self, edition: Edition):
        self.edition = edition
        super().__init__(
            "Somebody saved this edition since you opened it. Nothing of yours was "
            "saved, and nothing is lost: look at it again."
        )


def demand(by: User, permission: str, sentence: str) -> None:
    """Raise PermissionDenied with a sentence unless ``by`` holds the permission."""
    if not by.may(permission):
        raise PermissionDenied(sentence)


def demand_row(by: User, verb: str, row: models.Model) -> None:
    """The same for adding, changing or deleting one row, by what kind of row it is."""
    noun = row._meta
    demand(
        by,
        f"{verb}_{noun.model_name}",
        f"You may not {verb} {noun.verbose_name_plural}.",
    )


def lock(articles: Iterable[int]) -> dict[int, Article]:
    """Lock articles, in the order of their keys: every verb's first statement."""
    rows = (
        Article.objects.select_for_update(no_key=True)
        .filter(pk__in=set(articles))
        .order_by("pk")
    )
    return {article.pk: article for article in rows}


def clock() -> dt.datetime:
    """The database's clock at this very moment, not at the transaction's start."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (moment,) = cursor.fetchone()
    assert isinstance(moment, dt.datetime)
    return moment


def contributed(editions: Iterable[Edition], by: User) -> None:
    """Note that somebody wrote in these editions, and so cannot approve them."""
    EditionContributor.objects.bulk_create(
        [EditionContributor(edition=edition, user=by) for edition in editions],
        ignore_conflicts=True,
    )


def refresh_facets(quotes: Iterable[int]) -> int:
    """Fill the facets of quotes from the rows they stand for; the number changed."""
    keys = sorted(set(quotes))
    if not keys:
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT public.refresh_facets(%s::bigint[])", [keys])
        (changed,) = cursor.fetchone()
    return int(changed)


def refresh_facets_of_articles(articles: Iterable[int]) -> int:
    """The same for every quote of some articles: their topics changed."""
    return refresh_facets(
        Quote.objects.filter(article__in=list(articles)).values_list("pk", flat=True)
    )
