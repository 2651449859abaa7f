"""extract: what is on the page. Glyphs and rulings in, cells and physical lines out."""

from pipeline.extract.extract import extract_annex
from pipeline.extract.known import apply_known, parse_known, read_known

__all__ = ["apply_known", "extract_annex", "parse_known", "read_known"]
