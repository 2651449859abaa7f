"""`besshi evaluate`: compares records with truth files.

In: folders of truth files and of records. Out: scores and differences in the terminal, and files
for DVC. It must not know how a score is computed: that is in `pipeline.evaluate`.
"""
