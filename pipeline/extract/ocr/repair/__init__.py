"""Repairs of recognised text by the page it stands on: widths, spaces, look-alikes.

In: recognised lines with places. Out: the same lines with better characters, and a receipt for each
change.
"""
