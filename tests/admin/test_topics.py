"""Topics are typed in one line, and a comma inside one does not cut it."""

import pytest

from statements.admin import topics


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("", []),
        (" , ,", []),
        ("Northern Strait", ["Northern Strait"]),
        ("Northern Strait,  Youth", ["Northern Strait", "Youth"]),
        (
            'Youth, "Women, peace and security"',
            ["Youth", "Women, peace and security"],
        ),
        ("“Women, peace and security”, Youth", ["Women, peace and security", "Youth"]),
        ("Youth\rFish,\nIce", ["Youth Fish", "Ice"]),
        ('"never closed, Youth', ["never closed, Youth"]),
    ],
)
def test_topics_are_read_from_a_line(line, names):
    assert topics.read(line) == names


def test_what_is_written_is_read_again():
    names = ["Northern Strait", "Women, peace and security", "Youth"]
    assert topics.read(topics.written(names)) == names
