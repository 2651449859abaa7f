"""Runs over many annexes.

In: addresses of PDFs or stage files, and a folder of results. Out: that folder's files, a manifest
entry for each annex, and `issues.parquet`. It must not import a stage, pyarrow or pdfplumber before
there is an annex to process: a run that finds everything up to date answers at once.
"""
