"""How far the box of a character extends on both sides of its ink."""

from pipeline.extract.ocr.repair.font_metrics import TypeMetrics
from pipeline.vocabulary.character_widths import EVEN, is_ideograph, is_kana, reaches

_NARROW_MARK = 0.55  # em; judgement: the width of full-width marks in a proportional font
_WIDE_MARKS = frozenset("%@&")  # wider than half an em in most Latin fonts
_BROAD = frozenset("％＠＆＜＞")  # hardly narrower than one em in proportional fonts
_BROAD_HALF = 0.8  # em; judgement: the width of % @ & in most Latin fonts


def find_box_extent(form: str, metrics: TypeMetrics) -> tuple[float, float]:
    """How far a character's box extends left and right of the middle of its ink, in em."""
    full, half = 1.0, metrics.half
    if metrics.is_proportional and form not in _BROAD and not _is_square(form):
        full = metrics.kana if is_kana(form) else _NARROW_MARK
    if form in _WIDE_MARKS and metrics.half > EVEN:
        half = _BROAD_HALF
    return reaches(form, full, half)


def _is_square(form: str) -> bool:
    """Whether a form is about as wide as high: a kanji, a letter or a digit."""
    return is_ideograph(form) or form.isalnum()
