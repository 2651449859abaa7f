"""A factory of annexes: known records, laid out as PDFs by real layout engines, with truth."""

from .engines import FAMILIES, available_engines
from .make import Made, make, make_many

__all__ = ["FAMILIES", "Made", "available_engines", "make", "make_many"]
