"""vocabulary: the words and characters that besshi knows.

In: data files that a user can extend. Out: functions that classify headers, lines and characters
by them. It must not know pages, tables or records.
"""
