"""segment: what the tables mean.

In: pages of grids and lines, and the annex's spec. Out: titled tables whose columns have roles and
whose rows are joined over pages. It must not know how text is drawn, nor what a line break means.
"""

from pipeline.segment.annex import segment_annex

__all__ = ["segment_annex"]
