"""extract: what is on the page.

In: the bytes of a PDF and the annex's spec. Out: pages of grids, cells and physical lines. It must
not know what a table means: roles, records and logical text are for the later stages.
"""

from pipeline.extract.annex import extract_annex

__all__ = ["extract_annex"]
