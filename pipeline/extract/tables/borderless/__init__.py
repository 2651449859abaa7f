"""Tables whose columns no ruling parts: where their text leaves gutters from top to bottom.

Horizontal rulings alone, stripes of shade, or nothing but a coloured header: a reader still sees
columns, because every line of every record keeps clear of the same gaps. The header's words tell
where such a table begins; its gutters are looked for between them, in the records below. What is
found becomes rulings, so that the rest of besshi sees a table like any other.
"""

from pipeline.extract.tables.borderless.finder import find_aligned
from pipeline.extract.tables.borderless.regions import Memory

__all__ = ["Memory", "find_aligned"]
