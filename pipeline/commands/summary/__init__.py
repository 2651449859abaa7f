"""`besshi summary`: what a run wrote, in a screen.

In: a folder of results. Out: a line for each annex, and what a person should look at.
"""
