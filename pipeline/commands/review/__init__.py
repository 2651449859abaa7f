"""review: what a run wrote, as static pages beside pictures of the annexes. It decides nothing.

`read` makes views of the Parquet files, `pictures` those of the pages, `site` writes both.
"""
