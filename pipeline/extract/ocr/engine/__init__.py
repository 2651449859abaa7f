"""The engines that read a picture of one line, each behind one module.

In: pictures of lines. Out: characters with places and confidence. They know no pages and no tables.
"""
