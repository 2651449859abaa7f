"""Make a clean, straight picture of a page.

In: the PDF page. Out: grey and binary pictures, straightened. This package must not know what the
picture shows.
"""
