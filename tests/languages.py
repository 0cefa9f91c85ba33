"""The sentences that readers are told, gathered, and their translations.

``make languages`` puts every sentence of the readers' pages into each catalogue
(``statements/locale/*/LC_MESSAGES/django.po``), compiles those for the site (``.mo``)
and lists in docs/languages.md what nobody has read who grew up with the language.
A sentence that is marked ``fuzzy`` is shown all the same: it was translated with care,
and English in the middle of an Arabic page would serve nobody.
"""

from __future__ import annotations

import ast
import calendar
import io
import os
from collections.abc import Iterator
from pathlib import Path

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.template import engines
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "statements" / "locale"
HEADING = "## Sentences that no native has read"
LISTED = ROOT / "docs" / "languages.md"
#: Where readers' sentences stand. The desk speaks English.
CODE = ("markup", "models", "search", "exchange", "public", "guests", "templatetags")
TEMPLATES = ("base.html", "404.html", "410.html")
FOLDERS = ("statements", "feeds", "guests")
#: Calls that take a sentence, by what they take: a context first, a plural, or both.
CALLS = {
    "_": "one",
    "gettext": "one",
    "gettext_lazy": "one",
    "gettext_noop": "one",
    "ngettext": "many",
    "ngettext_lazy": "many",
    "pgettext": "context",
    "pgettext_lazy": "context",
    "npgettext": "context many",
    "npgettext_lazy": "context many",
}

#: Of Django's own words those that a catalogue may say otherwise: months in full, of
#: which the United Nations print both Arabic names.
MONTHS = tuple(calendar.month_name)[1:]

type Sentence = tuple[str, str, str]  # context or "", sentence, its plural or ""


def gathered() -> dict[Sentence, list[str]]:
    """Every sentence, and the files in which it stands."""
    found: dict[Sentence, list[str]] = {}
    for file in [*_templates(), *_modules()]:
        read = _of_template if file.suffix == ".html" else _of_module
        for sentence in read(file):
            places = found.setdefault(sentence, [])
            name = file.relative_to(ROOT).as_posix()
            if name not in places:
                places.append(name)
    return found | {("", month, ""): ["Django"] for month in MONTHS}


def _templates() -> Iterator[Path]:
    yield from (ROOT / "templates" / name for name in TEMPLATES)
    for folder in FOLDERS:
        yield from sorted((ROOT / "templates" / folder).rglob("*.html"))


def _modules() -> Iterator[Path]:
    for room in CODE:
        yield from sorted((ROOT / "statements" / room).rglob("*.py"))


def _of_module(file: Path) -> Iterator[Sentence]:
    for node in ast.walk(ast.parse(file.read_text())):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        words = [
            arg.value
            for arg in node.args
            if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
        ]
        takes = CALLS.get(name, "")
        needed = len(takes.replace("many", "one many").split())
        if not takes or len(words) < needed:
            continue
        context = words.pop(0) if "context" in takes else ""
        yield context, words[0], words[1] if "many" in takes else ""


def _of_template(file: Path) -> Iterator[Sentence]:
    """What the tags look up: taken from the tags themselves, as Django parses them."""
    template = engines["django"].from_string(file.read_text()).template
    for node in template.nodelist.get_nodes_by_type(TranslateNode):
        value = node.filter_expression.var
        sentence = getattr(value, "literal", value).replace("%", "%%")
        yield _context(node), sentence, ""
    for node in template.nodelist.get_nodes_by_type(BlockTranslateNode):
        one, _ = node.render_token_list(node.singular)
        many = node.render_token_list(node.plural)[0] if node.plural else ""
        yield _context(node), one, many


def _context(node: object) -> str:
    held = getattr(node, "message_context", None)
    return held.var if held is not None else ""


def read(language: str) -> Catalog:
    with po(language).open("rb") as file:
        return read_po(file, locale=language)


def brought_up_to_date(catalogue: Catalog) -> Catalog:
    """The same with every sentence that readers are told, and no other, by letters."""
    whole = Catalog(locale=catalogue.locale)
    nothing = ("",) * catalogue.num_plurals
    for (context, one, many), files in gathered().items():
        known = catalogue.get(one, context or None)
        kept = known is not None and bool(many) == isinstance(known.id, tuple)
        whole.add(
            (one, many) if many else one,
            known.string if known and kept else nothing if many else "",
            locations=[(name, None) for name in sorted(files)],
            flags=known.flags if known and kept else ("fuzzy",),
            context=context or None,
        )
    return whole


def as_po(catalogue: Catalog, header: str) -> str:
    file = io.BytesIO()
    write_po(
        file,
        catalogue,
        width=88,
        sort_output=True,
        include_lineno=False,
        omit_header=True,
    )
    return f"{header}\n\n{file.getvalue().decode().strip()}\n"


def compiled(language: str) -> bytes:
    file = io.BytesIO()
    write_mo(file, read(language), use_fuzzy=True)
    return file.getvalue()


def spoken(message: Message) -> bool:
    """Whether a sentence has words, in every form of number."""
    words = message.string
    return bool(words) if isinstance(words, str) else bool(words) and all(words)


def unread(catalogue: Catalog) -> list[tuple[str, str]]:
    """Sentences that no native has read, and their translation; forms by " | "."""
    rows = []
    for message in catalogue:
        if message.id and message.fuzzy and spoken(message):
            both = (message.id, message.string)
            ours, theirs = (
                " | ".join(each) if isinstance(each, tuple) else each for each in both
            )
            rows.append(
                (f"{ours} [{message.context}]" if message.context else ours, theirs)
            )
    return sorted(rows, key=lambda row: (row[0].casefold(), row[0]))


def listed() -> str:
    """The list for docs/languages.md, under its last heading."""
    tables = []
    for language in languages():
        rows = unread(read(language))
        lines = [f"| {_cell(ours)} | {_cell(theirs)} |" for ours, theirs in rows]
        tables.append(
            "\n".join(
                [
                    f"### {language}: {len(rows)} sentences",
                    "",
                    "| English | as it is shown |",
                    "|---|---|",
                    *lines,
                ]
            )
        )
    return "\n\n".join(tables)


def _cell(words: str) -> str:
    return words.replace("|", "\\|")


def languages() -> list[str]:
    return sorted(path.name for path in LOCALE.iterdir())


def po(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    django.setup()
    for language in languages():
        file = po(language)
        header, _, _ = file.read_text().partition("\n\n")
        whole = brought_up_to_date(read(language))
        file.write_text(as_po(whole, header))
        file.with_suffix(".mo").write_bytes(compiled(language))
        missing = [each.id for each in whole if each.id and not spoken(each)]
        print(f"{language}: {len(whole)} sentences, {len(missing)} without words.")
        for each in missing:
            print(f"  {each}")
    text, _, _ = LISTED.read_text().partition(HEADING)
    LISTED.write_text(f"{text}{HEADING}\n\n{listed()}\n")


if __name__ == "__main__":
    main()
