"""One way in: a request, and the rights that it asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .world import RELATIONS, SAME, World

GET, POST = "GET", "POST"


@dataclass(frozen=True)
class Way:
    """One request that can be made, of one page or by one button.

    ``source``: what of the program it tries, as ``sources`` names it. ``door``: the
    rights that are asked before anything is looked for; ``deed``: those asked once the
    row is found. ``of_desk``: whether the row belongs to a desk. ``effect``: the table
    that an allowed POST changes; "" where it only shows. ``answer``: the status that
    it is answered with. ``closed``: why nobody may.
    ``soft``: a refusal is told on the page itself, by a status of 200 or 302.
    ``hides``: without the right the page does not exist. ``other_eyes``: not for
    whoever wrote the words.
    """

    name: str
    source: str
    url: Callable[[World, str], str]
    method: str = GET
    door: tuple[str, ...] = ()
    deed: tuple[str, ...] = ()
    data: Callable[[World, str], dict[str, Any]] | None = None
    of_desk: bool = False
    effect: str = ""
    answer: int = 302
    closed: str = ""
    soft: bool = False
    hides: bool = False
    other_eyes: bool = False

    @property
    def relations(self) -> tuple[str, ...]:
        return RELATIONS if self.of_desk else (SAME,)
