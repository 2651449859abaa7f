"""Logical structure: which element of its tree a piece of content belongs to (PDF 32000-1, 14.7).

Programs that write tagged PDFs make an element of each paragraph, browsers of each piece of text
between two line breaks.
"""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from msgspec import Struct
from pdfminer.data_structures import NumberTree
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdftypes import PDFObjRef, dict_value, list_value
from pdfminer.psparser import literal_name

NO_ELEMENT = 0  # standard: PDF 32000-1, 7.5.4: no object in use has the number 0
"""Content outside of the tree."""

_MARKED_CONTENT = re.compile(rb"\s*/(\w+)\s*<<.*?/MCID\s+(\d+)", re.DOTALL)
_INLINE = "Span"
# Spans in spans; judgement: a tree that is deeper goes round in a circle.
_DEEPEST = 8


class PageStructure(Struct, frozen=True):
    """The elements that the marked content of a page belongs to."""

    parents: Sequence[Any] = ()
    """A reference to the element that holds each piece, by the piece's number (MCID)."""

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
        with suppress(PDFException, TypeError, ValueError, KeyError, IndexError):
            return _climb(self.parents[int(found[2])], found[1].decode("latin-1"))
        return NO_ELEMENT


UNTAGGED = PageStructure()


class Structure:
    """The elements of a tagged document."""

    def __init__(self, catalog: Mapping[str, Any]) -> None:
        """Read where the elements of each page are listed.

        Args:
            catalog: pdfminer's catalog.

        Raises:
            PDFException, TypeError: The tree cannot be read.
        """
        root = dict_value(catalog.get("StructTreeRoot", {}))
        tree = root.get("ParentTree")
        self._pages: dict[Any, Any] = {} if tree is None else dict(NumberTree(tree).values)

    def of_page(self, attributes: Mapping[str, Any]) -> PageStructure:
        """The structure of a page with these attributes."""
        with suppress(PDFException, TypeError):
            return PageStructure(list_value(self._pages.get(attributes.get("StructParents"), ())))
        return UNTAGGED


def _climb(reference: Any, tag: str) -> int:
    """The object number of an element, or of the one that holds it if it is a part of a line."""
    for _ in range(_DEEPEST):
        if tag != _INLINE:
            break
        reference = dict_value(reference)["P"]
        tag = str(literal_name(dict_value(reference).get("S")))
    return int(reference.objid) if isinstance(reference, PDFObjRef) else NO_ELEMENT
