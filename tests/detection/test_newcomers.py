"""Somebody new is taken apart into office, name and body, or left as they stand."""

import pytest

from statements.detection.newcomers import apart, body_behind

NAMES = [
    ("Harbour Master Ilse Brankov", ("Harbour Master", "Ilse Brankov")),
    ("Ilse Brankov", ("", "Ilse Brankov")),
    # Two given names are no office.
    ("Anna Maria Lund", ("", "Anna Maria Lund")),
    # The family's name first, as in Hungary.
    ("Okafor Ilse", ("", "Okafor Ilse")),
    ("Harbour Master", ("", "Harbour Master")),
    ("", ("", "")),
]


@pytest.mark.parametrize(("printed", "halves"), NAMES)
def test_an_office_before_a_name_is_taken_apart(printed, halves):
    assert apart(printed) == halves


BEHIND = [
    ("| of the Port Authority of Skerrow on Monday", "Port Authority of Skerrow"),
    ("| of the Committee for Pilots and Lamps.", "Committee for Pilots and Lamps"),
    ("| at Harrow University, who", "Harrow University"),
    # A place is no body, and what comes later is not hers.
    ("| of Skerrow", ""),
    ("|, of the Port Authority", ""),
    ("| said of the Port Authority", ""),
    ("|", ""),
]


@pytest.mark.parametrize(("text", "body"), BEHIND)
def test_a_body_behind_a_name_is_read(text, body):
    assert body_behind(text.replace("|", ""), text.index("|")) == body
