"""Where an author presses Enter: after nearly every sentence, or hardly ever within a paragraph."""

from __future__ import annotations

import dataclasses
import re
from random import Random

_SENTENCE = re.compile(r"(?:（[^（）]*(?:（[^（）]*）[^（）]*)*）|「[^「」]*」|[^。])*?(?:。|$)")
"""Up to a 。 that stands in no brackets."""
_MARK = re.compile(
    r"[\s　・○●－■＜【※①-⑳⑴-⑽-]|[（(]?[0-9０-９ア-コⅠ-Ⅻ第]+[)）.　 ]|対象：|基本目標|施策|第"
)
"""Opens a heading, an item or an indented paragraph."""


@dataclasses.dataclass(frozen=True)
class Typist:
    """The habit of one author in one column; the same sentence is always ended alike."""

    ends: float
    """Share of sentences within a paragraph that end with an Enter."""
    salt: str

    @classmethod
    def draw(cls, rng: Random) -> Typist:
        """A habit that is kept, but for slips."""
        return cls(rng.choice((0.0, 0.02, 0.04, 0.95, 1.0)), str(rng.random()))

    def retype(self, text: str) -> str:
        """The text with this author's Enters between sentences; items keep theirs."""
        typed: list[str] = []
        for line in text.split("\n"):
            joins = bool(typed) and self._runs_on(typed[-1], line)
            if joins and not self._ends(typed[-1]):
                typed[-1] += line
            else:
                typed.append(line)
        return "\n".join(piece for line in typed for piece in self._cut(line))

    def _runs_on(self, above: str, line: str) -> bool:
        """Both are running prose, so that only the habit divides them."""
        return bool(line) and above.endswith("。") and not (_MARK.match(above) or _MARK.match(line))

    def _cut(self, line: str) -> list[str]:
        """An unmarked line, cut after the sentences that this author ends."""
        if _MARK.match(line):
            return [line]
        pieces = [""]
        for sentence in _SENTENCE.findall(line):
            pieces[-1] += sentence
            if sentence.endswith("。") and self._ends(sentence):
                pieces.append("")
        return [piece for piece in pieces if piece] or [""]

    def _ends(self, text: str) -> bool:
        """Whether the last sentence of the text gets an Enter: by the sentence, not by chance."""
        last = text.rstrip("。").rsplit("。", 1)[-1]
        return Random(self.salt + last).random() < self.ends
