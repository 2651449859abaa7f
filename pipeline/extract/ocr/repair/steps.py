"""Repair recognised lines with knowledge that the recogniser lacks, step by step.

Each step takes a line and returns it. It changes only the characters that it is about, and adds a
receipt to each character that it changes.
"""

from collections.abc import Sequence

from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.repair.character_width import choose_widths
from pipeline.extract.ocr.repair.font_metrics import measure_type_metrics
from pipeline.extract.ocr.repair.known_words import correct_headers, read_numerals
from pipeline.extract.ocr.repair.spacing import restore_spacing


def repair_lines(
    lines: Sequence[Sequence[Character]], sizes: Sequence[float]
) -> list[list[Character]]:
    """Repair the lines of one page, then restore their boxes and spaces (see `restore_spacing`).

    Args:
        lines: The lines as recognised.
        sizes: The size of each line's type by the height of its ink, in pixels.
    """
    types = measure_type_metrics(lines, sizes)
    return [
        restore_spacing(repair_line(line), metrics)
        for line, metrics in zip(lines, types, strict=True)
    ]


def repair_line(line: Sequence[Character]) -> list[Character]:
    """Repair one line step by step."""
    repaired = list(line)
    for step in (read_numerals, correct_headers, choose_widths):
        repaired = step(repaired)
    return repaired
