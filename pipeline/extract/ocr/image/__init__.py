"""Make a clean, straight picture of a page.

In: the PDF page. Out: straight pictures, grey and binary. It must not know what they show.

`resolution` is in dots per inch, `image` is the picture as scanned, `white` is the whitened one.
"""
