"""What a page's content stream paints (PDF 32000-1, 8 and 9), from its bytes to glyphs and shapes.

pdfminer reads the document, its streams and its fonts (`resources.py`); its interpreter makes an
object of every glyph and every token, and knows neither clip paths nor text rendering modes nor
transparency (its issue 414). This one notes the glyphs of a page in columns and places them at
once: it is ten times as fast, and the tests hold it against pdfminer's, glyph for glyph.
"""

from pipeline.extract.pdf.content.display_list import PaintedGlyphs, PaintedShape, Painting, Rect
from pipeline.extract.pdf.content.interpreter import paint

__all__ = ["PaintedGlyphs", "PaintedShape", "Painting", "Rect", "paint"]
