"""Turn rulings into cells.

In: strokes, fills and glyphs of a page. Out: grids of cells. It knows no headers and no roles.
"""
