"""What the picture of a page shows: rulings, fills and lines of text.

In: a straightened picture. Out: places in pixels. No character is read here.
"""
