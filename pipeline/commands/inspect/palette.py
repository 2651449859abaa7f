"""The colours of everything that is drawn. Red is reserved for what is missing."""

from pipeline.commands.inspect.page_view import EXTRA, FURNITURE, HEADER, RUBY, UNPLACED

Color = tuple[int, int, int]

INK: Color = (40, 44, 52)
PAPER: Color = (255, 255, 255)
DESK: Color = (232, 235, 240)
CELL: Color = (120, 140, 190)
JOINED: Color = (190, 0, 120)
OPEN: Color = (224, 0, 0)

_KINDS: dict[str, Color] = {
    "number": (140, 86, 60),
    "category": (140, 130, 0),
    "original_text": (31, 100, 200),
    "comment": (235, 110, 0),
    "submitter": (225, 90, 180),
    "revision": (30, 140, 50),
    "response": (120, 70, 210),
    "disposition": (0, 150, 165),
    EXTRA: (110, 110, 110),
    HEADER: (20, 20, 20),
    FURNITURE: (90, 115, 150),
    RUBY: (230, 180, 0),
    UNPLACED: (224, 0, 0),
}
_TINT = 0.2
"""Share of the colour in a tint; judgement: black type on it keeps its contrast."""
_PALE = 0.5
"""Share of the colour in a frame; judgement: visible, but weaker than the type beside it."""


def strong(kind: str) -> Color:
    """The colour of a kind's labels."""
    return _KINDS[kind]


def tint(kind: str) -> Color:
    """The colour of a kind that is laid over the page."""
    return _mix_with_white(_KINDS[kind], _TINT)


def pale(color: Color) -> Color:
    """The lighter colour of frames around lines."""
    return _mix_with_white(color, _PALE)


def _mix_with_white(color: Color, share: float) -> Color:
    red, green, blue = (round(255 - share * (255 - part)) for part in color)
    return red, green, blue
