"""Interpret a page's content stream (PDF 32000-1, 8 and 9).

In: the bytes of the stream and its resources. Out: the glyphs and shapes that the page paints. This
package must not know what the glyphs and shapes mean.

pdfminer reads the document, its streams and its fonts (`resources.py`). Its interpreter creates an
object for every glyph and every token, and ignores clip paths, text rendering modes and
transparency (its issue 414). This interpreter stores the glyphs of a page in columns and places
them all at once. It is ten times as fast, and tests compare it with pdfminer glyph by glyph.
"""

from pipeline.extract.pdf.content.display_list import PaintedGlyphs, PaintedShape, Painting, Rect
from pipeline.extract.pdf.content.interpreter import paint

__all__ = ["PaintedGlyphs", "PaintedShape", "Painting", "Rect", "paint"]
