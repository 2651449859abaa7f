"""Correct words that are known: headers, and words with kanji that the recogniser lacks."""

from collections.abc import Sequence

from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.repair.font_metrics import TypeMetrics
from pipeline.extract.ocr.repair.replacement import replace_text
from pipeline.vocabulary.header_words import match_role
from pipeline.vocabulary.lookalikes import lookalikes

_MAX_HEADER = 12  # characters; judgement: headers are not longer
# Probability from which a known header is accepted; judgement: low, since the word supports it.
_MIN_HEADER_PROBABILITY = 0.01


def correct_untrained_words(line: Sequence[Character], metrics: TypeMetrics) -> list[Character]:
    """Correct words with kanji that the recogniser was hardly trained with: 進捗."""
    repaired = list(line)
    for before, read, _, corrected in lookalikes().unlearned:
        for index in range(1, len(line)):
            if line[index - 1].text == before and line[index].text in read:
                repaired[index] = replace_text(line[index], "unlearned", corrected)
    return repaired


def correct_headers(line: Sequence[Character], metrics: TypeMetrics) -> list[Character]:
    """Correct one character of a line if that makes it a known header: 誤 instead of 器.

    A header is a few characters without a sentence around them, and a whole table depends on it.
    Long lines and lines that are a known header already are left unchanged.
    """
    text = "".join(character.text for character in line)
    if len(line) > _MAX_HEADER or _is_header(text):
        return list(line)
    for index, character in enumerate(line):
        for other, chance in character.others:
            if chance > _MIN_HEADER_PROBABILITY and _is_header(
                text[:index] + other + text[index + 1 :]
            ):
                return [*line[:index], replace_text(character, "header", other), *line[index + 1 :]]
    return list(line)


def _is_header(text: str) -> bool:
    match = match_role(text)
    return match is not None and match.manner == 0
