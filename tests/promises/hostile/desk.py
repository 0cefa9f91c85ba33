"""Somebody who writes hostile text into every field of the desk that takes any."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import ForeignKey
from django.test import Client
from django.urls import reverse

from statements.models import Edition, Kind, User

from ...admin.conftest import address, edition_version
from .forms import TEXTS, Control, Form, read
from .texts import Texts

#: What a field takes that refuses words; by what its name ends with.
_PLAIN = {
    "dated": "2026-03-02",
    "said_on": "2026-03-02",
    "at": "",
    "occurrence": "",
}
#: A sound of no length, as far as its first bytes say.
_SOUND = b"ID3\x04\x00\x00\x00\x00\x00\x00"
#: A picture of one point.
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63606060000000040001f61738550000000049454e44ae426082"
)


def _choice(name: str) -> str:
    """The choice whose row a text field names; "" for any other field."""
    choice, _, last = name.rpartition("-")
    return choice if last == "words" else ""


class Writer:
    """Fills in forms. ``refused``: pages that a form was shown on again.

    ``written``: the fields into which hostile text was sent, as "page field"; ``met``:
    all text fields that the pages had, in the same way.
    """

    def __init__(self, user: User, texts: Texts):
        self.client = Client()
        self.client.force_login(user)
        self.texts = texts
        self.refused: list[tuple[str, str]] = []
        self.written: set[str] = set()
        self.met: set[str] = set()

    # ---------- any form ----------

    def fill(self, page: str, form: Form, wrong: set[str]) -> dict[str, list[str]]:
        """What to send: hostile text in each text field that did not refuse it."""
        data = form.sent()
        for control in form.texts():
            name = control.name
            # Words that name no row are refused with the choice that they are for.
            if "__prefix__" in name or name in wrong or _choice(name) in wrong:
                continue
            if control.kind == "url" or name.endswith("url"):
                data[name] = [self.texts.address(f"{page} {name}")]
            elif self._takes_words(control):
                data[name] = [self.texts.make(f"{page} {name}", control.room)]
            else:
                continue
            self.written.add(f"{page} {name}")
        return data

    def _meet(self, page: str, form: Form) -> None:
        self.met |= {
            f"{page} {control.name.replace('-__prefix__-', ' ')}"
            for control in form.texts()
        }

    def _takes_words(self, control: Control) -> bool:
        last = control.name.rsplit("-", 1)[-1]
        if last in _PLAIN:
            return False
        return not re.search(r"(?:_on|_precision|_FORMS|password\d?|token)$", last)

    # ---------- the catalogue ----------

    def row(self, url: str, model: Any) -> None:
        """Send the form of one row: as hostile as can be, then what is left of that.

        Fields that refuse what was sent are given a plain value the second time, so
        that the others are stored.
        """
        label = f"{model._meta.model_name} {'add' if '/add/' in url else 'change'}"
        wrong: set[str] = set()
        for _ in range(3):
            response = self.client.get(url)
            page = response.content.decode()
            form = max(read(page), key=lambda each: len(each.controls))
            self._meet(label, form)
            data = self.fill(label, form, wrong)
            self._choose(response, form, data)
            self._inlines(label, form, data, response)
            for name in wrong:
                if f"{name}-words" not in data:
                    data[name] = [self._plain_value(name)]
            for control in form.controls:
                if control.kind == "file":
                    name = self.texts.make(f"{label} file name", 60)
                    file = f"{name}.png", PICTURE
                    if control.name != "picture":
                        file = f"{name}.mp3", _SOUND
                    data[control.name] = [SimpleUploadedFile(*file)]
            answer = self.client.post(url, data)
            if answer.status_code == 302:
                return
            assert answer.status_code == 200, (url, answer.status_code)
            self.refused.append((url, answer.content.decode()))
            found = {
                name
                for name in answer.context["adminform"].form.errors
                if name != "__all__"
            }
            for inline in answer.context["inline_admin_formsets"]:
                for each in inline.formset.forms:
                    found |= {each.add_prefix(name) for name in each.errors}
            assert found - wrong, (url, answer.context["errors"])
            wrong |= found
        raise AssertionError(f"{url} takes nothing: {sorted(wrong)}")

    def _plain_value(self, name: str) -> str:
        last = name.rsplit("-", 1)[-1]
        if last == "url":
            return "https://official.example/"
        if last in {"username", "slug"}:
            return f"plain-{len(self.texts.made)}"
        if last == "email":
            return "a@desk.example"
        return ""

    def _choose(self, response: Any, form: Form, data: dict[str, list[str]]) -> None:
        """A row for each required choice that has none yet."""
        fields = response.context["adminform"].form.fields
        for name, each in fields.items():
            rows = getattr(each, "queryset", None)
            if each.required and rows is not None and not data.get(name, [""])[0]:
                data[name] = [str(rows.order_by("pk").first().pk)]
            elif getattr(each, "choices", None) and rows is None:
                given = [str(key) for key, _ in each.choices if key]
                if each.required and data.get(name, [""])[0] not in given:
                    data[name] = [given[0]]
        if "password1" in fields:
            data["usable_password"] = ["false"]

    def _inlines(
        self, label: str, form: Form, data: dict[str, list[str]], response: Any
    ) -> None:
        """One more row in each table of the form that has a text field."""
        tables = {
            each.formset.prefix: each.formset.empty_form
            for each in response.context["inline_admin_formsets"]
        }
        rows: dict[str, dict[str, list[str]]] = {}
        for control in form.controls:
            prefix, found, name = control.name.partition("-__prefix__-")
            if not found:
                continue
            data.pop(control.name, None)
            index = data[f"{prefix}-INITIAL_FORMS"][0]
            row = rows.setdefault(prefix, {})
            full = f"{prefix}-{index}-{name}"
            if _choice(name) and f"{label} {prefix} {name}" in self.written:
                # Refused the first time.
                row[full] = [""]
                continue
            if control.kind in TEXTS and self._takes_words(control):
                row[full] = [self.texts.make(f"{label} {full}", control.room)]
                self.written.add(f"{label} {prefix} {name}")
                continue
            choices = getattr(tables[prefix].fields[name], "queryset", None)
            first = choices.order_by("pk").first() if choices is not None else None
            # A second row differs from the first in its kind.
            options = [each for each in control.options if each] or [control.value]
            given = options[int(index) % len(options)]
            row[full] = [str(first.pk) if first and not control.value else given]
        for prefix, row in rows.items():
            if prefix == "appointments":
                # Days and choices only; two at once in one post are refused.
                continue
            index = int(data[f"{prefix}-INITIAL_FORMS"][0])
            data |= row
            data[f"{prefix}-TOTAL_FORMS"] = [str(index + 1)]

    # ---------- a statement ----------

    def new(self, **plain: str) -> Edition:
        """A statement whose every field is hostile, but for those given."""
        url = reverse("admin:statements_article_add")
        known = set(Edition.objects.values_list("pk", flat=True))
        self._send(url, "write", "save", plain)
        return Edition.objects.exclude(pk__in=known).get()

    def step(self, edition: Edition, step: str, action: str, **plain: Any) -> Any:
        """Send one form of a statement's page; "ends with" names in ``plain`` do."""
        plain.setdefault("lock_version", str(edition_version(edition)))
        return self._send(address(edition, step), step, action, plain)

    def publish(self, edition: Edition) -> None:
        """Send it out, and answer what the page asks before it does."""
        asked = self.step(edition, "publish", "ask").content.decode()
        plain = {"lock_version": str(edition_version(edition))}
        self._send(address(edition, "publish"), "publish", "publish", plain, asked)

    def _send(
        self, url: str, step: str, action: str, plain: dict[str, Any], page: str = ""
    ) -> Any:
        page = page or self.client.get(url).content.decode()
        for form in read(page):
            self._meet(step, form)
        forms = [form for form in read(page) if form.does(action)]
        assert forms, f"{step} does not offer {action}"
        form = forms[0]
        ends = tuple(plain)
        wrong = {
            each.name for each in form.controls if each.name.rsplit("-", 1)[-1] in ends
        }
        if plain:
            # With it, nothing of the statement would be saved.
            wrong.add("slug")
        data = self.fill(step, form, wrong)
        if plain:
            data.pop("slug", None)
        for control in form.controls:
            last = control.name.rsplit("-", 1)[-1]
            if last in plain:
                data[control.name] = [plain[last]]
            elif control.kind == "radio" and last == "do":
                data[control.name] = ["later"]
            elif last in _PLAIN and not data.get(control.name, [""])[0]:
                data[control.name] = [_PLAIN[last]]
            elif control.name == "kind" and not data["kind"][0]:
                data["kind"] = [str(Kind.objects.get(slug="statement").pk)]
        data |= {
            name: [value] for name, value in plain.items() if not isinstance(value, str)
        }
        answer = self.client.post(url, {**data, "action": action})
        assert answer.status_code in {200, 201, 302}, (url, action, answer.status_code)
        if answer.status_code == 200:
            self.refused.append((url, answer.content.decode()))
        return answer


def catalogue() -> Iterator[tuple[Any, Any]]:
    """The nouns that the admin has forms for, with their doors; no statements."""
    for model, door in admin.site._registry.items():
        if model._meta.model_name != "article":
            yield model, door


def in_order() -> list[Any]:
    """Nouns with a form to add, each after those that it leads to."""
    left = [model for model, _ in catalogue()]
    done: list[Any] = []
    while left:
        for model in left:
            leads_to = {
                each.related_model
                for each in model._meta.concrete_fields
                if isinstance(each, ForeignKey) and not each.null
            } - {model}
            if not leads_to & set(left):
                done.append(model)
                left.remove(model)
                break
        else:
            return done + left
    return done
