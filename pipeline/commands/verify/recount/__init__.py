"""The characters of a PDF as pdfplumber reads them: the second parser, for the second count.

In: a PDF. Out: the characters of each page, and which of them a reader sees. Nothing of besshi's
interpreter is used here, so what that never saw is seen. Objects, streams and fonts are those of
pdfminer in both: a glyph that a font calls by a wrong name is wrong in both.
"""
