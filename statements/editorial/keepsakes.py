"""What staff keep beside statements and may repeat their words: searches, folders."""

from __future__ import annotations

from collections.abc import Collection

from statements.models import Article, Edition, Folder, FolderQuote, SavedSearch

from .traces import lines_of, tells_in
from .words import REMOVED, Everything, Phrase, What


def drop_searches(editions: Collection[Edition], what: What) -> bool:
    """Delete searches that staff keep and that ask for the words; whether any were.

    Whole rows: a question without its words is another. Of a statement that is removed
    go those that ask for a line of it.
    """
    rows = SavedSearch.objects.only("name", "question")
    if isinstance(what, Phrase):
        told = [
            row.pk
            for row in rows
            if what.tells(row.name) or tells_in(row, "question", what)
        ]
    else:
        lines = lines_of(editions)
        told = [
            row.pk
            for row in rows
            if any(
                line in value
                for value in (row.name, *row.question.values())
                for line in lines
            )
        ]
    return SavedSearch.objects.filter(pk__in=told).delete()[0] > 0


def blank_folders(article: Article, editions: Collection[Edition], what: What) -> bool:
    """Take the words out of what staff wrote beside quotes; whether they were there.

    A folder keeps its places: of a statement that is removed the notes to its quotes
    go, and whatever repeats a line of it.
    """
    changed = False
    lines = set() if isinstance(what, Phrase) else lines_of(editions)

    def left(text: str) -> str:
        if isinstance(what, Phrase):
            return str(what.kept(what.text(text), frozenset()))
        return "" if any(line in text for line in lines) else text

    for row in FolderQuote.objects.exclude(note="").select_related("permalink"):
        whole = isinstance(what, Everything) and row.permalink.article_id == article.pk
        note = "" if whole else left(row.note)
        if note != row.note:
            FolderQuote.objects.filter(pk=row.pk).update(note=note)
            changed = True
    for folder in Folder.objects.all():
        name, introduction = left(folder.name), left(folder.introduction)
        if (name, introduction) != (folder.name, folder.introduction):
            if name != folder.name:
                name = f"{REMOVED} ({folder.pk})"
            rows = Folder.objects.filter(pk=folder.pk)
            rows.update(name=name, introduction=introduction)
            changed = True
    return changed
