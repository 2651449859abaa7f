"""evaluate: how far found records are what their authors typed.

In: truth files and the records of a run. Out: the scores of the contract, and each field that
differs. It must not know how a record was found.
"""

from pipeline.evaluate.evaluation import Evaluation, check_floors, evaluate, ways_on
from pipeline.evaluate.report import score_table, show_differences

__all__ = ["Evaluation", "check_floors", "evaluate", "score_table", "show_differences", "ways_on"]
