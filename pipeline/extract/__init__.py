"""extract: what is on the page. Glyphs and rulings in, cells and physical lines out."""

from pipeline.extract.extract import extract_annex

__all__ = ["extract_annex"]
