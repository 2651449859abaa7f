"""Read lines of vertical type, which lie on their side on the turned page.

The recogniser reads upright characters that follow each other to the right. So a line is cut into
the cells of its characters and set anew. Brackets, ー and Latin words look on the turned page as
they do in level type: they stay as they lie. What cannot be told from a cell is read both ways.
"""

from collections.abc import Iterator, Sequence
from unicodedata import category

import cv2
import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.engine.recognizer import Recognizer
from pipeline.extract.ocr.engine.vertical_cells import FLAT, Cell, cut_cells, may_lie
from pipeline.extract.ocr.image.page_image import Grey
from pipeline.extract.ocr.layout.text_lines import InkLine, measure_margin
from pipeline.vocabulary.character_widths import half_form

_TYPED = {"，": "、"}  # standard: JIS X 4051, the comma of level type has no vertical form
_BARS, _WAVE = "一ー", "～"  # one shape, upright and lying; a wave that lies is mirrored
_POSSIBLE = 0.02  # probability; judgement: of a form that is worth another look
_MARK, _SMALL_KANA = 0.45, 0.75  # em; judgement: 、 and 。 are smaller than kana such as っ
_ASIDE = 0.1  # em; judgement: twice how far small kana stand off the middle, at the least
_BASE = 0.92  # em from the top; judgement: where 、, 。 and small kana end in level type
_FULL = 0.75  # judgement: authors type three of four single figures in full width
_RIGHT = 0.985  # measured: of the characters of four scans that nothing was tried on
_LOST = 0.5  # judgement: of the confidence of characters that do not fit into their cells


class VerticalRecognizer:
    """Reads lines of vertical type with a recogniser of level type."""

    def __init__(self, recognizer: Recognizer, em: float) -> None:
        """Wrap a recogniser, for a page whose type has a size of `em` pixels."""
        self._recognizer, self._em = recognizer, em

    def read(self, lines: Sequence[InkLine]) -> list[tuple[Character, ...]]:
        """Read the characters of each line, from left to right, without white space."""
        inked = [line for line in lines if line.dark.any()]
        lying = self._recognizer.read(inked)
        cut = [_SetLine.cut(*pair, self._em) for pair in zip(inked, lying, strict=True)]
        read = self._read(cut)
        doubtful = [index for index, line in enumerate(cut) if line.doubts]
        others = self._read([cut[i].lay_doubts() for i in doubtful])
        for i, other in zip(doubtful, others, strict=True):
            cut[i] = cut[i].settle(read[i], other)
        for i, own in zip(doubtful, self._read([cut[i] for i in doubtful]), strict=True):
            read[i] = own
        placed = (tuple(line.place_back(own)) for line, own in zip(cut, read, strict=True))
        return [next(placed) if line.dark.any() else () for line in lines]

    def _read(self, lines: Sequence["_SetLine"]) -> list[tuple[Character, ...]]:
        return self._recognizer.read([line.as_line() for line in lines])


class _SetLine(Struct, frozen=True):
    """A line that is cut into cells, to be set anew."""

    line: InkLine
    cells: Sequence[Cell]
    em: int

    @classmethod
    def cut(cls, line: InkLine, lying: Sequence[Character], em: float) -> "_SetLine":
        """Cut a line with ink; for the arguments see `cut_cells`."""
        cells, own = cut_cells(line, lying, em)
        return cls(line, cells, max(round(own), 4))

    @property
    def doubts(self) -> list[int]:
        """The cells that may lie the other way."""
        return [i for i, cell in enumerate(self.cells) if _POSSIBLE < cell.form < 1]

    def lay_doubts(self) -> "_SetLine":
        """Lay the doubtful cells the other way."""
        cells = [*self.cells]
        for i in self.doubts:
            cells[i] = replace(cells[i], lies=not cells[i].lies)
        return replace(self, cells=cells)

    def settle(self, reading: Sequence[Character], other: Sequence[Character]) -> "_SetLine":
        """Lay doubtful cells the way that reads surer; `other` is read with them the other way."""
        cells, laid = [*self.cells], self.lay_doubts()
        pairs = [*zip(self._measure(reading), laid._measure(other), strict=True)]
        for i in self.doubts:
            odds = [p / (1 - p) for p in pairs[i]]
            cell = (self if odds[0] >= odds[1] else laid).cells[i]
            cells[i] = replace(cell, sure=max(odds) / max(sum(odds), _POSSIBLE))
        return replace(self, cells=cells)

    def _measure(self, reading: Sequence[Character]) -> list[float]:
        """How sure the reading of each cell is, 0-1; 0 if it lies otherwise (∞ is an 8, ㎝ a 5)."""
        sure = [0.0] * len(self.cells)
        for index, own in zip(self._find_owners(reading), reading, strict=True):
            lies = self.cells[index].lies
            is_odd = category(own.text[0]) == "Sm" or "㌀" <= own.text <= "㏿"
            fits = may_lie(own.text) if lies else not is_odd
            sure[index] = min(sure[index] or 1.0, own.confidence * fits)
        return sure

    def as_line(self) -> InkLine:
        """The line set anew, with white around it."""
        cells = np.hstack([*self._set_cells()])
        image = np.pad(cells, measure_margin(self.em), constant_values=255)
        return InkLine(0, 0, image.shape[1], len(image), image)

    def place_back(self, reading: Sequence[Character]) -> Iterator[Character]:
        """The characters where they stand on the line; the less sure, the less they fit there."""
        edges, owners = self._edges, self._find_owners(reading)
        places = [self.cells[0].start, *(cell.end for cell in self.cells)]
        counts = np.bincount(owners, minlength=len(self.cells)) if owners else np.zeros(0)
        heights = [self._measure_height(cell) for cell in self.cells]
        lost = [not n and height for n, height in zip(counts, heights, strict=False)]
        for last, index, own in zip([-1, *owners], owners, reading, strict=False):
            cell = self.cells[index]
            space = own.space if cell.lies or index != last else 0.0  # none within figures abreast
            is_one = counts[index] == 1 or own.text.isascii() or own.text.isdigit()
            fits = is_one and not any(lost[max(index - 1, 0) : index + 2])
            x0, x1 = np.interp((own.x0, own.x1), edges, places).tolist()
            sure = _RIGHT * cell.sure * own.confidence * (1.0 if fits else _LOST)
            half, text = half_form(own.text), _TYPED.get(own.text, own.text)
            if text in _BARS:  # the way that a bar lies tells what its shape does not
                is_wave = cell.lies and heights[index] > FLAT * self.em
                text = _WAVE if is_wave else _BARS[cell.lies]
            elif cell.lies and half and half.isalnum():
                text = half
            elif half and half.isdigit() and counts[index] == 1:  # no room or shape tells its width
                own = replace(own, others=((half, (1 - _FULL) * sure), *own.others), shape=0.0)
                sure *= _FULL
            yield replace(own.read_as("vertical", text), x0=x0, x1=x1, confidence=sure, space=space)

    def _find_owners(self, reading: Sequence[Character]) -> list[int]:
        """The cell of each character."""
        owners = np.searchsorted(self._edges[1:-1], [own.middle for own in reading], side="right")
        return [int(owner) for owner in owners]

    @property
    def _edges(self) -> NDArray[np.int_]:
        """The sides of the cells on the line set anew, in pixels."""
        widths = [part.shape[1] for part in self._set_cells()]
        return measure_margin(self.em) + np.cumsum([0, *widths])

    def _measure_height(self, cell: Cell) -> int:
        """The height of the ink in a cell, as it lies, in pixels; 0 without ink."""
        return cv2.boundingRect(self.line.dark[:, cell.start : cell.end].astype(np.uint8))[3]

    def _set_cells(self) -> Iterator[Grey]:
        _, top, _, height = cv2.boundingRect(self.line.dark.astype(np.uint8))
        middle, last = self.em + round(top + height / 2), len(self.cells) - 1
        ends, margin = [Cell(0, 0), *self.cells, Cell(0, 0)], measure_margin(self.em)
        band = np.pad(self.line.image, ((self.em,) * 2, (0, 0)), constant_values=255)
        for index, cell in enumerate(self.cells):
            own = 0 if cell.lies else self._measure_height(cell)
            top = middle - max(self.em, own) // 2  # figures abreast may be wider than an em
            part = band[top : top + max(self.em, own), cell.start : cell.end]
            if own:
                part = _set_upright(part, self.em, (index > 0) - (index < last))
            if cell.lies:  # white parts it from what stands upright
                sides = [margin * (not near.lies) for near in (ends[index], ends[index + 2])]
                part = np.pad(part, ((0, 0), sides), constant_values=255)
            yield part


def _set_upright(cell: Grey, em: int, side: int) -> Grey:
    """Turn a cell upright, in a square; of the line's first and last one white may be missing."""
    length = min(cell.shape[1], em)
    cell = np.asarray(cv2.resize(cell, (length, em), interpolation=cv2.INTER_AREA), np.uint8)
    before = (em - length) * (1 - side) // 2
    cell = np.pad(cell, ((0, 0), (before, em - length - before)), constant_values=255)
    upright = np.ascontiguousarray(np.rot90(cell, -1))
    x, y, width, height = cv2.boundingRect((upright < 128).astype(np.uint8))
    off, high, size = 2 * x + width - em, em - 2 * y - height, max(width, height)
    if off <= _ASIDE * em or size > _SMALL_KANA * em:
        return upright
    is_mark = size < _MARK * em and high > _ASIDE * em
    # 、 and 。 stand at the top right, in level type at the bottom left; small kana at the right,
    # in level type below the middle.
    left, bottom = em - x - width if is_mark else (em - width) // 2, round(_BASE * em)
    moved = np.full_like(upright, 255)
    moved[bottom - height : bottom, left : left + width] = upright[y : y + height, x : x + width]
    return moved
