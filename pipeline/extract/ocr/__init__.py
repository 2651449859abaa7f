"""Pages recognised from their picture (the `ocr` extra).

In: a page of the PDF. Out: the same glyphs and strokes that a text layer gives. `page_choice`,
`dispatch` and `registration` are light; the rest is imported only where a page needs it.
"""
