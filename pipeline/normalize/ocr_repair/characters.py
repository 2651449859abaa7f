"""The characters of recognised lines, on their way through the repairs of `recognition`."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.model import Line, Repair
from pipeline.vocabulary.character_widths import full_form, half_form

_DOUBTED = 0.995  # a character that is surer is left to itself


@dataclass(frozen=True, slots=True)
class Sign:
    """A character of a field, on its way through the repairs."""

    text: str
    sure: float
    """1.0 where it is text of the PDF."""
    others: str
    line: int
    """Index of its physical line in the field."""
    repairs: tuple[Repair, ...] = ()

    def made(self, step: str, text: str, sure: float) -> "Sign":
        """The character read as another one."""
        receipt = Repair(step, self.text, text)
        others = self.text + self.others.replace(text, "")
        return Sign(text, sure, others, self.line, (*self.repairs, receipt))

    @property
    def doubted(self) -> bool:
        """Whether knowledge may change it."""
        return self.sure < _DOUBTED


Text = list[Sign]
"""All characters of one field."""


def read_signs(lines: Sequence[Line]) -> Text:
    """The characters of a field's lines; those of the PDF's text are quite sure."""
    signs = []
    for index, line in enumerate(lines):
        sure = line.confidences or (1.0,) * len(line.text)
        others = line.alternatives or ("",) * len(line.text)
        signs += [
            Sign(text, own, other, index)
            for text, own, other in zip(line.text, sure, others, strict=True)
        ]
    return signs


def write_lines(lines: Sequence[Line], text: Sequence[Sign]) -> tuple[Line, ...]:
    """The lines with their characters as repaired; those of the PDF's text as they are."""
    by_line: dict[int, Text] = defaultdict(list)
    for sign in text:
        by_line[sign.line].append(sign)
    return tuple(
        _rewritten(line, by_line[index]) if line.confidences else line
        for index, line in enumerate(lines)
    )


def _rewritten(line: Line, signs: Sequence[Sign]) -> Line:
    return replace(
        line,
        text="".join(sign.text for sign in signs),
        confidences=tuple(sign.sure for sign in signs),
        alternatives=tuple(sign.others for sign in signs),
        repairs=(*line.repairs, *(repair for sign in signs for repair in sign.repairs)),
    )


def beside(text: Sequence[Sign], index: int) -> tuple[str, str]:
    """The characters before and behind one, over white space and the ends of lines."""
    before = next((s.text for s in reversed(text[:index]) if s.text.strip()), "")
    after = next((s.text for s in text[index + 1 :] if s.text.strip()), "")
    return before, after


def may_be(sign: Sign) -> str:
    """What else a character may be: what the recogniser thought of, and its other width."""
    if sign.sure >= 1.0:
        return ""
    widths = "".join(filter(None, (full_form(sign.text), half_form(sign.text))))
    return (sign.others + widths).replace(sign.text, "")
