"""The resolutions that the demo cites: real ones, on themes that fit anywhere."""

from __future__ import annotations

from datetime import date

from .shapes import DemoBody, DemoResolution

BODIES = (
    DemoBody("un-sc", "United Nations Security Council", "UNSC"),
    DemoBody("un-ga", "United Nations General Assembly", "UNGA"),
)

VOTE = "By vote"


def _council(
    number: int, title: str, adopted_on: date, aliases: tuple[str, ...] = ()
) -> DemoResolution:
    """Return a resolution that all fifteen members of the Council voted for."""
    return DemoResolution(
        body_slug="un-sc",
        symbol=f"S/RES/{number} ({adopted_on.year})",
        slug=str(number),
        title=title,
        adopted_on=adopted_on,
        adoption=VOTE,
        yes=15,
        no=0,
        abstain=0,
        url=f"https://docs.un.org/S/RES/{number}({adopted_on.year})",
        aliases=(f"UNSCR {number}", f"Security Council resolution {number}", *aliases),
    )


RESOLUTIONS = (
    _council(
        1325,
        "The part of women in making, keeping and building peace",
        date(2000, 10, 31),
        ("the women, peace and security resolution",),
    ),
    _council(
        1738,
        "Journalists and media workers in armed conflict are civilians",
        date(2006, 12, 23),
    ),
    _council(
        2222,
        "The safety of journalists and an end to impunity for attacks on them",
        date(2015, 5, 27),
    ),
    _council(
        2250,
        "The part of young people in peace and security",
        date(2015, 12, 9),
        ("the youth, peace and security resolution",),
    ),
    _council(
        2286,
        "Hospitals, the wounded and those who care for them in armed conflict",
        date(2016, 5, 3),
    ),
    _council(
        2417,
        "Hunger and armed conflict; starvation of civilians as a method of warfare",
        date(2018, 5, 24),
        ("the hunger and conflict resolution",),
    ),
    _council(
        2474,
        "People who go missing in armed conflict, and what their families are owed",
        date(2019, 6, 11),
    ),
    _council(
        2573,
        "Water, power, hospitals and what else civilians cannot live without",
        date(2021, 4, 27),
    ),
    DemoResolution(
        body_slug="un-ga",
        symbol="A/RES/217 A (III)",
        slug="217-a-iii",
        title="The Universal Declaration of Human Rights",
        adopted_on=date(1948, 12, 10),
        adoption=VOTE,
        yes=48,
        no=0,
        abstain=8,
        url="https://docs.un.org/A/RES/217(III)",
        aliases=("General Assembly resolution 217 A (III)",),
    ),
    DemoResolution(
        body_slug="un-ga",
        symbol="A/RES/70/1",
        slug="70-1",
        title="The 2030 Agenda and its seventeen goals for sustainable development",
        adopted_on=date(2015, 9, 25),
        adoption="Without a vote",
        yes=None,
        no=None,
        abstain=None,
        url="https://docs.un.org/A/RES/70/1",
        aliases=("General Assembly resolution 70/1",),
    ),
    DemoResolution(
        body_slug="un-ga",
        symbol="A/RES/76/300",
        slug="76-300",
        title="A clean, healthy and sustainable environment as a human right",
        adopted_on=date(2022, 7, 28),
        adoption=VOTE,
        yes=161,
        no=0,
        abstain=8,
        url="https://docs.un.org/A/RES/76/300",
        aliases=("General Assembly resolution 76/300",),
    ),
)
