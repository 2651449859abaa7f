"""How the processes of besshi start, stop and end together.

In: signals and futures. Out: the matching errors and exits. This package must not know annexes.
"""
