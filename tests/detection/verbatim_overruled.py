"""Links of the shared data whose label a human reading overrules: ids and reasons.

A link is named by its article and the quote's offset there. All are labelled
``near-miss``, which their words are not: the same words stand in the source in the same
order, changed only as an editor may change them.
"""

from __future__ import annotations

OVERRULED: dict[tuple[str, int], str] = {
    ("wh-3c013c4fc82b", 166): (
        "An ellipsis for a sentence and the “and” that begins the next; after it the "
        "first letter is raised."
    ),
    ("wh-abb024d7bb70", 15442): (
        "An ellipsis where the source has a full stop; nothing is left out, and the "
        "letter after it is lowered."
    ),
    ("wh-344c89da36dd", 4052): (
        "The sentence's opening words are not quoted, and the first letter is raised."
    ),
    ("wh-965b7e992759", 12248): (
        "Quoted from the middle of a sentence, the first letter raised; then a comma "
        "is not printed."
    ),
    ("wh-d60700ef0208", 34069): (
        "Two words before the place are not quoted, and the first letter is raised."
    ),
}
