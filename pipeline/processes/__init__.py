"""How processes of besshi start, stop and end together.

In: signals and futures. Out: the errors and exits that belong to them. It knows no annex.
"""
