"""Replace the text of a recognised character, and record the change."""

from msgspec.structs import replace

from pipeline.extract.ocr.engine.character_set import Character
from pipeline.model import Repair


def replace_text(character: Character, step: str, text: str) -> Character:
    """Replace the text of a character, with a receipt; unchanged if the text is the same."""
    if text == character.text:
        return character
    return replace(
        character,
        text=text,
        confidence=max(character.probability_of(text), character.confidence),
        others=((character.text, character.confidence), *character.others),
        repairs=(*character.repairs, Repair(step, character.text, text)),
    )
