"""The page of a topic: its statements, who speaks in them and what they cite."""

from __future__ import annotations

import pytest

from statements.public import topics

from .test_offices import shown

pytestmark = pytest.mark.django_db


def test_a_topic_names_who_spoke_on_it_and_what_is_cited_with_it(
    client, make_public, okafor, resolution, monkeypatch
):
    for number in (1, 2):
        make_public(number)
    make_public(3, tags=["Tides"])
    page = shown(client, "/topics/ferries/")
    assert page.endswith(
        "Who spoke on it Ilse Okafor 2 Resolutions cited with it S/RES/2417 (2018) 2"
    )
    found = client.get("/topics/ferries/").text
    assert f'href="{okafor.get_absolute_url()}?topic=ferries#said"' in found
    assert f'href="{resolution.get_absolute_url()}"' in found
    assert 'href="/feeds/topics/ferries.atom"' in found
    assert 'href="/following/?topic=ferries"' in found
    # Counted in the newest alone, and told so once there are others.
    monkeypatch.setattr(topics, "RECENT", 1)
    monkeypatch.setattr(topics, "SIZE", 1)
    assert shown(client, "/topics/ferries/").endswith(
        "Who spoke on it Ilse Okafor 1 Resolutions cited with it S/RES/2417 (2018) 1 "
        "Counted in its 1 newest statements."
    )
