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
