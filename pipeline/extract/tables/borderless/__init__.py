"""Find tables whose columns no ruling separates: their text leaves gutters from top to bottom.

In: the glyphs outside ruled tables, horizontal rulings and stripes, and what earlier pages carry
over. Out: inferred rulings, so that the rest of besshi sees a table like any other. A table begins
at the words of its header; the gutters between its columns are what the records below leave free
between these words. The package must not know how rows become records.

Here `size` is the font size of the page's smaller text, in points, and `levels` are its horizontal
rulings and the edges of stripes.
"""
