"""The eras in which Japanese offices count years."""

YEARS_BEFORE = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
"""The year before each era began; standard: 元号を改める政令 and its predecessors."""
ERA = "|".join(YEARS_BEFORE)
"""For a group of a pattern: any of their names."""
