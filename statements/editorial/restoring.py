"""Bring an old edition back as a draft; give a draft a name of its own."""

from __future__ import annotations

from statements.models import Change, Edition, User, acting

from . import editions, intake, verbs

#: As the column allows.
LONGEST = 120


def restore(edition: Edition, *, by: User) -> Edition:
    """Begin a draft with the words of an edition that readers had once.

    Quotes keep their addresses; citations and files come along. It replaces what
    readers have now, as a correction until somebody says otherwise. Raises
    verbs.Unusable with what to do instead.
    """
    verbs.demand(by, "change_article", "You may not change statements.")
    with acting(by):
        verbs.lock([edition.article_id])
        fresh = Edition.objects.select_related("article").get(pk=edition.pk)
        base = editions.last_published(fresh.article)
        refusal = _refusal(fresh, base)
        if refusal:
            raise verbs.Unusable(refusal)
        draft = editions.follow(fresh, base=base, by=by, change=Change.CORRECTION)
        draft.name = f"Edition {fresh.number} restored"
        draft.save(update_fields=["name"])
        if fresh.approved_at is None:
            editions.unseen(fresh, draft, by=by)
    return draft


def name(edition: Edition, words: str, *, by: User) -> None:
    """Name a draft, for colleagues only; an empty name takes it away.

    Raises verbs.Unusable once it is scheduled or out: the name is frozen with it.
    """
    verbs.demand(by, "change_article", "You may not change statements.")
    words = " ".join(words.split())
    intake.refuse_unprintable(words)
    if len(words) > LONGEST:
        raise verbs.Unusable("The name is too long. Use at most 120 characters.")
    with acting(by):
        verbs.lock([edition.article_id])
        fresh = Edition.objects.defer("record").get(pk=edition.pk)
        if fresh.frozen:
            raise verbs.Unusable(
                f"Edition {fresh.number} is scheduled or was published: its name is "
                "frozen with it. Name the next one before it goes out."
            )
        fresh.name = words
        fresh.save(update_fields=["name"])


def _refusal(edition: Edition, base: Edition | None) -> str:
    """Why an edition cannot be restored, and what to do instead; "" where it can."""
    number = edition.number
    now = verbs.clock()
    if edition.published_at is None:
        return f"Edition {number} is not out yet. Open it, and go on with it."
    if edition.published_at > now:
        return f"Edition {number} is scheduled. Take it off the schedule to work on it."
    if edition.redacted_at is not None:
        return (
            f"Words of edition {number} were removed by law, so it cannot be restored. "
            "Begin a new edition instead."
        )
    if base is not None and base.pk == edition.pk and edition.withdrawn_at is None:
        return f"Edition {number} is what readers have. Begin a new edition instead."
    return ""
