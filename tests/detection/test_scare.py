"""Marks that quote somebody, and marks that only mark: which is which, and why."""

import pytest

from statements.detection.engine import detect

QUOTED = [
    (
        "Somebody dubs, and is named: Stroud was dubbed nothing; he does it",
        "Felix Stroud attacked the minister, whom he dubbed “the tidal clerk.”",
        "the tidal clerk.",
    ),
    (
        "an adjective in the clause of a verb of saying is said",
        "Ruta Casimir cited another “wet feet” debate in the Senate.",
        "wet feet",
    ),
    (
        "told by somebody: the passive has its speaker behind it",
        "Passengers were told by Liv Torsten that the engine had “wishes of its own”.",
        "wishes of its own",
    ),
    (
        "a document obliges",
        "Article 9 of the Convention obliges all parties to “share the soup”.",
        "share the soup",
    ),
    (
        "a crowd has words",
        "The march ended before noon, and chants of “Soup for all!” could be heard.",
        "Soup for all!",
    ),
    (
        "described as: somebody's word for it, though nobody is named",
        "The plan was described on the market as a “wet map”.",
        "wet map",
    ),
    (
        "to grouse is to say",
        "Pell Amory groused to a crowd in Port Carrow that the radio “never rings.”",
        "never rings.",
    ),
    (
        "a sentence alone in a list is one, even before a date",
        "“We have come for the soup.” (2008)",
        "We have come for the soup.",
    ),
]


@pytest.mark.parametrize(
    ("text", "words"), [row[1:] for row in QUOTED], ids=[row[0] for row in QUOTED]
)
def test_said_by_somebody(text, words):
    assert [q.span.of(text) for q in detect(text).quotes] == [words]


MARKED = [
    (
        "the theme of a meeting is a title, whatever verb follows",
        "The day, with the theme “Building a Drier Harbour,” continues an old row.",
    ),
    (
        "a resolution on a subject gives its title",
        "Vallorn stood by a resolution on “keeping all harbours dry in all weather: "
        "ways and means” led by Estmark.",
    ),
    (
        "referred to as, in brackets: a definition",
        "The parties signed the act (referred to as the “harbour paper of the north”).",
    ),
    (
        "a list of sources prints headlines",
        'Sources\n\n"Harbour shut after soup is found in the pipes" — Herald, 2 May',
    ),
    (
        "what a word means: a definition",
        "In this act “harbour water” has the meaning given in Article 2.",
    ),
    (
        "posters with their years",
        "“Yes to dry feet and no to any more rain” (2008) and other posters.",
    ),
]


@pytest.mark.parametrize(
    "text", [row[1] for row in MARKED], ids=[row[0] for row in MARKED]
)
def test_marked_but_said_by_nobody(text):
    assert detect(text).quotes == ()
