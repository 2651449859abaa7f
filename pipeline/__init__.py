"""besshi turns the annex tables of Japanese public administration into data.

In: PDFs. Out: Parquet files with one record for each comment. `stages` runs the three stages
`extract`, `segment` and `normalize` on one annex, `batch` on many; `commands` is what people call.
"""

__version__ = "0.1.0"
