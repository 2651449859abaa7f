"""Find what marks text: underlines, strike-throughs, frames around words, highlighter, colours.

In: what is drawn on a page. Out: the strokes and fills that are rulings and grounds of the table,
and for each physical line the characters that bear a mark. A mark that is taken for a ruling cuts
its cell in the middle of a word.

Here `size` is the font size of the page's smaller text, in points.
"""
