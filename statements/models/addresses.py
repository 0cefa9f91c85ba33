"""Former addresses: no printed link ever dies."""

import hashlib

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

NOUNS = ["article", "spokesperson", "organization", "post", "resolution", "tag"]


def put_out(path: str) -> str:
    """What is kept of an address whose words were removed by law.

    It still leads on for whoever has it printed, and spells nothing.
    """
    return f"sha256:{hashlib.sha256(path.encode()).hexdigest()}"


def _exactly_one() -> Q:
    condition = Q()
    for chosen in NOUNS:
        condition |= Q(**{f"{noun}__isnull": noun != chosen for noun in NOUNS})
    return condition


class FormerAddress(models.Model):
    """A path that once led to something; it leads there still, if that is public.

    Only addresses that readers knew are kept, so a row of the catalogue with one cannot
    be deleted; a statement can while it never was public. Held by guard_former_address.
    """

    path = models.CharField(max_length=400, unique=True)
    article = models.ForeignKey(
        "Article", models.CASCADE, null=True, related_name="former_addresses"
    )
    spokesperson = models.ForeignKey(
        "Spokesperson", models.PROTECT, null=True, related_name="former_addresses"
    )
    organization = models.ForeignKey(
        "Organization", models.PROTECT, null=True, related_name="former_addresses"
    )
    post = models.ForeignKey(
        "Post", models.PROTECT, null=True, related_name="former_addresses"
    )
    resolution = models.ForeignKey(
        "Resolution", models.PROTECT, null=True, related_name="former_addresses"
    )
    tag = models.ForeignKey(
        "Tag", models.PROTECT, null=True, related_name="former_addresses"
    )
    at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "former_address"
        verbose_name_plural = "former addresses"
        constraints = [
            models.CheckConstraint(
                condition=_exactly_one(), name="former_address_of_one"
            )
        ]

    def __str__(self) -> str:
        return self.path
