"""Files that were made to do harm, and what becomes of them.

`makers.py` has them all by name; `mutate.py` and `fuzz.py` are commands that make more.
"""
