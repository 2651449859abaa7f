"""`besshi query`: SQL over what a run wrote.

In: a folder of results and a SELECT. Out: a table, CSV or JSON lines. It is the only package that
knows DuckDB, and SQL must reach neither files nor the network through it.
"""
