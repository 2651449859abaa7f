"""The engines that recognise a picture of one line, each wrapped in one module.

In: pictures of lines. Out: characters with positions and confidences. It knows no pages or tables.
"""
