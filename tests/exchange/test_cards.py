"""Cards: whatever the words are, a picture of one size, or none of the words."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image, ImageChops, features

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
WORDS = (90, 90, 1180, 440)


def picture(card: Card) -> Image.Image:
    drawn = cards.draw(card)
    assert len(drawn) < 60_000
    found = Image.open(io.BytesIO(drawn)).convert("RGB")
    assert found.size == (1200, 630)
    return found


def inked(part: Image.Image) -> tuple[int, int, int, int]:
    """Where it differs from its corner by more than the palette rounds."""
    ground = Image.new("RGB", part.size, part.getpixel((0, 0)))
    apart = ImageChops.difference(part, ground).convert("L")
    return apart.point(lambda value: 255 * (value > 60)).getbbox()


def empty(part: Image.Image) -> bool:
    return len(part.getcolors() or []) == 1


def test_the_words_stand_in_their_room_and_nothing_beyond_the_edge():
    found = picture(CARD)
    assert not empty(found.crop(WORDS))
    assert empty(found.crop((1110, 0, 1200, 545)))
    assert empty(picture(replace(CARD, words="")).crop(WORDS))


@pytest.mark.parametrize(
    "signs", ["המצר פתוח", "海峡开放", "المضيق 海峡", "The strait 🚢 is open"]
)
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


joins = pytest.mark.skipif(
    not features.check("fribidi"), reason="The system has no FriBiDi to order lines."
)
ARABIC = replace(
    CARD,
    kicker="اقتباس",
    words="المضيق مفتوح بموجب القرار 2417 (2018)",
    foot="Newsroom · 2 آذار/مارس 2026",
)


@joins
def test_a_card_whose_words_run_from_right_to_left_is_turned_round():
    found = picture(ARABIC)
    assert not empty(found.crop(WORDS))
    assert not empty(found.crop((1170, 0, 1200, 630)))
    assert empty(found.crop((0, 0, 90, 630)))
    assert not empty(picture(CARD).crop((0, 0, 90, 630)))
    # All lines end where an English card begins them, and none goes further.
    for top in (48, 452, 496, 570):
        line = found.crop((0, top, 1180, top + 44))
        assert 1090 < inked(line)[2] < 1108


@joins
def test_arabic_letters_are_joined_and_lines_are_ordered():
    face = cards._ArabicFace(64, 400)
    assert face.width("المضيق") < 0.9 * sum(map(face.width, "المضيق"))
    # The line is the card's: the site's Latin name stands right of the day.
    second, fifth = (
        picture(replace(ARABIC, foot=f"Newsroom · {day} آذار/مارس")) for day in "25"
    )
    left, _, right, _ = inked(ImageChops.difference(second, fifth))
    assert 900 < left < right < 990


def test_without_what_joins_letters_arabic_is_left_out_whole(monkeypatch):
    found = []
    for present in (True, False):
        cards._drawn.cache_clear()
        monkeypatch.setattr(features, "check", lambda name, present=present: present)
        found.append(empty(picture(ARABIC).crop(WORDS)))
    cards._drawn.cache_clear()
    assert found == [False, True]


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
