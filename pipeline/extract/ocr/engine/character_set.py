"""A character as it was recognised."""

from dataclasses import dataclass

from pipeline.model import Repair


@dataclass(frozen=True, slots=True)
class Character:
    """A character, and where its ink is in pixels from the top left of its line's image."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float
    """0-1."""
    others: tuple[tuple[str, float], ...] = ()
    """What else it may be and how likely, likeliest first; "" is nothing at all."""
    repairs: tuple[Repair, ...] = ()
    """What was changed since it was recognised, the first change first."""

    @property
    def middle(self) -> float:
        """Where the middle of its ink is, in pixels from the left."""
        return (self.x0 + self.x1) / 2

    def chance(self, text: str) -> float:
        """How likely the recogniser thinks that it is `text`; 0 where it did not think of it."""
        if text == self.text:
            return self.confidence
        return next((chance for other, chance in self.others if other == text), 0.0)
