"""normalize: what the author typed.

In: tables whose rows may run over pages, their text as physical lines. Out: records, tokens, line
breaks, receipts and the account of every glyph. It must not know the PDF or the page's content.

A candidate is a line end. What weighs candidates returns for each of them the log-odds (natural
logarithm) that its author made the break. Here `witnesses` are those by widths, spacing and
numbering alone, and `odds` those by all that was weighed so far.
"""

from pipeline.normalize.annex import RecordWriter, normalize_annex

__all__ = ["RecordWriter", "normalize_annex"]
