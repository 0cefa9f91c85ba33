"""Somebody whom the catalogue does not know: office, name and body, as a text has them.

Detection knows the offices that many texts have. "Harbour Master" is none of them and
stays with the name; a person who enters the speaker would have to take it apart.
"""

from __future__ import annotations

import re

from .given_names import is_given
from .lexicon import BODIES

#: "of the Port Authority of Skerrow", right behind the name.
_BEHIND = re.compile(
    r" (?:of|at|for|from) (?:the )?"
    r"([A-Z][\w’'-]*(?: (?:(?:of|for|and|the) ){0,2}[A-Z][\w’'-]*){0,8})"
)


def apart(printed: str) -> tuple[str, str]:
    """An office that detection does not know, and the name that it stands before.

    * "Harbour Master Ilse Brankov" -> ("Harbour Master", "Ilse Brankov")
    * "Ilse Brankov", "Anna Maria Lund", "Okafor Ilse" -> ("", the same)
    """
    words = printed.split()
    first = next((at for at, word in enumerate(words) if is_given(word)), 0)
    if not 0 < first < len(words) - 1:
        return "", printed
    return " ".join(words[:first]), " ".join(words[first:])


def body_behind(text: str, end: int) -> str:
    """The body that a text names right behind somebody; "" if it names none.

    * "Ilse Brankov| of the Port Authority of Skerrow on" -> "Port Authority of Skerrow"
    * "Ilse Brankov| of Skerrow" -> ""
    """
    found = _BEHIND.match(text, end)
    if found is None or not any(word.lower() in BODIES for word in found[1].split()):
        return ""
    return found[1]
