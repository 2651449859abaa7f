"""`besshi verify`: checks everything that a folder of results says.

In: a folder of results, and the PDFs. Out: findings, one on each line. It must not repair anything,
nor know how records are made.
"""
