"""`besshi inspect`: draws what besshi decided about a page over the page.

In: a PDF. Out: its pages as PDFium renders them, with the decisions drawn over. It must not decide
anything itself: what is not in the model is not on the picture.
"""
