"""The classes of line ends: how a line ends, and how the next one begins."""

from enum import StrEnum

from msgspec import Struct

from pipeline.vocabulary.line_marks import LineStart


class LineEnding(StrEnum):
    """How a line ends, as far as it tells whose break follows."""

    KINSOKU = "kinsoku"
    """Behind an opening bracket, between it and the closing one, before a stop, a small kana, or
    inside a number: no author breaks there, whatever the widths say."""
    INSIDE_WORD = "inside word"
    """Inside a morpheme or an address: nobody types a break there, unknown words aside."""
    BEFORE_PARTICLE = "before particle"
    """The next line begins with a word that leans on this line: nobody types a break there."""
    SMALL_TABLE = "small table"
    """A row of a small table inside the cell stands on either side."""
    NUMBER = "number"
    """A number is all of the line, and the next line has a higher one."""
    SENTENCE = "sentence"
    FINAL = "final"
    """A sentence is complete, but its full stop is missing: …しています."""
    HEADING = "heading"
    TITLE = "title"
    """A line that looks like the title of what follows in its field."""
    CLOSING = "closing"
    """A closing bracket or a colon."""
    PHRASE = "phrase"
    """A noun without a clause before it, or a bracket behind it: a title, an item, a label."""
    NOMINAL = "nominal"
    """A noun behind a comma, a topic or an object, before a bracket, or in another language."""
    PREDICATE = "predicate"
    COMMA = "comma"
    """The clause goes on behind a comma; some authors break there."""
    RUNNING = "running"
    """The clause goes on: a particle, a form such as 連用形."""


class LineEndContext(Struct, frozen=True):
    """How a line ends and how the next one begins: the class whose habits are learnt."""

    ending: LineEnding
    start: LineStart | None = None
    """None: the ending alone is the class (inside word, small table, number, …)."""

    @property
    def ends_plainly(self) -> bool:
        """Whether a sentence ends, and the next line's look does not tell if a paragraph does."""
        return self.ending is LineEnding.SENTENCE and self.start is LineStart.PLAIN

    def __str__(self) -> str:
        """As the dataset `breaks` has it: `nominal, plain`."""
        return self.ending.value if self.start is None else f"{self.ending}, {self.start}"


NOUNS = (LineEnding.PHRASE, LineEnding.NOMINAL)
"""The line ends with a noun."""
