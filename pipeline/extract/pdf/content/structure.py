"""Logical structure: which element of its tree a piece of content belongs to (PDF 32000-1, 14.7).

Programs that write tagged PDFs make an element of each paragraph, browsers of each piece of text
between two line breaks.
"""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from msgspec import Struct, field
from pdfminer.pdftypes import PDFObjRef, dict_value, list_value
from pdfminer.psparser import literal_name

from pipeline.extract.pdf.content.parse_errors import PARSE_ERRORS

NO_ELEMENT = 0  # standard: PDF 32000-1, 7.5.4: no object in use has the number 0
"""Content outside of the tree."""

_MARKED_CONTENT = re.compile(rb"\s*/(\w+)\s*<<.*?/MCID\s+(\d+)", re.DOTALL)
# standard: PDF 32000-1, 14.8.4
_INLINE, _PIECE, _READ = "Span", "NonStruct", "Ruby"
# Spans in spans; judgement: a tree that is deeper goes round in a circle.
_DEEPEST = 8
_LAST_OBJECT = 8_388_607  # standard: PDF 32000-1, Annex C, table C.1


class Holders:
    """The elements that hold others, each read once: a document has a span for each line."""

    def __init__(self) -> None:
        """Begin with none read."""
        self._tags: dict[int, str] = {}
        self._of_parts: dict[int, PDFObjRef] = {}

    def climb(self, element: PDFObjRef, tag: str) -> int:
        """The object number of an element, or of the one that holds it if it is a part of a line.

        Browsers part the text around a word with furigana: that word is in none.

        Raises:
            PARSE_ERRORS: The tree cannot be read.
        """
        for _ in range(_DEEPEST):
            if tag not in (_INLINE, _PIECE):
                break
            holder = self._of_parts.get(element.objid) or dict_value(element)["P"]
            above = self._read(holder)
            if above == _READ:
                return NO_ELEMENT
            if tag == _PIECE:
                break
            element, tag = holder, above
        return element.objid if element.objid <= _LAST_OBJECT else NO_ELEMENT

    def _read(self, holder: PDFObjRef) -> str:
        """Read the tag of an element, and what it holds: to read each part too takes longer."""
        if holder.objid not in self._tags:
            attributes = dict_value(holder)
            self._tags[holder.objid] = str(literal_name(attributes.get("S")))
            parts = (part for part in list_value(attributes.get("K")) if _is_reference(part))
            self._of_parts.update((part.objid, holder) for part in parts)
        return self._tags[holder.objid]


class PageStructure(Struct, frozen=True):
    """The elements that the marked content of a page belongs to."""

    parents: Sequence[Any] = ()
    """A reference to the element that holds each piece, by the piece's number (MCID)."""
    holders: Holders = field(default_factory=Holders)

    def find_element(self, operands: bytes) -> int | None:
        """The object number of the paragraph, or of the like, that a piece of content is of.

        Args:
            operands: Of operator BDC: a tag, and a property list.

        Returns:
            None if the piece has no number: it is of the element around it.
        """
        found = _MARKED_CONTENT.match(operands) if self.parents else None
        if found is None:
            return None
        with suppress(*PARSE_ERRORS):  # no text is lost by that
            return self.holders.climb(self.parents[int(found[2])], found[1].decode("latin-1"))
        return NO_ELEMENT


UNTAGGED = PageStructure()


class Structure:
    """The elements of a tagged document."""

    def __init__(self, catalog: Mapping[str, Any]) -> None:
        """Read where the elements of each page are listed.

        Args:
            catalog: pdfminer's catalog.

        Raises:
            PARSE_ERRORS: The tree cannot be read.
        """
        root = dict_value(catalog.get("StructTreeRoot", {}))
        self._pages = _read_number_tree(root.get("ParentTree", {}))
        self._holders = Holders()

    def of_page(self, attributes: Mapping[str, Any]) -> PageStructure:
        """The structure of a page with these attributes."""
        with suppress(*PARSE_ERRORS):
            parents = list_value(self._pages.get(attributes.get("StructParents"), ()))
            return PageStructure(parents, self._holders)
        return UNTAGGED


def _read_number_tree(root: Any) -> dict[Any, Any]:
    """The values of a number tree (PDF 32000-1, 7.9.7). A node that is met again ends a branch."""
    values: dict[Any, Any] = {}
    nodes, met = [root], set[int]()
    while nodes:
        node = dict_value(nodes.pop())
        numbers = list_value(node.get("Nums", ()))
        values.update(zip(numbers[::2], numbers[1::2], strict=False))
        kids = [kid for kid in list_value(node.get("Kids", ())) if _is_reference(kid)]
        nodes += (kid for kid in kids if kid.objid not in met)
        met.update(kid.objid for kid in kids)
    return values


def _is_reference(stored: Any) -> bool:
    return isinstance(stored, PDFObjRef)
