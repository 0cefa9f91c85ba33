"""The editions of a statement: compared, restored, named."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied

from statements.editorial import comparing, correcting, restoring
from statements.editorial.correcting import Elsewhere
from statements.models import Correction, Edition

from .steps import Step


class Versions(Step):
    """All editions, and what differs between two of them."""

    step = "compare"
    template = "admin/statements/article/compare.html"
    actions = {"restore": "restore", "name": "rename"}

    def editions(self) -> list[dict[str, Any]]:
        if not hasattr(self, "_editions"):
            self._editions = super().editions()
        return self._editions

    def context(self) -> dict[str, Any]:
        rows = {row["edition"].number: row for row in self.editions()}
        wrong = ""
        old, new = self._pair(rows)
        if old is None or new is None:
            wrong = "There is no such edition. Choose two from the list."
            old, new = self._usual(rows)
        comparison = None
        if old and new and old.pk != new.pk:
            comparison = comparing.compare(old.pk, new.pk)
        return {
            "rows": list(reversed(rows.values())),
            "old": old,
            "new": new,
            "wrong": wrong,
            "beside": self.request.GET.get("view") != "inline",
            "comparison": comparison,
            "may_write": self.may("change_article"),
        }

    def _pair(self, rows: dict[int, Any]) -> tuple[Edition | None, Edition | None]:
        """The two that the address asks for, the older first; else the usual two."""
        asked = [self.request.GET.get(name, "") for name in ("a", "b")]
        if not any(asked):
            return self._usual(rows)
        found = [
            rows[int(each)]["edition"]
            if each.isdecimal() and len(each) < 9 and int(each) in rows
            else None
            for each in asked
        ]
        return found[0], found[1]

    def _usual(self, rows: dict[int, Any]) -> tuple[Edition | None, Edition | None]:
        """The edition of this page, and the one it is based on."""
        this = rows[self.edition.number]["edition"]
        others = [
            row["edition"] for row in rows.values() if row["edition"].pk != this.pk
        ]
        for other in others:
            if other.pk == this.based_on_id:
                return other, this
        before = [other for other in others if other.number < this.number]
        if before:
            return before[-1], this
        return (this, others[0]) if others else (this, this)

    def _chosen(self) -> Edition:
        number = self.request.POST.get("number", "")
        if not number.isdecimal() or len(number) > 9:
            raise BadRequest("The form names no edition.")
        found = (
            Edition.objects.kept()
            .filter(article=self.article, number=number)
            .defer("record", "body", "text")
            .first()
        )
        if found is None:
            raise BadRequest("The form names no edition of this statement.")
        return found

    def restore(self) -> str:
        if not self.may("change_article"):
            raise PermissionDenied("You may not change statements.")
        edition = self._chosen()
        draft = restoring.restore(edition, by=self.request.user)
        messages.success(
            self.request,
            f"Edition {draft.number} begun with the words of edition {edition.number}. "
            "Readers keep the present one until it is published.",
        )
        return self.url("write", draft)

    def rename(self) -> None:
        if not self.may("change_article"):
            raise PermissionDenied("You may not change statements.")
        edition = self._chosen()
        restoring.name(edition, self.request.POST.get("name", ""), by=self.request.user)
        messages.success(self.request, f"Edition {edition.number}: the name is saved.")


def quoted_elsewhere(edition: Edition, user: Any) -> list[Elsewhere]:
    """For the pages Check and Publish: where else the words that change stand."""
    return correcting.elsewhere(correcting.changes(edition), user=user)


def corrections(edition: Edition) -> list[Correction]:
    """What the publication of an edition changed in quotes."""
    if not edition.frozen:
        return []
    return list(edition.corrections.order_by("permalink", "-what"))
