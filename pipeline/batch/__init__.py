"""Many annexes: which have to be done, on how many processes or machines, and what became of them.

Nothing here imports a stage, pyarrow or pdfplumber before an annex is at hand: a run that finds
all its annexes done answers at once.
"""
