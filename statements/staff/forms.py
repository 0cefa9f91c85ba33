"""The staff's search as controls. What they send is read by ``search.query``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from statements.models import Verdict
from statements.search.query import LONGEST, LONGEST_NAME

#: Controls that offer names, and the list of names that each offers.
OFFERED = {
    "speaker": "speakers",
    "office": "offices",
    "organization": "organizations",
    "resolution": "resolutions",
    "tag": "tags",
}


def _line(label: object, example: object, **attrs: object) -> forms.CharField:
    return forms.CharField(
        label=label,  # type: ignore[arg-type]
        required=False,
        widget=forms.TextInput(
            attrs={
                "placeholder": example,
                "maxlength": LONGEST_NAME,
                "autocomplete": "off",
                "spellcheck": "false",
                **attrs,
            }
        ),
    )


def _choice(label: object) -> forms.CharField:
    """One of a few. What is typed in the address may name it otherwise, so any text."""
    return forms.CharField(
        label=label,  # type: ignore[arg-type]
        required=False,
        widget=forms.Select(),
    )


class QuoteSearchForm(forms.Form):
    """The question as typed; it stays in the controls whatever was wrong with it."""

    use_required_attribute = False

    q = forms.CharField(
        label=_("Words"),
        required=False,
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "maxlength": LONGEST,
                "autocomplete": "off",
                "spellcheck": "false",
                "aria-describedby": "q-help",
            }
        ),
    )
    speaker = _line(_("Speaker"), _("Name"), list="speakers")
    office = _line(_("Office"), _("Spokesperson"), list="offices")
    organization = _line(_("Organisation"), _("Name"), list="organizations")
    resolution = _line(_("Resolution"), "2417", list="resolutions")
    tag = _line(_("Topic"), _("Name"), list="tags")
    kind = _choice(_("Kind of statement"))
    verdict = _choice(_("Verbatim check"))
    since = _line(_("Said from"), "2024-11")
    until = _line(_("Said until"), "2024-11-03")
    sort = forms.CharField(required=False, widget=forms.HiddenInput())
    view = forms.CharField(required=False, widget=forms.HiddenInput())

    def __init__(self, data: Mapping[str, Any], kinds: Iterable[str] = ()) -> None:
        super().__init__(data)
        named = [(name, name) for name in kinds]
        for field, choices in (("kind", named), ("verdict", Verdict.choices)):
            self.fields[field].widget.choices = self._offered(field, choices)
        for field, offered in OFFERED.items():
            names = f"{reverse('staff_names')}?in={offered}"
            self.fields[field].widget.attrs["data-offers"] = names
        self.fields["q"].widget.attrs["data-names"] = reverse("staff_names")
        # Whoever comes with no question yet comes to type one.
        self.fields["q"].widget.attrs["autofocus"] = not data

    def _offered(
        self, name: str, choices: Iterable[tuple[str, str]]
    ) -> list[tuple[str, object]]:
        """All, and what was asked for even if no choice is called so."""
        offered: list[tuple[str, object]] = [("", _("All")), *choices]
        asked = str(self.data.get(name, ""))
        if asked not in dict(offered):
            offered.append((asked, asked))
        return offered

    def filters(self) -> Sequence[BoundField]:
        """The controls that stand below the box."""
        return [self[name] for name in (*OFFERED, "kind", "verdict", "since", "until")]
