"""The words of public quotes, so that a search can ask whether another was meant."""

from __future__ import annotations

from typing import Self

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchQueryField
from django.db import models
from django.db.models import BooleanField, Exists, F, Func, OuterRef
from django.db.models.functions import Cast

from .quotes import Quote


class VocabularyQuerySet(models.QuerySet["Vocabulary"]):
    def public(self) -> Self:
        """Words that a public quote holds now, whatever was public when they were
        gathered.
        """
        holds = Func(
            F("tsv"),
            Cast(OuterRef("asked"), SearchQueryField()),
            template="(%(expressions)s)",
            arg_joiner=" @@ ",
            output_field=BooleanField(),
        )
        return self.filter(Exists(Quote.objects.public().filter(holds)))


class Vocabulary(models.Model):
    """A word as it was said, and what the index of words has for it.

    ``asked`` is a tsquery: the word's lexeme by the rules of the language in which it
    was found, in PostgreSQL's own quoting. ``number`` counts the quotes that have the
    word, among those that were read.

    The table is made from the quotes, as an index is, and nobody writes in it, so the
    record of changes does not tell of it.
    """

    word = models.TextField()
    asked = models.TextField()
    number = models.IntegerField()

    objects = VocabularyQuerySet.as_manager()

    class Meta:
        db_table = "vocabulary"
        constraints = [
            models.UniqueConstraint(
                fields=["word", "asked"], name="vocabulary_word_once"
            ),
        ]
        indexes = [
            GinIndex(OpClass("word", name="gin_trgm_ops"), name="vocabulary_like"),
        ]

    def __str__(self) -> str:
        return self.word
