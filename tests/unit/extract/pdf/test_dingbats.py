"""Fonts of signs: which character a code, or the letter that stands for it, means."""

import pytest

from pipeline.extract.pdf.content.dingbats import is_symbol, read_sign, read_symbol
from pipeline.model import UNMAPPED


@pytest.mark.parametrize(
    ("font", "text", "sign"),
    [
        ("ABCDEF+Wingdings", "l", "\uf06c"),
        ("Wingdings-Regular", "Ø", "\uf0d8"),
        ("Wingdings-Regular", "Ÿ", "\uf09f"),
        ("Wingdings", "\uf0fe", "\uf0fe"),
        ("Wingdings", "●", "●"),
        ("Wingdings", " ", " "),
        ("Wingdings 2", "R", UNMAPPED),
        ("ABCDEF+Wingdings3", "\uf075", UNMAPPED),
        ("Webdings", "a", UNMAPPED),
        ("SymbolMT", "·", "\uf0b7"),
        ("SymbolMT", "\uf0b7", "\uf0b7"),
        ("SymbolMT", "\uf061", UNMAPPED),
        ("SymbolMT", "α", "α"),
        ("MS-Mincho", "l", "l"),
    ],
)
def test_a_letter_of_a_font_of_signs_is_its_code(font: str, text: str, sign: str) -> None:
    assert read_sign(font, text) == sign


def test_the_codes_of_symbol_are_its_own() -> None:
    assert is_symbol("Symbol")
    assert is_symbol("ABCDEF+SymbolMT")
    assert not is_symbol("SymbolNeu")
    codes = bytes.fromhex("20 61 44 a3 ae b3 b7 de")
    assert "".join(map(str, map(read_symbol, codes))) == " αΔ≤→≥•⇒"
    assert read_symbol(0x60) is read_symbol(0xF7) is None
