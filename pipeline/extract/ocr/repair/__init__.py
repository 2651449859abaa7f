"""Repair recognised text with the help of its page: character widths, marks, spaces.

In: recognised lines with positions. Out: the same lines with better characters, and a receipt for
each change. This package must not know pictures or tables.

Everywhere, `em` is the size of a line's type, and `sizes` are those by its ink, in pixels.
"""
