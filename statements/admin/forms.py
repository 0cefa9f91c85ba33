"""The desk's forms: plain fields, sentences for errors, no script needed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms.models import ModelChoiceIterator
from django.forms.widgets import Script
from django.utils import timezone
from js_asset import ImportMap, Media

from statements.detection.findings import Candidate
from statements.editorial import hours, verbs
from statements.editorial.advising import RULES
from statements.editorial.intake import TITLE_LIMIT
from statements.editorial.inviting import DAYS
from statements.editorial.reasons import WAIVABLE
from statements.markup import transcripts
from statements.models import (
    LANGUAGES,
    Change,
    Desk,
    EditionMedia,
    Kind,
    Silence,
    Tag,
    WithdrawnReason,
)

from . import topics
from .decisions import DecisionsField
from .doors import WRONG_DAY, visible
from .lookup import offers_of
from .naming import Meant, Names

#: The modules of the editor of statements, beside main.js that starts it.
MODULES = (
    "projection",
    "forms",
    "schema",
    "marks",
    "findings",
    "deciding",
    "notes",
    "margin",
    "links",
    "speaker",
    "toolbar",
    "paste",
    "remarks",
)

#: What a browser sends in place of half a character.
LOST = "\ufffd"
#: The most that a file of captions may have, in bytes: those of many hours.
MOST_CAPTIONS = 1024 * 1024


class Day(forms.DateField):
    """A day, chosen from the browser's calendar or typed."""

    def __init__(self, **options: Any):
        options.setdefault("widget", forms.DateInput({"type": "date"}, "%Y-%m-%d"))
        options["error_messages"] = {
            "required": "Give the date.",
            "invalid": WRONG_DAY,
        }
        super().__init__(input_formats=["%Y-%m-%d", "%d %B %Y", "%B %d, %Y"], **options)


class Text(forms.CharField):
    """A text that can be stored, or that says itself why it cannot."""

    def clean(self, value: Any) -> str:
        written = super().clean(value)
        if LOST in written:
            raise ValidationError(
                "The text holds characters that got lost on the way (shown as "
                f"“{LOST}”). Paste it again from its source."
            )
        return written


class Words(Text):
    """Words that are stored as they are typed, so without anything invisible."""

    def clean(self, value: Any) -> str:
        written = super().clean(value)
        visible(written)
        return written


class _AskedOnce(ModelChoiceIterator):
    """Choices that a page may draw, count and look into, and asks for once."""

    def __iter__(self) -> Iterator[Any]:
        if not hasattr(self, "_drawn"):
            self._drawn = list(super().__iter__())
        return iter(self._drawn)


class Choice(forms.ModelChoiceField):
    """A row of a short list."""

    iterator = _AskedOnce


def _area(rows: int, **attrs: str) -> forms.Textarea:
    return forms.Textarea({"rows": rows, **attrs})


def _offered(*kinds: str, **attrs: Any) -> forms.TextInput:
    """A field for names; ``list`` is what browsers offer where there is no script."""
    return forms.TextInput(
        {"data-offers": offers_of(*kinds), "autocomplete": "off", **attrs}
    )


class BodyInput(forms.Textarea):
    """A text as HTML; where scripts run, the editor of statements takes its place.

    The modules name each other by the map of imports, so that each is loaded once,
    under the hashed name that the served file has.
    """

    def __init__(self) -> None:
        super().__init__({"rows": 24, "class": "desk-body"})

    @property
    def media(self) -> Media:
        return Media(
            importmap=ImportMap(
                {
                    "django-prose-editor/editor": "django_prose_editor/editor.js",
                    **{
                        f"newsroom/{name}": f"statements/editor/{name}.js"
                        for name in MODULES
                    },
                    # The same that every page of the desk has: it begins once.
                    "newsroom/offers": "statements/offers.js",
                }
            ),
            css={"all": ["statements/editor/editor.css"]},
            js=[Script("statements/editor/main.js", type="module")],
        )


class StatementForm(forms.Form):
    """A statement as it is written: its words, and what belongs to the article."""

    title = Words(
        max_length=TITLE_LIMIT,
        widget=forms.TextInput({"class": "desk-title", "autocomplete": "off"}),
        error_messages={"required": "Give the statement a title."},
    )
    summary = Words(required=False, widget=_area(2))
    body = Text(
        label="Text",
        strip=False,
        widget=BodyInput,
        help_text="Paste or write plain text, a paragraph a line, or HTML.",
        error_messages={"required": "Paste or write the text of the statement."},
    )
    dated = Day(label="Date", help_text="The day that the statement bears.")
    kind = Choice(
        Kind.objects.all(),
        empty_label=None,
        error_messages={"required": "Choose what kind of statement it is."},
    )
    issuer = Words(
        required=False,
        label="Issued by",
        help_text="An organisation of the catalogue.",
        widget=_offered("organizations", list="organizations"),
    )
    language = forms.ChoiceField(choices=LANGUAGES)
    desk = Choice(None, required=False, empty_label="No desk")
    topics = Words(
        required=False,
        max_length=2000,
        help_text="Separated by commas; “in quotation marks” where one has a comma.",
        widget=_offered("topics", list="topics", **{"data-list": True}),
    )
    byline = Words(required=False, max_length=200)
    slug = forms.SlugField(
        required=False,
        max_length=80,
        label="End of the address",
        help_text="Made from the title if empty.",
        error_messages={
            "invalid": "Use letters of a to z, digits and hyphens only: ferries-sail."
        },
    )
    change = forms.ChoiceField(
        choices=[(Change.MINOR, "Minor change"), (Change.CORRECTION, "Correction")],
        required=False,
        label="This edition is a",
        widget=forms.RadioSelect,
    )
    change_note = Words(
        required=False,
        label="What was corrected",
        widget=_area(2),
        help_text="In a sentence for readers; a correction needs one.",
    )
    lock_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    decisions = DecisionsField()

    #: Where each field stands on the page.
    MAIN = ("title", "summary", "body")
    ASIDE = (
        "dated",
        "kind",
        "issuer",
        "language",
        "desk",
        "topics",
        "byline",
        "slug",
    )

    def __init__(
        self,
        *args: Any,
        user: Any,
        names: Names,
        follows: bool,
        fixed: bool = False,
        **kwargs: Any,
    ):
        super().__init__(*args, **kwargs)
        self.names = names
        self.user = user
        desks = Desk.objects.of(user)
        self.fields["desk"].queryset = desks
        if not user.has_perm("statements.see_every_desk"):
            self.fields["desk"].required = True
            self.fields["desk"].empty_label = None
            self.fields["desk"].error_messages["required"] = (
                "Choose the desk whose members may read the draft. If you belong to "
                "none, ask an administrator."
            )
        if not follows:
            del self.fields["change"], self.fields["change_note"]
        if fixed:
            # What is posted for them is not looked at.
            for name in self.ASIDE:
                self.fields[name].disabled = name not in {"desk", "byline"}

    def main(self) -> list[forms.BoundField]:
        return [self[name] for name in self.MAIN]

    def aside(self) -> list[forms.BoundField]:
        return [self[name] for name in self.ASIDE]

    def correction(self) -> list[forms.BoundField]:
        return [self[n] for n in ("change", "change_note") if n in self.fields]

    def clean_issuer(self) -> Meant | None:
        written = self.cleaned_data["issuer"].strip()
        return self.names.find(written, only_organizations=True) if written else None

    def clean_topics(self) -> list[str]:
        named = topics.read(self.cleaned_data["topics"])
        if any(len(topic) > 100 for topic in named):
            raise ValidationError("A topic has at most 100 characters.")
        if named and not self.user.has_perm("statements.add_tag"):
            known = {
                name.casefold() for name in Tag.objects.values_list("name", flat=True)
            }
            new = [topic for topic in named if topic.casefold() not in known]
            if new:
                raise ValidationError(
                    [
                        f"There is no topic “{topic}” yet. Choose another, or ask an "
                        "editor to add it."
                        for topic in new
                    ]
                )
        return named


class SpeakerForm(forms.Form):
    """Who said words, by plain controls: a candidate, somebody known, somebody new."""

    who = forms.ChoiceField(required=False, label="Speaker")
    name = Words(
        required=False,
        label="Name in the catalogue",
        widget=_offered("people", "organizations", list="speakers"),
    )
    new_name = Words(required=False, max_length=200, label="Name of somebody new")
    new_organization = Words(
        required=False,
        max_length=200,
        label="Their organisation",
        widget=_offered("organizations"),
    )
    new_office = Words(required=False, max_length=200, label="Their office")
    title = Words(required=False, max_length=300, label="Title as printed")
    said_on = Day(required=False, label="Said on")

    def __init__(
        self,
        *args: Any,
        names: Names,
        may_create: bool,
        candidates: tuple[Candidate, ...] = (),
        form_id: str = "",
        **kwargs: Any,
    ):
        super().__init__(*args, **kwargs)
        self.names = names
        self.candidates = {candidate_key(c): c for c in candidates}
        self.may_create = may_create
        choices = [("", "Choose…")] if len(self.candidates) != 1 else []
        for key, candidate in self.candidates.items():
            # Two of one name are told apart as the list of names tells them.
            label = names.name_of(candidate.person, candidate.organization)
            label = label or candidate.name
            choices.append(
                (key, f"{label} ({candidate.why})" if candidate.why else label)
            )
        choices.append(("other", "Somebody of the catalogue"))
        if may_create:
            choices.append(("new", "Somebody new"))
        self.fields["who"].choices = choices
        if form_id:
            # The controls stand beside the words; their form stands elsewhere.
            for field in self.fields.values():
                field.widget.attrs["form"] = form_id

    def wanted(self) -> bool:
        """Whether the person's choices are to be used at all."""
        return True

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if not self.wanted():
            # What is left for later need not be right yet.
            self._errors.clear()
            return values
        who = self._meant_by(values)
        values["meant"] = None
        if who in self.candidates:
            values["candidate"] = self.candidates[who]
        elif who == "other":
            if not values.get("name", "").strip():
                self.add_error("name", "Write the name.")
            else:
                try:
                    values["meant"] = self.names.find(values["name"])
                except ValidationError as problem:
                    self.add_error("name", problem)
        elif who == "new":
            if not (
                values.get("new_name", "").strip()
                or values.get("new_organization", "").strip()
            ):
                self.add_error("new_name", "Give a name, or an organisation.")
        elif "who" not in self._errors:
            self.add_error(
                "who",
                "Choose who said it. A name written below counts as well."
                if self.may_create
                else "Choose who said it, or write a name of the catalogue below. "
                "Whoever is not in it, an editor adds: choose Later, and submit the "
                "text.",
            )
        return values

    def _meant_by(self, values: dict[str, Any]) -> str | None:
        """The choice; a name that was written counts where no choice was changed.

        Otherwise the words would go to the speaker who was preset, although somebody
        else was named below.
        """
        who, changed = values.get("who"), self.changed_data
        if "who" in changed:
            return who
        known = "name" in changed and values.get("name", "").strip()
        new = self.may_create and any(
            name in changed and values.get(name, "").strip()
            for name in ("new_name", "new_organization")
        )
        if known and new:
            self.add_error("who", "Choose one: two names are written below.")
            return None
        return "other" if known else "new" if new else who


class DecisionForm(SpeakerForm):
    """What becomes of one suggested quote."""

    do = forms.ChoiceField(
        label="Decision",
        choices=[("accept", "Accept"), ("reject", "Reject"), ("later", "Later")],
        widget=forms.RadioSelect,
        required=False,
    )

    def wanted(self) -> bool:
        return self.cleaned_data.get("do") == "accept"


class CitationDecisionForm(forms.Form):
    """What becomes of one suggested citation."""

    do = forms.ChoiceField(
        label="Decision",
        choices=[("accept", "Accept"), ("reject", "Reject"), ("later", "Later")],
        widget=forms.RadioSelect,
        required=False,
    )
    symbol = forms.ChoiceField(required=False, label="Resolution")

    def __init__(
        self, *args: Any, symbols: list[tuple[str, str]], form_id: str, **kwargs: Any
    ):
        super().__init__(*args, **kwargs)
        choices = [("", "Choose…")] if len(symbols) != 1 else []
        self.fields["symbol"].choices = [*choices, *symbols]
        for field in self.fields.values():
            field.widget.attrs["form"] = form_id

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("do") == "accept" and not values.get("symbol"):
            self.add_error("symbol", "Choose the resolution.")
        return values


class ManualQuoteForm(SpeakerForm):
    """Words that nothing suggested, given exactly as they stand in the text."""

    words = Words(
        widget=_area(2),
        label="The words, exactly as they stand in the text",
        error_messages={"required": "Copy the words from the text."},
    )
    occurrence = forms.IntegerField(
        required=False,
        min_value=1,
        label="Which time they stand there",
        help_text="Only if they stand there more than once: 1 for the first.",
    )


class ManualCitationForm(forms.Form):
    """A reference that nothing suggested."""

    words = Words(
        max_length=200,
        label="The reference, exactly as it stands in the text",
        error_messages={"required": "Copy the reference from the text."},
    )
    occurrence = forms.IntegerField(
        required=False, min_value=1, label="Which time it stands there"
    )
    reference = Words(
        max_length=200,
        label="Resolution",
        help_text="Its symbol or one of its names: S/RES/2417 (2018).",
        widget=_offered("resolutions"),
        error_messages={"required": "Say which resolution it is."},
    )


class UseForm(forms.Form):
    """The words that go with a file in this edition."""

    role = forms.ChoiceField(choices=EditionMedia.Role.choices)
    alt = Words(
        required=False,
        label="Text alternative",
        widget=_area(2),
        help_text="What a picture shows, for those who cannot see it.",
    )
    caption = Words(required=False, widget=_area(2))
    transcript = Words(required=False, widget=_area(4), help_text="Of sound or film.")
    captions = forms.FileField(
        required=False,
        label="Or its captions",
        help_text="A WebVTT file (.vtt); it takes the place of the transcript.",
        error_messages={"empty": "The file is empty. Choose another."},
    )

    def clean(self) -> dict[str, Any]:
        """The words alone; captions, where a file of them came, as the transcript."""
        values = super().clean() or {}
        file = values.pop("captions", None)
        if file is not None:
            try:
                values["transcript"] = _captions(file)
            except ValidationError as problem:
                self.add_error("captions", problem)
        return values


def _captions(file: Any) -> str:
    if file.size > MOST_CAPTIONS:
        raise ValidationError("Captions have one megabyte at most.")
    try:
        text = file.read().decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise ValidationError("Save the captions as UTF-8.") from problem
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not transcripts.is_captions(text) or not transcripts.turns(text):
        raise ValidationError(
            "These are no captions: a WebVTT file begins with WEBVTT, and tells times."
        )
    visible(text)
    return text


class WallClock(forms.fields.BaseTemporalField):
    """A day and an hour as a clock on the wall shows them, in no zone yet."""

    widget = forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M")
    input_formats = ("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S")
    default_error_messages = {
        "invalid": "Write date and time as year, month, day, hour and minute: "
        "2026-03-02 18:00."
    }

    def to_python(self, value: Any) -> dt.datetime | None:
        return None if value in self.empty_values else super().to_python(value)

    def strptime(self, value: str, format: str) -> dt.datetime:
        return dt.datetime.strptime(value, format)  # noqa: DTZ007


def zones() -> list[tuple[str, str]]:
    """The zones in which an hour may be given, the site's own first."""
    here = timezone.get_current_timezone_name()
    return [(zone, zone) for zone in dict.fromkeys([here, *settings.ELSEWHERE])]


class ScheduleForm(forms.Form):
    """When a statement goes out; empty: now. ``cleaned_data["at"]`` is a moment."""

    at = WallClock(required=False, label="Date and time")
    zone = forms.ChoiceField(required=False, label="Time zone", choices=zones)
    which = forms.ChoiceField(
        required=False,
        label="Which of the two",
        choices=[("first", "The first"), ("second", "The second")],
        widget=forms.RadioSelect,
    )
    #: Whether the hour comes twice, so that it must be said which is meant.
    twice = False

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        wall = values.get("at")
        if wall is None:
            return values
        zone = values.get("zone") or timezone.get_current_timezone_name()
        which = values.get("which")
        try:
            values["at"] = hours.moment(
                wall, zone, second=None if not which else which == "second"
            )
        except hours.Twice as problem:
            self.twice = True
            self.fields["which"].choices = [
                ("first", f"The first ({hours.shift(problem.first)})"),
                ("second", f"The second ({hours.shift(problem.second)})"),
            ]
            self.add_error("at", str(problem))
        except verbs.Unusable as problem:
            self.add_error("at", str(problem))
        return values

    unreviewed_reason = Words(
        required=False,
        label="Why it goes out without a second person",
        help_text="For an emergency: it stays marked until somebody has read it.",
        widget=_area(2),
    )


class WithdrawForm(forms.Form):
    # What is missing is said in our words, beside the field, as everywhere at the desk.
    use_required_attribute = False

    reason = forms.ChoiceField(
        choices=[("", "Choose…"), *WithdrawnReason.choices],
        error_messages={"required": "Choose why the statement is withdrawn."},
    )
    note = Words(
        label="A sentence for readers",
        widget=_area(2),
        error_messages={
            "required": "Write a sentence for readers about the withdrawal."
        },
    )


class InviteForm(forms.Form):
    """A link for somebody without an account."""

    guest = Words(
        max_length=120,
        label="Who it is for",
        widget=forms.TextInput,
        error_messages={
            "required": "Say who the link is for, by name and office.",
            "max_length": "The name has more than 120 characters. Shorten it.",
        },
    )
    days = forms.TypedChoiceField(
        coerce=int,
        initial=3,
        label="It lasts",
        choices=[(days, f"{days} day{'s' if days > 1 else ''}") for days in DAYS],
    )
    asks = forms.BooleanField(
        required=False,
        label="Ask for clearance",
        help_text="They may approve or object. A change of the text voids the answer.",
    )


class WaiverForm(forms.Form):
    """Set one reason aside; which, the page says itself."""

    rule = forms.ChoiceField(choices=list(WAIVABLE.items()), widget=forms.HiddenInput)
    subject = forms.CharField(
        max_length=120, required=False, widget=forms.HiddenInput, strip=False
    )
    why = Words(
        widget=_area(2),
        label="Why it is set aside",
        error_messages={"required": "Say why the rule is set aside."},
    )


class SilenceForm(forms.Form):
    """Tell one finding no more; how far that reaches is asked of who may decide it."""

    rule = forms.ChoiceField(choices=list(RULES.items()), widget=forms.HiddenInput)
    subject = forms.CharField(max_length=200, widget=forms.HiddenInput, strip=False)
    scope = forms.ChoiceField(
        choices=Silence.Scope.choices,
        initial=Silence.Scope.HERE,
        widget=forms.RadioSelect,
        label="Silence it",
        help_text="What holds for every statement, colleagues of all desks can read.",
        error_messages={"invalid_choice": "You may silence it in this statement only."},
    )
    why = Words(
        widget=_area(2),
        label="Why it is silenced",
        error_messages={"required": "Say why it is silenced."},
    )

    def __init__(self, *args: Any, always: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not always:
            here = [(Silence.Scope.HERE.value, Silence.Scope.HERE.label)]
            field = self.fields["scope"]
            field.choices, field.widget = here, forms.HiddenInput()


class NewEditionForm(forms.Form):
    change = forms.ChoiceField(
        choices=[(Change.MINOR, "Minor change"), (Change.CORRECTION, "Correction")],
        widget=forms.RadioSelect,
        initial=Change.MINOR,
        label="The new edition is a",
    )
    change_note = Words(
        required=False,
        label="What is corrected",
        widget=_area(2),
        help_text="Of a correction: a sentence for readers, now or later.",
    )


def candidate_key(candidate: Candidate) -> str:
    """A value that stays the same when the roster grows between page and answer."""
    parts = (candidate.person, candidate.office, candidate.organization)
    return ".".join(str(part or 0) for part in parts)
