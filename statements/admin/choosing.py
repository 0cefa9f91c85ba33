"""A row chosen by typing, or several, in the forms of the catalogue.

With a script the list of offers (offers.js) stands below a field; without one the
field asks for the name. What is typed and not taken from the list is resolved when the
form is sent: one row is taken, otherwise a sentence says what to write.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from statements.models import Appointment, Resolution, Spokesperson, User
from statements.search import desk

from . import topics

#: How many that fit are named in a sentence, and are read to find an exact one.
_NAMED, _READ = 6, 50
_NUMBERED = re.compile(r"(.+) \(no\. (\d{1,18})\)", re.DOTALL)


class Typed(str):
    """Words that name a row, in place of its key."""


class Several(list[str]):
    """Keys of rows, and words that name others, with commas between."""

    def __init__(self, keys: Iterable[str] = (), words: str = ""):
        super().__init__(keys)
        self.words = words


def _offers(field: Any, site: Any) -> str:
    """The address that is asked for the rows of a field."""
    asked = {
        "app_label": field.model._meta.app_label,
        "model_name": field.model._meta.model_name,
        "field_name": field.name,
    }
    return f"{reverse(f'{site.name}:autocomplete')}?{urlencode(asked)}"


def _keys(value: Iterable[Any]) -> list[str]:
    # From an address, ?post=x: Django would look up a key that is none.
    keys = [str(key) for key in value]
    return [key for key in keys if key.isdecimal() and len(key) < 19]


class Chooser(AutocompleteSelect):
    """The row that is chosen, and a field for the name of another."""

    media = forms.Media()

    def build_attrs(self, base_attrs: Any, extra_attrs: Any = None) -> dict[str, Any]:
        attrs = forms.Select.build_attrs(self, base_attrs, extra_attrs)
        return {**attrs, "data-offers": _offers(self.field, self.admin_site)}

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> list[Any]:
        keys = _keys(value)
        found = super().optgroups(name, keys, attrs)
        if self.is_required and not keys:
            # Else the script's first offer would seem to be chosen already.
            found[0][1].insert(0, self.create_option(name, "", "", False, 0))
        return found

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        words = str(data.get(f"{name}-words", "")).strip()
        return Typed(words) if words else super().value_from_datadict(data, files, name)

    def render(
        self, name: str, value: Any, attrs: Any = None, renderer: Any = None
    ) -> Any:
        words = value if isinstance(value, Typed) else ""
        drawn = super().render(
            name,
            None if words else value,
            {**(attrs or {}), **({"data-words": words} if words else {})},
            renderer,
        )
        return format_html(
            '{}<noscript><input type="text" name="{}-words" value="{}" maxlength="300" '
            'aria-label="{} by name" placeholder="Another, by name"></noscript>',
            drawn,
            name,
            words,
            str(self.field.verbose_name).capitalize(),
        )


class Choosers(forms.CheckboxSelectMultiple):
    """The rows that are chosen, to be ticked off, and a field for names of others."""

    def __init__(self, field: Any, site: Any):
        super().__init__()
        self.field, self.site = field, site

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> list[Any]:
        rows = self.choices.queryset.filter(pk__in=_keys(value))
        label = self.choices.field.label_from_instance
        return [
            (None, [self.create_option(name, row.pk, label(row), True, at)], at)
            for at, row in enumerate(rows)
        ]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        keys = super().value_from_datadict(data, files, name) or []
        return Several(filter(None, keys), str(data.get(f"{name}-words", "")).strip())

    def render(
        self, name: str, value: Any, attrs: Any = None, renderer: Any = None
    ) -> Any:
        return format_html(
            '<div class="several">{}<input type="text" name="{}-words" value="{}" '
            'class="vTextField" maxlength="2000" autocomplete="off" data-list '
            'data-adds="{}" data-offers="{}" aria-label="Add to {}, by name" '
            'placeholder="Add, by name"></div>',
            super().render(name, value, attrs, renderer),
            name,
            value.words if isinstance(value, Several) else "",
            (attrs or {}).get("id", f"id_{name}"),
            _offers(self.field, self.site),
            self.field.verbose_name,
        )


class _ByWords:
    """What a field of rows does with words."""

    #: The rows that a person may choose from which have the words, once it is known
    #: who asks.
    search: Callable[[str], Any] | None = None

    def _key(self, words: str) -> str:
        numbered = _NUMBERED.fullmatch(words)
        asked = desk.read(numbered[1] if numbered else words)
        if asked.problem:
            raise ValidationError(asked.problem)
        rows = list(self.search(asked.text)[:_READ]) if self.search else []
        if numbered:
            rows = [row for row in rows if str(row.pk) == numbered[2]]
        exact = [row for row in rows if _plain(str(row)) == _plain(asked.text)]
        if len(exact) == 1 or len(rows) == 1:
            return str((exact or rows)[0].pk)
        if not rows:
            raise ValidationError(
                f"Nothing in the catalogue has “{words}”. Write fewer words, or add it "
                "first."
            )
        names = [str(row) for row in rows]
        told = [
            f"“{name} (no. {row.pk})”" if names.count(name) > 1 else f"“{name}”"
            for name, row in zip(names, rows, strict=True)
        ]
        more = " and others" if len(rows) > _NAMED else ""
        raise ValidationError(
            f"Several have “{words}”. Write which one: "
            f"{'; '.join(told[:_NAMED])}{more}."
        )


class ChosenField(_ByWords, forms.ModelChoiceField):
    """A row by its key, or by words that name it."""

    def to_python(self, value: Any) -> Any:
        if not isinstance(value, Typed):
            return super().to_python(value)
        return super().to_python(self._key(value))


class ChosenManyField(_ByWords, forms.ModelMultipleChoiceField):
    """Rows by their keys, and by words that name others."""

    def prepare_value(self, value: Any) -> Any:
        # Django would keep the keys and lose the words.
        return value if isinstance(value, Several) else super().prepare_value(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        named = isinstance(data, Several) and bool(data.words)
        return named or super().has_changed(initial, data)

    def clean(self, value: Any) -> Any:
        keys, problems = list(value or ()), []
        for words in topics.read(value.words) if isinstance(value, Several) else ():
            try:
                keys.append(self._key(words))
            except ValidationError as problem:
                problems += problem.messages
        if problems:
            raise ValidationError(problems)
        return super().clean(keys)


def _plain(name: str) -> str:
    """A name as words alone: a post is written with a comma or without."""
    return " ".join(name.replace(",", " ").split()).casefold()


def of_request(
    field: ChosenField | ChosenManyField, door: Any, request: HttpRequest
) -> None:
    """Let a field look up by words what its asker may see, and nothing else."""

    def search(words: str) -> Any:
        if not door.has_view_permission(request):
            return door.model._default_manager.none()
        rows, _ = door.get_search_results(request, door.choices(request), words)
        # Names of the same row may fit twice.
        return field.queryset.filter(pk__in=rows.values("pk"))

    field.search = search


class Choices(AutocompleteJsonView):
    """What is offered while one types, with what tells two of one name apart."""

    def get_queryset(self) -> Any:
        rows = self.model_admin.choices(self.request)
        rows = rows.complex_filter(self.source_field.get_limit_choices_to())
        rows, repeated = self.model_admin.get_search_results(
            self.request, rows, self.term
        )
        return rows.distinct() if repeated else rows

    def process_request(self, request: HttpRequest) -> Any:
        _, *others = super().process_request(request)
        # Ours is called as the box in the head is.
        return request.GET.get("q", request.GET.get("term", "")), *others

    def serialize_result(self, row: Any, to_field_name: str) -> dict[str, str]:
        told = super().serialize_result(row, to_field_name)
        beside = ""
        if isinstance(row, Spokesperson):
            offices: list[Appointment] = list(row.appointments.all()[:1])
            beside = str(offices[0].post) if offices else ""
        elif isinstance(row, Resolution):
            beside = row.title or row.topic
        elif isinstance(row, User):
            beside = row.username
        return {**told, "beside": beside}
