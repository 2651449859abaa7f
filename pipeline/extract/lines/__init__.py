"""Glyphs to physical lines.

In: the glyphs of a page or a cell. Out: lines of text from top to bottom, furigana apart. It knows
no tables.
"""
