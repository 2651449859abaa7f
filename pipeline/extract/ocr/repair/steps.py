"""Repair recognised lines with knowledge that the recogniser lacks, step by step.

Each step takes a line and returns it. It changes only the characters that it is about, and adds a
receipt to each character that it changes. The steps know the size of the type (`TypeMetrics`),
since many look-alikes differ in size: ょ and よ, ④ and 4, ＜ and く.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from pipeline.extract.ocr.engine.calibration import calibrate
from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.repair.character_width import choose_widths
from pipeline.extract.ocr.repair.font_metrics import TypeMetrics, measure_type_metrics
from pipeline.extract.ocr.repair.kana import distinguish_katakana, distinguish_small_kana
from pipeline.extract.ocr.repair.known_words import correct_headers, correct_untrained_words
from pipeline.extract.ocr.repair.numerals import join_roman_numerals, restore_roman_numerals
from pipeline.extract.ocr.repair.spacing import restore_spacing
from pipeline.extract.ocr.repair.symbols import (
    distinguish_dashes,
    distinguish_middle_dots,
    drop_ruling_fragments,
    restore_large_symbols,
    restore_square_metres,
)

Step = Callable[[Sequence[Character], TypeMetrics], list[Character]]


def repair_lines(
    lines: Sequence[Sequence[Character]],
    sizes: Sequence[float],
    margins: Sequence[float | None],
) -> list[list[Character]]:
    """Repair the lines of one page, then restore their boxes and spaces (see `restore_spacing`).

    Args:
        lines: The lines as recognised.
        sizes: The size of each line's type by the height of its ink, in pixels.
        margins: Where the lines around begin, in pixels from each line's left; None: unknown.
    """
    types = [
        replace(metrics, margin=margin)
        for metrics, margin in zip(measure_type_metrics(lines, sizes), margins, strict=True)
    ]
    repaired = [repair_line(line, metrics) for line, metrics in zip(lines, types, strict=True)]
    settled = choose_widths(repaired, types)
    return [
        restore_spacing(calibrate(line), metrics)
        for line, metrics in zip(settled, types, strict=True)
    ]


def repair_line(line: Sequence[Character], metrics: TypeMetrics) -> list[Character]:
    """Repair one line step by step, except for character widths, which need the whole page."""
    steps: tuple[Step, ...] = (
        drop_ruling_fragments,
        restore_square_metres,
        join_roman_numerals,
        restore_roman_numerals,
        restore_large_symbols,
        distinguish_small_kana,
        distinguish_katakana,
        distinguish_middle_dots,
        distinguish_dashes,
        correct_untrained_words,
        correct_headers,
    )
    repaired = list(line)
    for step in steps:
        repaired = step(repaired, metrics)
    return repaired
