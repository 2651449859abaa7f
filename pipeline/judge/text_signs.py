"""Signs in the text of one field: what no author types, and what no sentence does."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from unicodedata import normalize

from pipeline.judge.grammar import NOUNS, ONE_KANA, find_oddest_stretch
from pipeline.judge.reading import Passage, TableReading
from pipeline.judge.signs import Sign, quote_start
from pipeline.vocabulary.character_widths import is_ideograph

_OPENING, _CLOSING = "（(「『【〔［[〈《", "）)」』】〕］]〉》"
_BRACKETS = {**dict.fromkeys(_OPENING, 1), **dict.fromkeys(_CLOSING, -1)}
_PARTNERS = {"）": "（(", ")": "(（", **dict(zip(_CLOSING[2:], _OPENING[2:], strict=True))}
_ANY_BRACKET = re.compile(f"[{re.escape(_OPENING + _CLOSING)}]")
# The signs for an unknown character (printers set 〓), those for private use, and rare ideographs.
# JIS X 0213 has 164 of these, for names; the others are glyph numbers that a program took for
# characters.
_UNKNOWN = "\ufffd〓"
_NO_CHARACTER = re.compile(f"[{_UNKNOWN}\ue000-\uf8ff\U000f0000-\U0010fffd㐀-䶿]")
# A Latin letter and its accent, which a program drew one after the other: ã is one character.
_ACCENT = re.compile("[\u0300-\u036f](?<=[A-Za-z].)")
# An accent or a variation of a kana, which has none: a map put it there for a kana.
_ADDED = re.compile("[\u0300-\u036f\ufe00-\ufe0f](?<=[ぁ-ヿ一-鿿].)(?<![一-鿿][\ufe00-\ufe0f])")
_KANA = re.compile("[ぁ-ゖ]")
_VOICING_MARKS = "\u3099\u309a"
_VOICING = re.compile(f"[ぁ-ヿ][{_VOICING_MARKS}]")  # か and the mark that makes it が
_ENUMERATOR = re.compile(r"(?<![^\s、。,・])[\w０-９]{1,3}[)）]")
"""１）, a), ア）: a bracket that nothing opens."""
_FACE = re.compile(r"[:;：；]-?[)(]")

# Log-odds of a text's oddest stretch from which it may be mixed of two. measured: of 500 right
# texts of the factory (seed 6202), one in a hundred has more, and none of 117 of tests/golden.
_MIXED = 2.5
_SURELY = 3.0  # log-odds above that; judgement: another pair that no sentence has
_FEW = 3  # texts; judgement: of fewer nobody knows how their author writes
# This pattern and others below begin with the character or set that they need: then nothing else is
# looked for at other places.
_GLUED = re.compile(rf"A(?=[{NOUNS}0rcdp])")
_JAPANESE = re.compile("[ぁ-ヿ一-鿿々]+")
_JIS = "euc_jis_2004"
# A letter of another script alone among kana and kanji; α版 and the like are Greek.
_FOREIGN = re.compile("[À-ÖØ-öø-ɏЀ-ԯ֐-ۿก-๛ᄀ-ᇿㄅ-ㆎꀀ-꒏가-힣](?<=[ぁ-ヿ一-鿿].)(?=[ぁ-ヿ一-鿿、。])")
_LEAST_WORDS = 40  # of a column; judgement: of fewer a share tells little
# Share of a column's words that are one character. measured: of 11,083 columns, no right one has
# more than 0.68; with the characters of a font exchanged, all have 0.8 and more.
_WORDLESS = 0.7
# Share of a column's words that are nouns of one kana. measured: of 11,083 columns, none has two
# nouns of one kana and more than 0.01; with the kana off by one, of four columns all do.
_ONE_KANA = 0.015
_POLITE = ("です", "ます", "ません")
_DIGITS = re.compile(r"[0-9０-９](?:(?<=[0-9])[０-９]|(?<=[０-９])[0-9])")
_LEAST_SENTENCE = 10  # characters; judgement: 検討します。 is said twice, a longer sentence is not
_LEAST_VERSION = 6  # characters; judgement: an author may say 総則　総則
_STRAY = re.compile(r"[。][^\s。、「」『』（）()【】〔〕※＊*]{1,2}$")
_MARKER = re.compile(
    r"[（(【〔]?(?:次|前)(?:頁|ページ|のページ|葉)(?:へ|に|から|より)(?:の)?(?:続く|つづく|続き)"
    r"|[（(【〔](?:続き|つづき|続く|前頁続き)[）)】〕]"
)
_PAGE_NUMBER = re.compile(r"[-‐–—―−－](?<=\n.)\s?\d+\s?[-‐–—―−－]$")
# Katakana that look like the hiragana and kanji of their place: 行うヘき, であリ反対, スマ一ト. As
# labels of items (第３号ヘに) they are at home, and so is the 一 of 一ヶ月. A dash between katakana
# is a ー by a wrong map (スマ—ト), or joins two names. A 〆 but that of 〆切 is a tick that was
# recognised on a picture.
_LOOKALIKE = re.compile(
    r"[リヘベペ一—―─〆]"  # first, so that nothing is looked for beside other characters
    r"(?:(?<=[ぁ-ゖ]リ)(?=[ぁ-ゖ一-龥、。])|(?<=[ぁ-ゖ一-龥][ヘベペ])(?<![号項条目表].)(?=[ぁ-ゖ])"
    r"|(?<=[一-龥]リ)(?<![号項条目表].)(?=[ぁ-ゖ])|(?<=[ァ-ヺ][一—―─])(?=[ァ-ヺ])(?![ヵヶカケ][一-龥])"
    r"|(?<=〆)(?![切め]))"
)
# Between kana or for a full stop a box, a question mark before a particle, and letters among the
# digits of a number: a map put them there. The boxes of a list are ticked (する□　しない□), and
# authors write of them (様式の□に).
_LISTED_BOXES = re.compile(r"(?m)(?:^|\s)[■□]|[■□](?:\s|$)(?<!(?:です|ます|した|せん).)")
_NO_LETTER = re.compile(
    r"[■□](?<=[ぁ-ん].)(?!(?<=[のる].)[にをのがはへ])(?=[ぁ-ん]|$)|[?？](?<=[一-龥].)(?=[はがを])"
    r"|[lO](?<![A-Za-z].)(?:(?<=[0-9].)|(?=[0-9lO]|[億万円年月日件人回％頁ペ]))"
    r"(?=[0-9lO]*[億万円年月日件人回％頁ペ])|曰(?<=[0-9０-９一二三四五六七八九十].)"
)
# Small kana stand behind き, し and the like only: 増ゃす, であょう.
_SMALL_KANA = re.compile(r"[ゃゅょ](?<=[ぁ-ん一-龥].)(?<![いきしちにひみりぎじぢびぴてでふ].)")
# What a spreadsheet shows for a number that is wider than its cell, and for a formula that fails.
_NO_VALUE = re.compile(r"#{2,}|#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NUM!|NULL!)")
# Programs set this hyphen where they part a word; people type the one of ASCII.
_HYPHEN = re.compile("[a-z]+[\u00ad\u2010]+[a-z]+")


def find_text_signs(tables: Sequence[TableReading]) -> Iterator[Sign]:
    """Find the signs in the text of each field."""
    passages = [p for t in tables for row in t.rows for p in row.values() if p.text]
    for passage in passages:
        yield from _find_signs(passage)
    for reading in tables:
        for column in reading.columns.values():
            yield from _find_wordless([passage for passage in column if passage.is_text])
    yield from _find_mixed([passage for passage in passages if passage.is_text])


def _find_signs(passage: Passage) -> Iterator[Sign]:
    for name, check in _CHECKS.items():
        if (reason := check(passage.text)) is not None:
            yield passage.sign(name, reason)
    if passage.is_running or passage.is_text:
        yield from _find_odd_grammar(passage)
    yield from _find_versions(passage)


def _check_brackets(text: str) -> str | None:
    """Say that a bracket closes none, or stays open."""
    if not _ANY_BRACKET.search(text):
        return None
    opened: list[str] = []
    for character in _ANY_BRACKET.findall(_FACE.sub("", _ENUMERATOR.sub("", text))):
        if _BRACKETS[character] == 1:
            opened.append(character)
        elif not opened or opened.pop() not in _PARTNERS[character]:
            return f"a bracket {character} closes none"
    return f"a bracket {opened[-1]} does not close" if opened else None


def _check_characters(text: str) -> str | None:
    """Say that a character means nothing outside of its font, or is a part of the one before it."""
    found = [] if text.isascii() else _NO_CHARACTER.findall(text)
    odd = next((c for c in found if c in _UNKNOWN or not c.encode("euc_jis_2004", "ignore")), None)
    if odd is None and (accent := _ACCENT.search(text)) is not None:
        whole = normalize("NFC", text[accent.start() - 1 : accent.end()])
        odd = accent[0] if len(whole) == 1 else None
    if odd is None and (added := _ADDED.search(text)) is not None:
        odd = added[0]
    if odd is None and any(map(text.__contains__, _VOICING_MARKS)):
        apart = _VOICING.search(text)
        odd = apart[0][1] if apart and len(normalize("NFC", apart[0])) == 1 else None
    return f"U+{ord(odd):04X} is no character that an author types" if odd else None


def _check_script(text: str) -> str | None:
    """Say that a Japanese text has a character of no Japanese: 检, 讨, or Ж between two kana."""
    if text.isascii() or not _KANA.search(text):
        return None
    others = set(text) - set(text.encode("cp932", "ignore").decode("cp932"))
    odd = [one for one in sorted(others) if is_ideograph(one) and not one.encode(_JIS, "ignore")]
    alone = _FOREIGN.search(text)
    if alone is not None:
        odd.append(alone[0])
    return f"{odd[0]} is of no Japanese text: has its font a wrong map?" if odd else None


def _check_sentences(text: str) -> str | None:
    """Say that a sentence stands twice."""
    if text.count("。") < 2:
        return None
    sentences = [s.strip() for s in text.replace("\n", "。").split("。")]
    seen: set[str] = set()
    for sentence in sentences:
        if len(sentence) >= _LEAST_SENTENCE and sentence in seen:
            return f"the sentence {quote_start(sentence)} stands twice"
        seen.add(sentence)
    return None


def _check_widths(text: str) -> str | None:
    """Say that one number has digits of two widths."""
    match = _DIGITS.search(text)
    return f"a number has digits of two widths ({match[0]})" if match else None


def _check_marker(text: str) -> str | None:
    """Say that it holds a page's number, or what programs write where a table runs over a page."""
    runs_on = "続" in text or "つづ" in text
    match = (_MARKER.search(text) if runs_on else None) or _PAGE_NUMBER.search(text)
    return f"{match[0]} belongs to the page, not to the text" if match else None


def _check_lookalikes(text: str) -> str | None:
    """Say that a character is of another script than its neighbours."""
    match = _LOOKALIKE.search(text) or _SMALL_KANA.search(text) or _NO_LETTER.search(text)
    if match is None or (match[0] in "■□" and _LISTED_BOXES.search(text)):
        return None
    return f"{match[0]} is no character of 「{text[max(0, match.start() - 3) : match.end() + 3]}」"


def _check_values(text: str) -> str | None:
    """Say that it holds what a spreadsheet shows instead of a value."""
    if not _NO_VALUE.fullmatch(text):
        return None
    return f"{text} stands for a value that its spreadsheet could not show"


def _check_hyphens(text: str) -> str | None:
    """Say that a program may have set a hyphen where it parted a word."""
    match = _HYPHEN.search(text)
    return f"{match[0]} may be one word, parted at a line's end" if match else None


_CHECKS: dict[str, Callable[[str], str | None]] = {
    "bracket": _check_brackets,
    "character": _check_characters,
    "script": _check_script,
    "sentence_twice": _check_sentences,
    "mixed_widths": _check_widths,
    "page_marker": _check_marker,
    "lookalike": _check_lookalikes,
    "no_value": _check_values,
    "hyphen": _check_hyphens,
}
"""Name of a sign → what tells by a text alone that it is there, and why; None: it is not."""


def _find_odd_grammar(passage: Passage) -> Iterator[Sign]:
    for match in _GLUED.finditer(passage.classes):
        if passage.morphemes[match.start()].surface in _POLITE:
            shown = _quote_pair(passage, match.start())
            reason = f"a sentence goes on without a full stop: 「{shown}」"
            yield passage.sign("glued", reason)
            break
    stray = _STRAY.search(passage.text)
    if stray is not None:
        yield passage.sign("stray", f"{stray[0][1:]} stands behind the last sentence")


def _find_versions(passage: Passage) -> Iterator[Sign]:
    """Find a line that begins anew behind a space: two versions, side by side, read as one.

    Then another field of the record lacks its text.
    """
    for line in map(str.strip, passage.text.split("\n")):
        start = line[:_LEAST_VERSION]
        if len(start) == _LEAST_VERSION and f"\u3000{start}" in line:
            reason = f"{quote_start(start)} begins two texts on one line: two columns?"
            yield Sign("versions", passage.record, None, reason)
            return


def _find_wordless(column: Sequence[Passage]) -> Iterator[Sign]:
    """Find the texts of a column whose characters make no words: those of a wrong map."""
    texts = [passage for passage in column if len(passage.morphemes) > 1]  # 有 is a word
    surfaces = Counter(chain.from_iterable(map(_list_words, texts)))
    counts = {word: count for word, count in surfaces.items() if _JAPANESE.fullmatch(word)}
    words = sum(counts.values())
    alone = sum(count for word, count in counts.items() if len(word) == 1)
    kana = sum(passage.classes.count(ONE_KANA) for passage in texts)
    is_wordless = alone > _WORDLESS * words or kana > max(1, _ONE_KANA * words)
    if words < _LEAST_WORDS or not is_wordless:
        return
    for passage in column:
        if passage.text:
            reason = f"{quote_start(passage.text)} has hardly a word: has its font a wrong map?"
            yield passage.sign("no_words", reason)


def _list_words(passage: Passage) -> Iterator[str]:
    """The words of a text but for those beside numbers: 第３条 and ４月１日 have no others."""
    surfaces = ["", *(morpheme.surface for morpheme in passage.morphemes), ""]
    for before, word, behind in zip(surfaces, surfaces[1:], surfaces[2:], strict=False):
        if not (before.isnumeric() or behind.isnumeric()):
            yield word


def _find_mixed(passages: Sequence[Passage]) -> Iterator[Sign]:
    """Find the texts of an annex whose words follow each other more oddly than in its others."""
    stretches = dict.fromkeys(passage.classes for passage in passages)
    found = {classes: find_oddest_stretch(classes) for classes in stretches}
    odds = sorted(value for value, _ in found.values())
    usual = max(_MIXED, odds[len(odds) * 3 // 4]) if len(odds) > _FEW else 2 * _MIXED
    for passage in passages:
        value, place = found[passage.classes]
        if value > usual:
            strength = min(1.0, (value - usual) / _SURELY)
            reason = f"has words that hardly follow each other: 「{_quote_pair(passage, place)}」"
            yield passage.sign("mixed", reason, strength)


def _quote_pair(passage: Passage, place: int) -> str:
    return "|".join(m.surface for m in passage.morphemes[place : place + 2])
