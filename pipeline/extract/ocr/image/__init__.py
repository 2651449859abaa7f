"""A scanned page as a picture.

In: the PDF page. Out: grey and binary pictures, straightened. Nothing here knows what the picture
shows.
"""
