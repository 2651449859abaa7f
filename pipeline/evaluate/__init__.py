"""evaluate: the contract's scores of found records against truth files."""

from pipeline.evaluate.evaluation import Evaluation, check_floors, evaluate
from pipeline.evaluate.report import score_table, show_differences

__all__ = ["Evaluation", "check_floors", "evaluate", "score_table", "show_differences"]
