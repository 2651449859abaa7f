"""Tables whose rulings are characters, as they are typed into a text: ┌─┬─┐, +--+ and |.

A line of text is a row of half-width places; a full-width character takes two of them.
"""
