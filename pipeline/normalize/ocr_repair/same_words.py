"""Read a doubtful character such that the annex has the words around it elsewhere, read surely.

Comments and answers quote each other: 庁内横断的 stands in several cells, 庁丙横断的 in none.
"""

from collections.abc import Sequence

from pipeline.normalize.ocr_repair.characters import FieldText, is_letter
from pipeline.vocabulary.character_widths import half_form

_SURE = 0.99  # confidence; judgement: of the words that are read elsewhere
_UNSURE = 0.98  # confidence; judgement: a character that is surer stays, whatever stands elsewhere
_REACH = 2  # characters on each side; judgement: three that are alike are words


def read_same_words(texts: Sequence[FieldText]) -> list[FieldText]:
    """Read each doubtful character of the texts that fits nowhere as one that does; digits stay."""
    written = [[character for character in text if character.text.strip()] for text in texts]
    known = {
        tuple(character.text for character in word)
        for text in written
        for word in zip(text, text[1:], text[2:], strict=False)
        if min(character.confidence for character in word) >= _SURE
    }
    return [_read_text(text, known) for text in texts]


def _read_text(text: FieldText, known: set[tuple[str, ...]]) -> FieldText:
    read = list(text)
    written = [index for index, character in enumerate(text) if character.text.strip()]
    for place, index in enumerate(written):
        character = text[index]
        if character.confidence < _UNSURE and not (half_form(character.text) or "").isdigit():
            around = written[max(place - _REACH, 0) : place + _REACH + 1]
            for letter in (character.text, *filter(is_letter, character.others)):
                spelled = [letter if i == index else read[i].text for i in around]
                if known.intersection(zip(spelled, spelled[1:], spelled[2:], strict=False)):
                    if letter != character.text:
                        read[index] = character.read_as("same words", letter)
                    break
    return read
