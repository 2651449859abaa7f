"""Make a clean, straight picture of a page.

In: the PDF page. Out: grey and binary pictures, straightened. This package must not know what the
picture shows.

Everywhere, `resolution` is in dots per inch, `image` is the picture as scanned, and `white` is the
whitened one.
"""
