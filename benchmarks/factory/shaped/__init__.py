"""Families whose records are no rows under a header: cards, questions, merged answers."""
