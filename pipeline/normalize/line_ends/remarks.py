"""Remarks in brackets, whose sentences are not those of the line that they stand in."""

import re

from pipeline.vocabulary.punctuation import BRACKETS

_REMARK = re.compile(r"[（(][^（()）]*[）)]")
_REMARK_ENDS = re.compile(r"。[）)]$")
# In the language of laws, a bracket inside a sentence ends so: it explains the word before it.
_INSERTION = re.compile(r"(?:を含む|を除く|をいう|に限る|以下同じ)。")


def is_remark(text: str) -> bool:
    """Whether a text opens with a bracket that holds a whole sentence: it stands on its own."""
    if not text.startswith(BRACKETS) or text[1:].startswith("以下"):
        return False
    depth = 0
    for place, character in enumerate(text):
        depth += (character in "（(") - (character in "）)")
        if depth == 0:
            return False
        if character == "。":
            return not any(m.end() == place + 1 for m in _INSERTION.finditer(text[: place + 1]))
    return False


def remove_remarks(text: str) -> str:
    """A text without its remarks: 職員研修の実施 of 職員研修（委託先を含む。）の実施."""
    return _REMARK.sub("", text)


def ends_in_remark(text: str) -> bool:
    """Whether a text ends with the sentence of a remark: 職員研修（委託先を含む。）."""
    return _REMARK_ENDS.search(text) is not None
