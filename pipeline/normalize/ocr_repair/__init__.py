"""Repairs of recognised text by the rest of the annex: records, series, the dictionary.

In: texts of fields with their doubts. Out: the texts repaired, and a receipt for each change.
"""
