"""Read a PDF file: its document, pages, glyphs and strokes.

In: the bytes of the file. Out: the content of each page as drawn. This package must not know lines
or tables.
"""
