"""`besshi review`: web pages on which a person compares records with pictures of the PDFs.

In: a folder of results, and the PDFs. Out: static files. It must not decide anything. `views` reads
the Parquet files, `pictures` draws the pages, `site` writes both.
"""
