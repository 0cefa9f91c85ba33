"""The forms of a page, as a program reads them that fills in every text field."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

TEXTS = {"text", "search", "url", "textarea", "tel"}


@dataclass
class Control:
    """One control of a form. ``room``: the most characters that it takes."""

    name: str
    kind: str
    value: str = ""
    room: int = 100_000
    checked: bool = False
    options: list[str] = field(default_factory=list)


@dataclass
class Form:
    """A form with its controls, wherever on the page they stand, and its buttons."""

    method: str
    controls: list[Control] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def sent(self) -> dict[str, list[str]]:
        """What a browser would send if nobody touched anything, without a button."""
        found: dict[str, list[str]] = {}
        for control in self.controls:
            if control.kind in {"checkbox", "radio"} and not control.checked:
                continue
            if control.kind != "file":
                found.setdefault(control.name, []).append(control.value)
        return found

    def texts(self) -> list[Control]:
        """Controls in which somebody can write what they like."""
        return [each for each in self.controls if each.kind in TEXTS]

    def does(self, action: str) -> bool:
        return ("action", action) in self.buttons


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: dict[str, Form] = {}
        self.open = ""
        self.area: Control | None = None
        self.select: Control | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open = given.get("id") or f"form {len(self.forms)}"
            method = given.get("method", "get").lower()
            self.forms[self.open] = Form(method)
            return
        if tag == "option" and self.select is not None:
            value = given.get("value", "")
            self.select.options.append(value)
            if "selected" in given or len(self.select.options) == 1:
                self.select.value = value
            return
        if tag not in {"input", "textarea", "select", "button"}:
            return
        form = self.forms.get(given.get("form", self.open))
        name = given.get("name", "")
        kind = given.get("type", "text") if tag == "input" else tag
        if form is None or not name or "disabled" in given:
            return
        if tag == "button" or kind in {"submit", "image"}:
            form.buttons.append((name, given.get("value", "")))
            return
        control = Control(
            name, kind, given.get("value", ""), int(given.get("maxlength") or 100_000)
        )
        control.checked = "checked" in given
        if kind == "checkbox" and "value" not in given:
            control.value = "on"
        form.controls.append(control)
        if tag == "textarea":
            self.area = control
        elif tag == "select":
            self.select = control

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = ""
        elif tag == "textarea":
            self.area = None
        elif tag == "select":
            self.select = None

    def handle_data(self, data: str) -> None:
        if self.area is not None:
            # The first line end belongs to the tag.
            first = not self.area.value and data.startswith("\n")
            self.area.value += data[1:] if first else data


def read(page: str) -> list[Form]:
    """The forms of a page that change something, in its order."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return [form for form in reader.forms.values() if form.method == "post"]
