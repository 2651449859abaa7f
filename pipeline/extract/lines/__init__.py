"""Group glyphs into physical lines.

In: the glyphs of a page or a cell. Out: lines of text from top to bottom, and furigana separated
from the text. This package must not know tables.
"""
