"""The engines that recognise a picture of one line, each wrapped in one module.

In: pictures of lines. Out: characters with positions and confidences. This package must not know
pages or tables.
"""
