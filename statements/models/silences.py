"""What the check finds and somebody, for a reason, does not want told again."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from .articles import Article
from .moments import by


class Silence(models.Model):
    """One finding of the check that is not told, or one rule.

    ``subject`` is what the finding is about, in the words of the text ("OKTM"). Here:
    in one statement. Always: in every one; a rule without a subject is told nowhere.
    ``article`` is where it was silenced; an "always" outlives a draft.
    """

    class Scope(models.TextChoices):
        HERE = "here", "In this statement"
        SUBJECT = "subject", "In every statement"
        RULE = "rule", "The whole rule, everywhere"

    scope = models.CharField(max_length=8, choices=Scope)
    rule = models.CharField(max_length=30)
    subject = models.CharField("what", max_length=200, blank=True)
    article = models.ForeignKey(
        Article,
        models.CASCADE,
        null=True,
        related_name="silences",
        verbose_name="statement",
    )
    reason = models.TextField()
    at = models.DateTimeField(db_default=Now(), editable=False)
    by = by(null=False)

    class Meta:
        db_table = "silence"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="silence_has_reason"),
            models.CheckConstraint(
                condition=~Q(scope="here") | Q(article__isnull=False),
                name="silence_here_is_in_a_statement",
            ),
            models.CheckConstraint(
                condition=Q(scope="rule", subject="")
                | (~Q(scope="rule") & ~Q(subject="")),
                name="silence_of_a_rule_has_no_subject",
            ),
            models.UniqueConstraint(
                fields=["article", "rule", "subject"],
                condition=Q(scope="here"),
                name="silence_here_once",
            ),
            models.UniqueConstraint(
                fields=["rule", "subject"],
                condition=~Q(scope="here"),
                name="silence_always_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.subject or self.reason}"
