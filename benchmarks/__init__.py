"""A benchmark of Japanese tables as records: a frozen set, a task, scores, and other tools."""
