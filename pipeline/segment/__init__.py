"""segment: what the tables mean. Grids in; titled tables of roles and records out."""

from pipeline.segment.segment import segment_annex

__all__ = ["segment_annex"]
