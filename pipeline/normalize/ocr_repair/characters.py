"""The characters of a field's lines as the repairs read and change them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise, repeat
from math import log

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model import InkShape, Line, Repair
from pipeline.model.log_odds import probability
from pipeline.vocabulary.character_widths import full_form, half_form, is_full

_SUREST = 0.9999  # confidence; judgement: keeps the logarithm finite
_BY_OTHERS = 0.9  # confidence; judgement: a width that only other characters tell is not surer


def characters_confidence(lines: Iterable[Line]) -> float:
    """The probability that all characters of some lines are right, 0-1."""
    confidence = 1.0
    for line in lines:
        for spelled, own in zip(line.text, line.confidences, strict=False):
            confidence *= own if not spelled.isspace() else 1.0
    return confidence


class Character(Struct, frozen=True):
    """A character of a field."""

    text: str
    confidence: float
    """0-1; 1.0 where it is text of the PDF."""
    others: str
    """What else the recogniser thought of, the likeliest first."""
    line: int
    """Index of its physical line in the field."""
    shape: InkShape
    room: float = 0.0
    """The width of its box, in em."""
    repairs: tuple[Repair, ...] = ()

    def read_as(self, step: str, text: str) -> "Character":
        """Read the character as another one; what it was read as is no likelier now."""
        confidence = max(self.confidence, 1 - self.confidence)
        others = self.text + self.others.replace(text, "")
        repairs = (*self.repairs, Repair(step, self.text, text))
        return replace(self, text=text, confidence=confidence, others=others, repairs=repairs)


FieldText = list[Character]
"""All characters of one field."""


def read_characters(lines: Sequence[Line]) -> FieldText:
    """Read the characters of a field's lines; those of the PDF's text have confidence 1.0."""
    characters = []
    for index, line in enumerate(lines):
        confidences = line.confidences or (1.0,) * len(line.text)
        others = line.alternatives or ("",) * len(line.text)
        shapes = line.shapes or (InkShape(),) * len(line.text)
        rooms = [(end - start) / line.size for start, end in pairwise(line.edges)]
        seen = zip(line.text, confidences, others, repeat(index), shapes, rooms, strict=False)
        characters += [Character(*own) for own in seen]
    return characters


def write_lines(lines: Sequence[Line], text: Sequence[Character]) -> tuple[Line, ...]:
    """Write the repaired characters into their lines; lines of the PDF's text stay as they are."""
    by_line: dict[int, FieldText] = defaultdict(list)
    for character in text:
        by_line[character.line].append(character)
    return tuple(
        _rewrite_line(line, by_line[index]) if line.confidences else line
        for index, line in enumerate(lines)
    )


def _rewrite_line(line: Line, characters: Sequence[Character]) -> Line:
    return replace(
        line,
        text="".join(character.text for character in characters),
        confidences=tuple(character.confidence for character in characters),
        alternatives=tuple(character.others for character in characters),
        repairs=(*line.repairs, *(repair for own in characters for repair in own.repairs)),
    )


def is_letter(text: str) -> bool:
    """Whether a reading is a kanji or a kana."""
    return text.isalpha() and full_form(text) is None


def measure_odds(character: Character) -> float:
    """The log-odds of full width of a character that has two forms."""
    confidence = min(character.confidence, _SUREST)
    odds = max(log(confidence / (1 - confidence)), 0.0) if confidence > 0 else 0.0
    return odds if is_full(character.text) else -odds


def set_width(step: str, character: Character, odds: float) -> Character:
    """Give a recognised character the likelier width, by its log-odds of full width."""
    forms = full_form(character.text), half_form(character.text)
    form = forms[odds <= 0] or character.text
    confidence = min(probability(abs(odds)), _SUREST)
    if character.confidence >= 1.0:
        return character
    if form != character.text:
        return replace(character.read_as(step, form), confidence=min(confidence, _BY_OTHERS))
    # The doubt may be about the letter. Brackets differ too little for others to tell them.
    if character.others[:1] not in forms or not form.isalnum():
        confidence = min(character.confidence, confidence)
    return replace(character, confidence=confidence)
