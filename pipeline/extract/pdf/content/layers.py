"""Optional content: layers that a viewer shows or not (PDF 32000-1, 8.11)."""

from typing import Any

from pdfminer.pdftypes import PDFObjRef, dict_value, list_value, resolve1
from pdfminer.psparser import literal_name

_DEEPEST = 8  # expressions within expressions; judgement: programs write two


class Layers:
    """The layers of a document that are off when it is opened."""

    def __init__(self, catalog: Any) -> None:
        """Read the default configuration of a document.

        Args:
            catalog: pdfminer's catalog.

        Raises:
            PDFException, TypeError: The configuration cannot be read.
        """
        properties = dict_value(catalog.get("OCProperties", {}))
        default = dict_value(properties.get("D", {}))
        self._off = _numbers(default.get("OFF", []))
        if _name(default.get("BaseState")) == "OFF":
            self._off |= _numbers(properties.get("OCGs", [])) - _numbers(default.get("ON", []))

    def hides(self, stored: Any) -> bool:
        """Whether content with this membership is off.

        Args:
            stored: A reference to a group, or a membership dictionary; None: it has none.
        """
        if stored is None:
            return False
        if isinstance(stored, PDFObjRef) and stored.objid in self._off:
            return True
        membership = resolve1(stored)
        if not isinstance(membership, dict) or _name(membership.get("Type")) != "OCMD":
            return False
        if "VE" in membership:
            return not self._shows(membership["VE"])
        if not self._off:
            return False
        groups = membership.get("OCGs")
        several = resolve1(groups)
        members = several if isinstance(several, list) else [groups] if groups is not None else []
        off = [isinstance(group, PDFObjRef) and group.objid in self._off for group in members]
        policies = {"AllOn": any(off), "AnyOff": not any(off), "AllOff": not all(off)}
        return bool(off) and policies.get(_name(membership.get("P")), all(off))

    def _shows(self, expression: Any, depth: int = 0) -> bool:
        """Whether a group, or an expression of groups (PDF 32000-1, 8.11.2.2), is visible."""
        found = resolve1(expression)
        if not isinstance(found, list) or not found or depth == _DEEPEST:
            return not isinstance(expression, PDFObjRef) or expression.objid not in self._off
        shown = [self._shows(operand, depth + 1) for operand in found[1:]]
        rules = {"Not": not all(shown), "And": all(shown)}
        return rules.get(_name(found[0]), any(shown))


def _numbers(groups: Any) -> set[int]:
    return {group.objid for group in list_value(groups) if isinstance(group, PDFObjRef)}


def _name(stored: Any) -> str:
    value = resolve1(stored)
    return "" if value is None else str(literal_name(value))
