"""Whose break each line end is: its author's or the layout's.

A candidate is a line end inside a field. What weighs candidates returns for each of them the
log-odds (natural logarithm) that its author made the break. Here `witnesses` are those by widths,
spacing and numbering alone, and `odds` those by all that was weighed so far.
"""
