"""`besshi inspect`: a picture of every decision.

In: a PDF. Out: its pages as PDFium renders them, with what was made of them drawn over. It decides
nothing: what is not in the model is not on the picture.
"""
