"""Vertical forms: glyphs that a font has for vertical type, and that some PDFs name by themselves.

Nobody types them. An author types the character, and the program draws its vertical form.
"""

from types import MappingProxyType

# standard: Unicode, blocks Vertical Forms and CJK Compatibility Forms. Its decompositions are
# half-width; authors of vertical type use the full-width characters of JIS X 0208. The tricolon and
# the colon of two dots are what Adobe's map of glyphs (Adobe-Japan1-UCS2) calls the leaders.
_FORMS = (
    "︐，︑、︒。︓：︔；︕！︖？︗〖︘〗︙…︰‥︱―︲‐︳＿"
    "︵（︶）︷｛︸｝︹〔︺〕︻【︼】︽《︾》︿〈﹀〉﹁「﹂」﹃『﹄』﹇［﹈］"
    "⁝…⁚‥"
)

VERTICAL_FORMS = MappingProxyType(dict(zip(_FORMS[::2], _FORMS[1::2], strict=True)))
"""Vertical form → the character that an author types."""
