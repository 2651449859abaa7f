"""Files that were made to do harm, and what becomes of them.

`makers.py` has them all by name, `trial.py` runs besshi over them; `tools/mutate.py` and
`tools/fuzz.py` make more.
"""
