"""ocr_repair: recognised text, repaired by the rest of its annex.

In: the fields' lines with the confidence of each character. Out: the same lines repaired, with a
receipt for each change. It must not know pictures or the recogniser.
"""
