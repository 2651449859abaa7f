"""How far the box of a character extends on both sides of its ink."""

from pipeline.extract.ocr.repair.font_metrics import TypeMetrics
from pipeline.vocabulary.character_widths import is_ideograph, is_kana, reaches

_NARROW_MARK = 0.55  # em; judgement: the width of full-width marks in a proportional font


def find_box_extent(form: str, metrics: TypeMetrics) -> tuple[float, float]:
    """How far a character's box extends left and right of the middle of its ink, in em."""
    full = 1.0
    if metrics.is_proportional and is_kana(form):
        full = metrics.kana
    elif metrics.is_proportional and not (is_ideograph(form) or form.isalnum()):
        full = _NARROW_MARK
    return reaches(form, full, metrics.half)
