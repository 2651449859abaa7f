"""`besshi evaluate`: records against truth files, in the terminal and in files for DVC.

In: folders of truth and records. Out: scores, differences and plots. How a score is made is
`pipeline.evaluate`.
"""
