"""Part a header that stands in one cell over the columns of the rows below.

On a scan, black rulings on the dark ground of a header are lost: with them all its columns.
"""

from bisect import bisect
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from pipeline.extract.pdf.glyphs import Glyphs
from pipeline.extract.tables.borderless.words import Word
from pipeline.extract.tables.cells import Face
from pipeline.extract.tables.frames import Frame
from pipeline.extract.tables.unparted_columns import read_face
from pipeline.vocabulary.header_roles import HeaderRoles
from pipeline.vocabulary.header_words import ENDS_IN_WORD

_LEAST_KNOWN = 2  # headers of the vocabulary; judgement: one may be a word of a heading
_SHARE = 0.5  # of the height below; judgement: small tables in cells have edges on less of it
_OVER = 0.25  # em; judgement: a word that reaches less far over an edge stands beside it


def part_header(frame: Frame, text: Glyphs, roles: HeaderRoles, size: float) -> Frame:
    """The frame with the cells of its first row parted at the edges of the rows below.

    Each column must have its own word there, and most of these must be headers. A word that stands
    over the edge of two columns, and over their words, heads both.
    """
    for face in frame.faces:
        if face.row == 0 and face.row_end == 1 and face.column_end > face.column + 1:
            edges = [face.column, *_find_edges(frame, face), face.column_end]
            lines = read_face(frame, face, text, size) if len(edges) > 2 else []
            words = [word for line in lines for word in line.words]
            columns = _sort_words(frame, edges, words, size)
            if _are_headers(columns, edges, roles):
                frame = _part(frame, face, edges, columns)
    return frame


def _find_edges(frame: Frame, face: Face) -> Iterator[int]:
    """Yield the column edges inside a face that part most of what is below it."""
    below = [own for own in frame.faces if own.row >= face.row_end]
    height = frame.row_edges[-1] - frame.row_edges[face.row_end]
    for edge in range(face.column + 1, face.column_end):
        own = (frame.box_of(f) for f in below if f.column == edge)
        if sum(box.height for box in own) >= _SHARE * height:
            yield edge


def _sort_words(
    frame: Frame, edges: Sequence[int], words: Sequence[Word], size: float
) -> dict[tuple[int, int], list[Word]]:
    """First column and the one behind the last, by places of their edges → the words over them."""
    inner = [frame.column_edges[edge] for edge in edges[1:-1]]
    columns: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        first = bisect(inner, word.box.x0 + _OVER * size)
        last = bisect(inner, word.box.x1 - _OVER * size)
        columns.setdefault((first, max(first, last) + 1), []).append(word)
    return columns


def _are_headers(
    columns: dict[tuple[int, int], list[Word]], edges: Sequence[int], roles: HeaderRoles
) -> bool:
    """Whether each column has its word, under those over several, and most words are known."""
    single = {first: own for (first, end), own in columns.items() if end == first + 1}
    if len(single) < len(edges) - 1:
        return False
    for (first, end), own in columns.items():
        lower = (word for column in range(first, end) for word in single[column])
        if end > first + 1 and any(w.box.center[1] < own[-1].box.bottom for w in lower):
            return False
    texts = ["".join(word.text for word in own) for own in single.values()]
    known = sum(roles.match(one, ENDS_IN_WORD) is not None for one in texts)
    return known >= max(_LEAST_KNOWN, len(texts) / 2)


def _part(
    frame: Frame, face: Face, edges: Sequence[int], columns: dict[tuple[int, int], list[Word]]
) -> Frame:
    """The frame with a face parted at some column edges, and below the words over several."""
    over = {span: words for span, words in columns.items() if span[1] > span[0] + 1}
    others = [own for own in frame.faces if own is not face]
    rows = frame.row_edges
    if over:
        foot = max(word.box.bottom for words in over.values() for word in words)
        top = min(
            word.box.top
            for (first, end), words in columns.items()
            for word in words
            if end == first + 1 and any(a <= first < b for a, b in over)
        )
        rows = (rows[0], (foot + top) / 2, *rows[1:])
        others = [f._replace(row=f.row + (f.row > 0), row_end=f.row_end + 1) for f in others]
    parts = [Face(0, edges[first], 1, edges[end]) for first, end in over]
    for column, (start, stop) in enumerate(pairwise(edges)):
        under = any(first <= column < end for first, end in over)
        parts.append(Face(int(under), start, len(rows) - len(frame.row_edges) + 1, stop))
    return replace(frame, row_edges=rows, faces=tuple(sorted((*parts, *others))))
