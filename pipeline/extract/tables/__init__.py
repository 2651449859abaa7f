"""Turn rulings into cells.

In: strokes, fills and glyphs of a page. Out: grids of cells. It knows no headers and no roles.

Here `size` is the font size of the page's smaller text, and `tolerance` by how much lines that meet
may miss each other, in points. `glyphs` are in the order in which the page draws them, and `cells`
has the number of each glyph's cell (negative: it is in none).
"""
