"""`besshi summary`: what a run wrote, on one screen.

In: a folder of results. Out: a line for each annex, and what a person should look at. It must not
read PDFs.
"""
