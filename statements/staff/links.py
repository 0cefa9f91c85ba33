"""Addresses of the staff's search: a question, and the view in which it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from statements.search import quotes as answers
from statements.search.query import Query

#: The view that is not the common one. The desk reads many lines at once, so a page is
#: dense unless somebody asks for room.
COMFORTABLE = "comfortable"


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses of questions, all in the same view; "" is the dense one."""

    view: str = ""

    @classmethod
    def of(cls, params: Mapping[str, str]) -> Links:
        return cls(COMFORTABLE if params.get("view") == COMFORTABLE else "")

    def to(self, query: Query) -> str:
        return f"{reverse('staff_quotes')}{self.tail(query)}"

    def place(self, query: Query, cursor: answers.Cursor | None) -> str:
        """The address of a place in the answer; "" without a place."""
        return self.tail(query, cursor) if cursor else ""

    def facets(self, query: Query) -> str:
        return f"{reverse('staff_facets')}{self.tail(query)}"

    def tail(self, query: Query, cursor: answers.Cursor | None = None) -> str:
        params = query.to_params()
        if self.view:
            params["view"] = self.view
        if cursor is not None:
            params |= cursor.to_params()
        return f"?{urlencode(params)}"
