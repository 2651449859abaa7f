"""Find what the picture of a page shows: rulings, fills and lines of text.

In: a straightened picture. Out: positions in pixels. This package must not know characters.

Everywhere, `em` is the size of the page's smaller type in pixels, `white` the whitened picture.
"""
