"""Read a doubtful character such that the annex has the words around it elsewhere, read surely.

Comments, answers and passages quote each other: 庁内横断的 stands in several cells, 庁丙横断的 in
none.
"""

from collections.abc import Iterator, Sequence

from pipeline.normalize.ocr_repair.characters import Character, FieldText, is_letter
from pipeline.vocabulary.character_widths import half_form

_SURE = 0.99  # confidence; judgement: of the words that are read elsewhere
_UNSURE = 0.98  # confidence; judgement: a character that is surer stays, whatever stands elsewhere
_WORDS = 3  # characters; judgement: two turn up in any text
_FITTING = 2  # words with the character in them; judgement: of four characters, chance has no more


def read_same_words(texts: Sequence[FieldText]) -> list[FieldText]:
    """Read each doubtful character of the texts that fits nowhere as one that does; digits stay."""
    known = {words for text in texts for words in _list_sure_words(text)}
    return [_read_text(text, known) for text in texts]


def _list_sure_words(text: FieldText) -> Iterator[str]:
    written = [character for character in text if character.text.strip()]
    for start in range(len(written) - _WORDS + 1):
        words = written[start : start + _WORDS]
        if all(character.confidence >= _SURE for character in words):
            yield "".join(character.text for character in words)


def _read_text(text: FieldText, known: set[str]) -> FieldText:
    read = list(text)
    written = [index for index, character in enumerate(text) if character.text.strip()]
    for place, index in enumerate(written):
        character = text[index]
        if character.confidence < _UNSURE and not (half_form(character.text) or "").isdigit():
            first = max(place - _WORDS + 1, 0)
            before = "".join(read[i].text for i in written[first:place])
            after = "".join(read[i].text for i in written[place + 1 : place + _WORDS])
            letter = _find_fitting(before, character, after, known)
            if letter != character.text:
                confidence = max(character.confidence, 1 - character.confidence)
                read[index] = character.read_as("same words", letter, confidence)
    return read


def _find_fitting(before: str, character: Character, after: str, known: set[str]) -> str:
    def count(letter: str) -> int:
        around = before + letter + after
        words = (around[start : start + _WORDS] for start in range(len(around) - _WORDS + 1))
        return sum(own in known for own in words)

    if count(character.text):
        return character.text
    fitting = (o for o in character.others if is_letter(o) and count(o) >= _FITTING)
    return next(fitting, character.text)
