"""The PDF file: document, pages, glyphs and strokes.

In: bytes. Out: the content of each page as drawn. It knows no lines and no tables.
"""
