"""normalize: what the author typed.

In: tables whose rows may run over pages, their text as physical lines. Out: records, tokens, line
breaks, receipts and the account of every glyph. It must not know the PDF or the page's content.
"""

from pipeline.normalize.annex import RecordWriter, normalize_annex

__all__ = ["RecordWriter", "normalize_annex"]
