"""What was seen of each sort of finding: how many there were, how many were right.

A data module. Counted in our own set, govpress and wikinews by
``make score ARGS=--seen``, never in PolNeAR.
"""

from __future__ import annotations

SEEN: dict[str, tuple[int, int]] = {
    "according, full name": (2, 2),
    "according, name": (2, 2),
    "according, thing": (1, 1),
    "apart, thing": (1, 0),
    "clause, full name": (42, 42),
    "clause, full name, doubt": (12, 11),
    "clause, name": (16, 15),
    "clause, name, doubt": (5, 4),
    "clause, person": (1, 0),
    "clause, person, doubt": (1, 1),
    "clause, pronoun": (10, 10),
    "clause, pronoun, doubt": (2, 2),
    "clause, pronoun?": (4, 4),
    "clause, pronoun?, doubt": (1, 1),
    "clause, thing": (7, 7),
    "clause, thing, doubt": (3, 2),
    "guess, full name": (17, 16),
    "guess, name": (5, 3),
    "guess, pronoun?": (1, 1),
    "guess, thing": (5, 3),
    "label, full name": (39, 39),
    "label, full name, doubt": (2, 2),
    "label, name": (6, 5),
    "label, name, doubt": (1, 1),
    "label, thing": (1, 1),
    "next, full name": (24, 24),
    "next, name": (3, 3),
    "next, person": (3, 3),
    "next, pronoun": (3, 3),
    "next, pronoun?": (3, 3),
    "previous, full name": (7, 7),
    "previous, pronoun": (1, 1),
    "previous, pronoun?": (3, 2),
    "same, full name": (4, 4),
    "same, name": (4, 4),
    "same, name, doubt": (2, 1),
    "same, pronoun": (3, 3),
    "same, thing, doubt": (1, 0),
    "tag, full name": (73, 71),
    "tag, name": (13, 13),
    "tag, person": (13, 13),
    "tag, pronoun": (16, 16),
    "tag, pronoun?": (25, 23),
    "tag, thing": (7, 6),
}
