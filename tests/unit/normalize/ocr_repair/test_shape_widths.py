"""Digits of one shape have one width in a document."""

import pytest
from msgspec.structs import replace

from pipeline.model import InkShape, Repair
from pipeline.normalize.ocr_repair.characters import Character, FieldText
from pipeline.normalize.ocr_repair.shape_widths import share_widths

HALF, FULL = 0.62, 0.64  # width over height: the inks of 5 and ５ in a proportional font


def write(text: str, shape: float = 0.0, confidence: float = 0.999) -> FieldText:
    """A line whose digits have one shape."""
    inks = [InkShape(shape if c in "5５" else 0.9) for c in text]
    return [Character(c, confidence, "", 0, ink) for c, ink in zip(text, inks, strict=True)]


SURE = [*[write("第5条", HALF)] * 9, *[write("第５条", FULL)] * 9]


@pytest.mark.parametrize(("shape", "read", "made"), [(HALF, "５", "5"), (FULL, "5", "５")])
@pytest.mark.parametrize("behind", ["", "特定"])
def test_a_digit_at_a_lines_start_has_the_width_of_those_of_its_shape(
    shape: float, read: str, made: str, behind: str
) -> None:
    *_, settled = share_widths([*SURE, write(read + behind, shape, 0.95)])
    assert settled[0].text == made
    assert settled[0].repairs == (Repair("shape", read, made),)
    assert settled[0].confidence <= 0.9


def test_a_digit_behind_white_space_has_the_width_of_those_of_its_shape() -> None:
    *_, settled = share_widths([*SURE, write("Ⅲ　５　リスク", HALF, 0.9)])
    assert settled[2].text == "5"


@pytest.mark.parametrize("sure", [0.999, 0.97])
def test_a_digit_whose_room_was_seen_stays(sure: float) -> None:
    *_, settled = share_widths([*SURE, write("第５条", 0.63, sure)])
    assert "".join(character.text for character in settled) == "第５条"


@pytest.mark.parametrize(("room", "made"), [(0.5, "５"), (0.625, "5")])
def test_where_white_is_around_numbers_a_single_digit_has_a_wide_ones_room(
    room: float, made: str
) -> None:
    """Word sets a quarter of an em around 15 and around 5, so 条例第5条 became 条例第５条."""
    rooms = (1.0, room, 0.5, room, 1.0)
    number = [replace(c, room=x) for c, x in zip(write("約150人"), rooms, strict=True)]
    *_, settled = share_widths([*SURE, *[number] * 4, write("第５条", HALF, 0.998)])
    assert settled[1].text == made


def test_one_shape_of_both_widths_says_nothing() -> None:
    alike = [*[write("第5条", HALF)] * 3, *[write("第５条", HALF)] * 30]
    *_, settled = share_widths([*alike, write("第5条", HALF, 0.7)])
    assert settled[1].text == "5"
    assert settled[1].confidence == pytest.approx(0.7, abs=0.05)


def test_a_shape_that_nothing_shares_says_nothing() -> None:
    *_, settled = share_widths([*SURE, write("第５条", 0.75, 0.7)])
    assert settled[1].text == "５"
    assert settled[1].confidence == pytest.approx(0.7, abs=0.01)


def test_other_characters_and_text_of_the_pdf_stay() -> None:
    others = [write("個人"), write("５個", 0.0, 1.0)]
    assert share_widths([*SURE, *others])[-2:] == others


@pytest.mark.parametrize(("rise", "made"), [(-0.005, "7"), (0.025, "７")])
def test_digits_of_one_width_stand_equally_high(rise: float, made: str) -> None:
    """The height of other digits tells the width of one that is drawn alike in both."""

    def stand(text: str, height: float, confidence: float = 0.999) -> FieldText:
        return [replace(c, shape=InkShape(HALF, height)) for c in write(text, HALF, confidence)]

    sure = [*[stand("第5条", -0.005)] * 9, *[stand("第５条", 0.025)] * 9]
    *_, settled = share_widths([*sure, stand("第７条", rise, 0.6)])
    assert settled[1].text == made


def test_digits_that_were_read_wrong_count_for_their_own_width() -> None:
    """They hid where the digits of the other width stand, so that one more stayed wrong."""

    def stand(text: str, height: float, confidence: float) -> FieldText:
        return [replace(c, shape=InkShape(HALF, height)) for c in write(text, HALF, confidence)]

    half = [stand("第5条", -0.01, 0.99)] * 40
    full = [*[stand("第５条", 0.03, 0.99)] * 12, *[stand("第5条", 0.03, 0.7)] * 12]
    *_, settled = share_widths([*half, *full, stand("第7条", 0.03, 0.9)])
    assert settled[1].text == "７"


def test_the_tail_of_a_q_says_nothing_of_its_width() -> None:
    def stand(text: str, rise: float, confidence: float) -> FieldText:
        return [Character(c, confidence, "", 0, InkShape(0.9, rise)) for c in text]

    digits = [stand("第5条", -0.005, 0.99)] * 18 + [stand("第５条", 0.025, 0.99)] * 9
    questions = [stand("第Ｑ条", -0.055, 0.7)] * 10
    *_, settled = share_widths([*digits, *questions, stand("第Q条", -0.055, 0.6)])
    assert settled[1].text == "Q"


@pytest.mark.parametrize(("read", "made"), [("Ｄ", "Ｄ"), ("５", "5")])
def test_only_a_digit_alone_is_seen_too_wide(read: str, made: str) -> None:
    alone = Character(read, 0.7, "", 0, InkShape(0.9))
    (settled,) = share_widths([[alone]])
    assert settled[0].text == made
