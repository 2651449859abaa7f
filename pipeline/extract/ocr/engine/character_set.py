"""A recognised character."""

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model import Repair


class Character(Struct, frozen=True):
    """A character and the box of its ink, in pixels from the top left of its line's image."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float
    """0-1."""
    others: tuple[tuple[str, float], ...] = ()
    """Other readings and their probabilities, likeliest first; "" means no character."""
    repairs: tuple[Repair, ...] = ()
    """The changes since recognition, oldest first."""
    space: float = 0.0
    """The probability that white space stands before it, as the recogniser sees it; 0-1."""
    given: bool = False
    """A sound text layer says it: nothing about it is weighed again."""
    shape: float = 0.0
    """The width of its ink over the height."""

    @property
    def middle(self) -> float:
        """The x of the middle of its ink, in pixels from the left."""
        return (self.x0 + self.x1) / 2

    def probability_of(self, text: str) -> float:
        """The probability that the character is `text`; 0 if the recogniser did not offer it."""
        if text == self.text:
            return self.confidence
        return next((chance for other, chance in self.others if other == text), 0.0)

    def read_as(self, step: str, text: str) -> "Character":
        """Read it as another text, with a receipt; unchanged if the text is the same."""
        if text == self.text:
            return self
        return replace(
            self,
            text=text,
            confidence=max(self.probability_of(text), self.confidence),
            others=((self.text, self.confidence), *self.others),
            repairs=(*self.repairs, Repair(step, self.text, text)),
        )
