"""`besshi verify`: checks everything that a folder of results says.

In: a folder of results, and the PDFs. Out: one finding a line. It repairs nothing, and does not
know how records are made.
"""
