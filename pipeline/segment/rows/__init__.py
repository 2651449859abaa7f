"""The rows of a grid: what a row says, its number, what goes on over the end of a page.

Here the columns of a table are named by their indexes: `number` numbers its records (None: no
column does), `category` names their group, `labels` their group or who said it, and `texts` hold
running text. `edges` are the x of its column edges, in points. A `row` is everything between two
rulings. At a page's end, `rows` are those of the table so far, and `piece` has those behind it;
`above` and `upper` stand before it, `below` and `lower` behind it.
"""
