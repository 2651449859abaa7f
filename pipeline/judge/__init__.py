"""judge: whether a record can be what its page says.

In: the records of an annex with their morphemes, and the lines in no record. Out: the same records
with a confidence that counts what looks wrong in them, and the reasons in words. It must not know
how a record was made, but for the doubts that the makers of its cells raised.
"""

from pipeline.judge.annex import judge_annex

__all__ = ["judge_annex"]
