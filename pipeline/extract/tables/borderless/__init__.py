"""Tables whose columns no ruling parts: where their text leaves gutters from top to bottom.

In: the glyphs outside ruled tables, horizontal rulings and stripes, and what earlier pages carry
over. Out: rulings as a reader imagines them, so that the rest of besshi sees a table like any
other. The words of headers tell where such a table begins; its gutters lie between them, in the
records below. It does not know how rows become records.
"""
