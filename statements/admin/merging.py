"""Two texts brought together: after a save meanwhile, or a publication."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import QueryDict

from statements.editorial import buffers, merging
from statements.markup import merging as texts
from statements.markup import projection, wording

from . import topics
from .forms import StatementForm
from .naming import Names
from .steps import Invalid, Step

#: How many characters of the text around a choice are shown.
AROUND = 90


def as_typed(values: Mapping[str, Any]) -> dict[str, str]:
    """The fields of a form as a browser would send them."""
    found = {}
    for name in buffers.FIELDS:
        if name in values:
            value = values[name]
            found[name] = "" if value is None else str(getattr(value, "pk", value))
    return {name: value.replace("\r\n", "\n") for name, value in found.items()}


def base_typed(words: Mapping[str, Any] | None, names: Names) -> dict[str, str] | None:
    """What a save replaced, as the form would have shown it."""
    if words is None:
        return None
    return as_typed(
        {
            **words,
            "issuer": names.name_of(None, words["issuer"]),
            "topics": topics.written(words["topics"]),
        }
    )


def chosen(posted: QueryDict, both: merging.Both) -> dict[str, texts.Choice]:
    given = {key: posted.get(f"choice-{key}", "") for key in both.to_choose()}
    return {
        key: choice
        for key, value in given.items()
        for choice in texts.CHOICES
        if choice == value
    }


@dataclass(frozen=True)
class Question:
    """A choice to make: what stands around it, and both readings."""

    key: str
    label: str
    before: str
    after: str
    mine: list[wording.Difference]
    theirs: list[wording.Difference]
    choice: str
    #: Words of the body can both stay; of a field, one is chosen.
    both: bool


def questions(both: merging.Both, choices: Mapping[str, str]) -> list[Question]:
    found = [
        Question(
            clash.name,
            label(clash.name),
            "",
            "",
            [("same", clash.mine)],
            [("same", clash.theirs)],
            choices.get(clash.name, ""),
            False,
        )
        for clash in both.clashes
    ]
    segments = both.body.segments
    for index, segment in enumerate(segments):
        if not isinstance(segment, texts.Conflict):
            continue
        base = segment.text("base").strip()
        around = ["", ""]
        for side, at in ((0, index - 1), (1, index + 1)):
            if 0 <= at < len(segments):
                beside = segments[at]
                if isinstance(beside, texts.Settled):
                    words = wording.text_of(beside.tokens)
                    # Another paragraph is no part of the sentence.
                    around[side] = (
                        words.rpartition("\n")[2][-AROUND:]
                        if side == 0
                        else words.partition("\n")[0][:AROUND]
                    )
        found.append(
            Question(
                segment.key,
                "Text",
                around[0],
                around[1],
                wording.differences(base, segment.text("mine").strip()),
                wording.differences(base, segment.text("theirs").strip()),
                choices.get(segment.key, ""),
                bool(segment.mine and segment.theirs),
            )
        )
    return found


def label(name: str) -> str:
    field = StatementForm.base_fields[name]
    return str(field.label or name.replace("_", " ").capitalize())


def shown(
    both: merging.Both,
    mine: Mapping[str, str],
    theirs: Mapping[str, str],
    choices: Mapping[str, texts.Choice],
) -> dict[str, Any]:
    """What the page draws of two texts in one."""
    complete: dict[str, texts.Choice] = {
        each.key: choices.get(each.key, "mine") for each in both.body.conflicts
    }
    merged = projection.to_text(both.body.html(complete))
    return {
        "questions": questions(both, choices),
        "taken": [label(name) for name in both.taken],
        "merged": wording.differences(projection.to_text(theirs["body"]), merged),
        "mine": mine,
        "theirs_words": theirs,
        "hidden": list(mine.items()),
    }


class Merge(Step):
    """Bring in the changes of an edition that went out since this one was begun."""

    step = "merge"
    template = "admin/statements/article/merge.html"
    actions = {"bring": "bring"}

    def context(self) -> dict[str, Any]:
        theirs = merging.behind(self.edition)
        context = {
            "rebase": True,
            "went_out": theirs,
            "may_write": self.may("change_article") and theirs is not None,
        }
        if theirs is None:
            return context
        both = merging.compare(self.edition, theirs)
        return (
            context
            | shown(
                both,
                merging.words(self.edition),
                merging.words(theirs),
                chosen(self.request.POST, both),
            )
            | {"hidden": []}
        )

    def bring(self) -> str:
        edition = self.opened()
        theirs = merging.behind(edition)
        choices = (
            chosen(self.request.POST, merging.compare(edition, theirs))
            if theirs is not None
            else {}
        )
        try:
            notices = merging.bring_in(
                edition,
                by=self.request.user,
                lock_version=edition.lock_version,
                choices=choices,
            )
        except merging.Undecided:
            self.problems = [UNDECIDED]
            raise Invalid from None
        messages.success(
            self.request,
            f"The changes of edition {theirs.number} are in this text, and it follows "
            "that edition now.",
        )
        for notice in notices:
            messages.warning(self.request, notice)
        return self.url("check")


UNDECIDED = "Choose for each place below what stays. Nothing was saved."
