"""Make, train and measure the recogniser of lines of type: `pipeline/extract/ocr/engine`.

The commands stand in `tools.recogniser.__main__`; docs/recogniser.md says when to use which.
"""
