"""Repair recognised lines with knowledge that the recogniser lacks, step by step.

Each step takes a line and returns it. A step changes only the characters that it is about, and adds
a receipt to each character that it changes.
"""

from collections.abc import Sequence

from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.repair.character_width import choose_widths
from pipeline.extract.ocr.repair.font_metrics import measure_begins, measure_type_metrics
from pipeline.extract.ocr.repair.marks import drop_specks, read_marks
from pipeline.extract.ocr.repair.spacing import restore_spacing


def repair_lines(
    lines: Sequence[Sequence[Character]], sizes: Sequence[float], places: Sequence[float]
) -> list[list[Character]]:
    """Repair the lines of one page, then restore their boxes and spaces (see `restore_spacing`).

    The places are where the lines' pictures begin on the page, in pixels.
    A line that a sound text layer gives is not repaired: its widths are those of the file.
    """
    types = measure_type_metrics(lines, sizes)
    begins = measure_begins(lines, types, places)
    repaired = [
        line
        if any(character.given for character in line)
        else choose_widths(read_marks(drop_specks(line, metrics.em)), metrics, begins - place)
        for line, metrics, place in zip(lines, types, places, strict=True)
    ]
    return [restore_spacing(line, metrics) for line, metrics in zip(repaired, types, strict=True)]
