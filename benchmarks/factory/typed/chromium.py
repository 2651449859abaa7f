"""Typed tables as preformatted text, printed by headless Chromium."""

from __future__ import annotations

from html import escape
from pathlib import Path
from random import Random

from ..chromium import prepare, print_html
from ..model import Annex, Laid
from .page import type_annex
from .setting import MARGIN, Setting, draw_setting, installed_monospaced

__all__ = ["lay_out", "prepare"]


def lay_out(annex: Annex, rng: Random, path: Path) -> Laid:
    """Print the annex to a PDF; returns what the layout is like."""
    setting = draw_setting(rng, installed_monospaced())
    typed = type_annex(annex, rng, setting.style)
    pages = "".join(f"<pre>{escape(chr(10).join(lines))}</pre>" for lines in typed.pages)
    print_html(f"<!DOCTYPE html><meta charset=utf-8><style>{css(setting)}</style>{pages}", path)
    return Laid(f"chromium: {setting}", shown=(typed.rulings,))


def css(setting: Setting) -> str:
    """The style sheet."""
    return f"""
@page {{ size: {setting.width}pt {setting.height}pt; margin: {MARGIN}pt; }}
body {{ margin: 0; }}
pre {{ margin: 0; font: {setting.size}pt/{setting.pitch} '{setting.family}'; break-after: page;
  text-autospace: no-autospace; text-spacing-trim: space-all; }}
"""
