"""`besshi export`: records for people who use neither pandas nor SQL.

In: a folder of results. Out: a workbook, CSV or JSON lines. It must not change what records say.
"""
