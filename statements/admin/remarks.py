"""Remarks beside the words that they are about: drawn, written, answered, settled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from statements.editorial import buffers, drawing, remarking, verbs
from statements.markup import projection
from statements.markup.render import Remarked
from statements.models import Edition, Remark, User

from . import places
from .forms import Text, Words


@dataclass(frozen=True)
class Answer:
    """What somebody answered."""

    by: str
    at: dt.datetime
    body: str


@dataclass(frozen=True)
class Thread:
    """A remark with its answers, as the desk shows it.

    ``now`` are the words where it stands, "" once they are gone; ``number`` is its
    place among the remarks of the text.
    """

    key: int
    number: int
    start: int | None
    end: int | None
    words: str
    now: str
    body: str
    by: str
    at: dt.datetime
    resolved_by: str
    resolved_at: dt.datetime | None
    answers: list[Answer] = field(default_factory=list)

    @property
    def open(self) -> bool:
        return self.resolved_at is None


def still_open(edition: Any) -> int:
    """How many remarks of an edition, found with them, are not done."""
    return sum(
        row["parent_id"] is None and row["resolved_at"] is None
        for row in edition.remarked
    )


def threads(edition: Any) -> list[Thread]:
    """The remarks of an edition that was found with them, in the order of the text."""
    found: dict[int, Thread] = {}
    for row in edition.remarked:
        if row["parent_id"] is not None:
            continue
        start, end = row["start"], row["end"]
        found[row["id"]] = Thread(
            key=row["id"],
            number=len(found) + 1,
            start=start,
            end=end,
            words=row["words"],
            now="" if start is None else edition.text[start:end],
            body=row["body"],
            by=_name(row, "by"),
            at=_moment(row["at"]),
            resolved_by=_name(row, "resolved_by"),
            resolved_at=_moment(row["resolved_at"]) if row["resolved_at"] else None,
        )
    for row in edition.remarked:
        if row["parent_id"] in found:
            found[row["parent_id"]].answers.append(
                Answer(_name(row, "by"), _moment(row["at"]), row["body"])
            )
    return list(found.values())


def _name(row: dict[str, Any], who: str) -> str:
    parts = (row[f"{who}_first_name"], row[f"{who}_last_name"])
    return " ".join(filter(None, parts)) or row[f"{who}_username"] or ""


def _moment(written: str) -> dt.datetime:
    return timezone.localtime(dt.datetime.fromisoformat(written))


# ---------- the page Review ----------


@dataclass(frozen=True)
class ReadingRow:
    """A block as readers will see it, with the remarks that begin in it."""

    start: int
    html: SafeString
    threads: list[Thread]


def reading(edition: Edition, among: Sequence[Thread]) -> list[ReadingRow]:
    """The text block by block, each with its remarks."""
    marked = [
        Remarked(each.start, each.end, each.number, f"r-{each.key}")
        for each in among
        if each.start is not None and each.end is not None
    ]
    rows = drawing.drawn_rows(edition, marked)
    beside: dict[int, list[Thread]] = {}
    for each in among:
        if each.start is None:
            continue
        index = max(
            (n for n, row in enumerate(rows) if row.start <= each.start), default=0
        )
        beside.setdefault(index, []).append(each)
    return [
        # The body was sanitised when it was received; what is added is escaped.
        ReadingRow(row.start, mark_safe(row.html), beside.get(n, []))  # noqa: S308
        for n, row in enumerate(rows)
    ]


class RemarkForm(forms.Form):
    """A remark: on words that a script selected, or on a paragraph, or on words in it.

    ``place`` of a valid form is where they stand.
    """

    start = forms.IntegerField(
        required=False, min_value=0, max_value=10**7, widget=forms.HiddenInput
    )
    end = forms.IntegerField(
        required=False, min_value=0, max_value=10**7, widget=forms.HiddenInput
    )
    paragraph = forms.ChoiceField(required=False, label="Paragraph")
    words = Text(
        required=False,
        label="Words in it",
        widget=forms.Textarea({"rows": 2}),
        help_text="As they stand in the text. Without any, it is about the paragraph.",
    )
    said = Words(
        label="Remark",
        widget=forms.Textarea({"rows": 4}),
        max_length=remarking.LONGEST,
        error_messages={
            "required": "Write what is to be said.",
            "max_length": "The remark is too long. Shorten it to 5,000 characters.",
        },
    )

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.text = edition.text
        self.blocks = [
            block
            for block in projection.blocks(edition.body)
            if edition.text[block.start : block.end].strip()
        ]
        self.fields["paragraph"].choices = [
            ("", "Choose…"),
            *(
                (str(block.start), f"{number}: {self._begins(block)}")
                for number, block in enumerate(self.blocks, 1)
            ),
        ]

    def _begins(self, block: projection.Block) -> str:
        words = " ".join(self.text[block.start : block.end].split())
        return words if len(words) <= 60 else f"{words[:59]}…"

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if self.errors:
            return values
        start, end, words = values["start"], values["end"], values["words"]
        if start is not None and end is not None:
            values["place"] = (start, end, words.replace("\r\n", "\n") or None)
            return values
        block = next(
            (each for each in self.blocks if str(each.start) == values["paragraph"]),
            None,
        )
        if block is None and not words.strip():
            self.add_error("paragraph", "Choose the paragraph, or write words of it.")
            return values
        begin, close = (block.start, block.end) if block else (0, len(self.text))
        if not words.strip():
            values["place"] = (begin, close, None)
            return values
        try:
            here = places.place(self.text[begin:close], words, None)
        except ValidationError as problem:
            self.add_error(
                "words",
                "These words stand there more than once. Choose the paragraph too, or "
                "write more of the words around them."
                if problem.code == "several"
                else "These words do not stand there. Copy them exactly.",
            )
        else:
            values["place"] = (begin + here[0], begin + here[1], None)
        return values


def one_of(edition: Edition, posted: QueryDict) -> Remark:
    """The remark that a form names. Raises verbs.Unusable if it is not there."""
    key = posted.get("thread", "")
    found = (
        edition.remarks.select_related("edition").filter(parent=None, pk=key).first()
        if key.isdecimal() and len(key) < 18
        else None
    )
    if found is None:
        raise verbs.Unusable("That remark is not there any more.")
    return found


# ---------- the page Write ----------


@dataclass(frozen=True)
class Given:
    """What the form of a text says to one remark."""

    thread: Thread
    reply: str
    done: bool


def given(edition: Edition, posted: Mapping[str, str]) -> list[Given]:
    """For each open remark what was typed to it, so far.

    With those that a colleague marked done while an answer was typed to them.
    """
    found = [
        Given(
            each,
            posted.get(f"remark-{each.key}-reply", ""),
            f"remark-{each.key}-done" in posted,
        )
        for each in threads(edition)
    ]
    return [each for each in found if each.thread.open or each.reply.strip()]


@dataclass(frozen=True)
class Typed:
    """An answer that was never saved: to which words, and whether they are done."""

    words: str
    reply: str
    done: bool


def unsaved(edition: Edition | None, values: Mapping[str, str]) -> list[Typed]:
    """The answers among what was typed, those to remarks that are gone too."""
    named = (buffers.REMARK.fullmatch(name) for name in values)
    keys = sorted({int(each["key"]) for each in named if each})
    if not keys or edition is None:
        return []
    words = dict(edition.remarks.filter(pk__in=keys).values_list("pk", "words"))
    return [
        Typed(
            words.get(key, ""),
            values.get(f"remark-{key}-reply", ""),
            f"remark-{key}-done" in values,
        )
        for key in keys
    ]


def sent_along(posted: QueryDict) -> Iterator[tuple[str, str]]:
    """The same as fields, for a page that leads on to another."""
    for name in posted:
        if name.startswith("remark-"):
            yield name, posted[name]


def carry_out(edition: Edition, answers: Sequence[Given], *, by: User) -> str:
    """Answer remarks and mark them done; say in a few words how many."""
    answered = done = 0
    rows = edition.remarks.select_related("edition").in_bulk(
        [each.thread.key for each in answers if each.reply.strip() or each.done]
    )
    for each in answers:
        row = rows.get(each.thread.key)
        if row is None:
            continue
        if each.reply.strip():
            remarking.reply(row, body=each.reply, by=by)
            answered += 1
        if each.done:
            done += remarking.resolve(row, by=by)
    said = []
    if answered:
        said.append(f"Remarks answered: {answered}.")
    if done:
        said.append(f"Remarks done: {done}.")
    return " ".join(said)


def told(answers: Sequence[Given], *, saved: bool) -> list[dict[str, Any]]:
    """What the editor's script is told; ``saved``: places are those of its text."""
    return [
        {
            "id": each.thread.key,
            "start": each.thread.start if saved else None,
            "end": each.thread.end if saved else None,
            "words": each.thread.words,
            "now": each.thread.now,
            "by": each.thread.by,
            "said": each.thread.body,
            "answers": [
                {"by": answer.by, "said": answer.body} for answer in each.thread.answers
            ],
        }
        for each in answers
    ]
