"""Cards: whatever the words are, a picture of one size, or none of the words."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image, ImageChops

from statements.exchange import cards
from statements.exchange.cards import Card

CARD = Card(
    kicker="Quote",
    words="The ferries will sail by day and by night",
    quoted=True,
    name="Ilse Okafor",
    office="Spokesperson, Ministry of Foreign Affairs",
    foot="Newsroom · 2 March 2026",
)
#: The part of the picture where the words stand.
WORDS = (90, 90, 1200, 440)


def picture(card: Card) -> Image.Image:
    drawn = cards.draw(card)
    assert len(drawn) < 60_000
    found = Image.open(io.BytesIO(drawn)).convert("RGB")
    assert found.size == (1200, 630)
    return found


def empty(part: Image.Image) -> bool:
    return len(part.getcolors() or []) == 1


def test_the_words_stand_in_their_room_and_nothing_beyond_the_edge():
    found = picture(CARD)
    assert not empty(found.crop(WORDS))
    assert empty(found.crop((1110, 0, 1200, 545)))
    assert empty(picture(replace(CARD, words="")).crop(WORDS))


@pytest.mark.parametrize("signs", ["المضيق مفتوح", "海峡开放", "The strait 🚢 is open"])
def test_words_with_a_sign_that_the_fonts_lack_are_left_out_whole(signs):
    found, without = (picture(replace(CARD, words=words)) for words in (signs, ""))
    assert ImageChops.difference(found, without).getbbox() is None


@pytest.mark.parametrize(
    "words",
    [
        "x" * 100_000,
        "W " * 50_000,
        "“" * 900,
        "\u202e\u0000\u0301 abc",
        "a\n\n\tb",
        "—",
    ],
    ids=["one word", "many", "marks", "steering signs", "lines", "one sign"],
)
def test_hostile_sizes_stay_within_the_picture(words):
    found = picture(replace(CARD, words=words, name=words, office=words, foot=words))
    assert empty(found.crop((1112, 0, 1200, 545)))


def test_letters_with_accents_are_drawn_and_not_left_out():
    plain, accented = (
        picture(replace(CARD, words=words)) for words in ("Lodz zolc", "Łódź żółć")
    )
    assert not empty(accented.crop(WORDS))
    assert ImageChops.difference(plain, accented).getbbox() is not None


def test_what_has_no_room_is_cut_after_a_whole_word():
    face = cards._Face("newsreader", 42, 400)
    text = "The ferries will sail, " * 40
    cut = cards._cut(text, face)
    assert cut.endswith("…")
    assert cut.removesuffix("…").split()[-1] in {"The", "ferries", "will", "sail"}
    assert face.width(cut) <= 1008


def test_the_digest_is_of_all_that_is_on_it():
    others = [
        replace(CARD, **{name: "other"})
        for name in ("kicker", "words", "name", "office", "foot")
    ]
    digests = {card.digest for card in [CARD, replace(CARD, quoted=False), *others]}
    assert len(digests) == 7
    assert replace(CARD).digest == CARD.digest
