"""Recognise pages from their picture (needs the `ocr` extra).

In: a page of the PDF. Out: the same kind of glyphs and strokes that a text layer gives. This
package must not know what its glyphs are used for. The modules `dispatch` and `registration` are
cheap to import; the rest is imported only if a page needs it.
"""
