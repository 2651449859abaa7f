"""normalize: what the author typed. Physical lines in; records, tokens and accounts out."""

from pipeline.normalize.corrections import parse_corrections
from pipeline.normalize.normalize import normalize_annex

__all__ = ["normalize_annex", "parse_corrections"]
