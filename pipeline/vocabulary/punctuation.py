"""The classes of punctuation in line breaking and at sentence ends (JIS X 4051, 4.1)."""

OPENING = frozenset("「『（【〈《〔［｛“‘([{｢〝")
BRACKETS = ("（", "(")  # opening ones, of remarks
PREFIXED = frozenset("±−№¥￥＄£￡€")  # standard: UAX #14, class PR: the number goes with it
CLOSING = frozenset("」』）】〉》〕］｝”’｣〟)]}")
STOPS = frozenset("、。，．｡､")
LATIN_STOPS = frozenset(",.:;!?%)]}")  # a program that breaks addresses lets these start a line
SMALL = frozenset("ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶーｰ々ゝゞヽヾｧｨｩｪｫｬｭｮｯ")
MIDDLE = frozenset("・：；？！‐゠–〜～･％")
SENTENCE_END = frozenset("。．！？!?｡")
_PAIRS = tuple(zip("「『（(【〈《〔［", "」』）)】〉》〕］", strict=True))


def opens_bracket(text: str, below: str) -> bool:
    """Whether a text opens a bracket that only the one below it closes: 「認知症ケア / パス」の."""
    return any(
        text.rfind(opening) > text.rfind(closing)
        and next((one for one in below if one in (opening, closing)), None) == closing
        for opening, closing in _PAIRS
    )
