"""The whole way of a statement: paste, find, accept, review, publish, read."""

from __future__ import annotations

import pytest

from statements.editorial import suggesting
from statements.models import Article, Edition, Quote, Spokesperson

pytestmark = pytest.mark.django_db

PASTED = """\
Embed share
Spokesperson Ilse Okafor of the Ministry of Foreign Affairs spoke in Harrowmere.
“The ferries will sail,” said Okafor. “We recall S/RES/2417 (2018) today.”
The strait was calm."""


def test_from_a_pasted_text_to_a_public_page(edgar, amina, petra, client, resolution):
    response = edgar.new(title="The ferries will sail", body=PASTED, action="quotes")
    edition = Edition.objects.get()
    assert "Left out, since it is no part of the text: Embed share" in (
        edgar.client.get(response.url).content.decode()
    )

    found = suggesting.suggest(edition)
    assert len(found.quotes) == 2
    assert len(found.citations) == 1
    first, second = (each.key for each in found.quotes)
    cited = found.citations[0].key
    edgar.send(
        edition,
        "quotes",
        "decide",
        **{
            f"{first}-do": "accept",
            f"{first}-who": "new",
            f"{first}-new_name": "Ilse Okafor",
            f"{first}-new_organization": "Ministry of Foreign Affairs",
            f"{first}-new_office": "Spokesperson",
            f"{second}-do": "accept",
            f"{second}-who": "new",
            f"{second}-new_name": "Ilse Okafor",
            f"{cited}-do": "accept",
            f"{cited}-symbol": "S/RES/2417 (2018)",
        },
    )
    edgar.send(edition, "review", "submit")
    # Edgar wrote it, so Petra reads and approves.
    petra.client.get(response.url)
    petra.send(edition, "review", "approve")
    assert "Nothing stands against publication." in petra.page(edition, "publish")
    petra.send(edition, "publish", "publish")

    article = Article.objects.published().get()
    page = client.get(article.get_absolute_url())
    assert page.status_code == 200
    words = page.content.decode()
    assert "Ilse Okafor" in words
    assert "Embed share" not in words
    okafor = Spokesperson.objects.get()
    quote = Quote.objects.public().earliest("start")
    assert quote.appointment is not None
    for row in (quote, okafor, resolution, quote.organization):
        answer = client.get(row.get_absolute_url())
        assert answer.status_code == 200
        assert "The ferries will sail" in answer.content.decode()
