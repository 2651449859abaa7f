"""Family `wide`: comment tables in layouts that nobody prepared for, and their surroundings.

`content` draws what a document says (`rows`, `headers`, `typist`), `document` holds it and gives
the truth. `drawn` and `chromium` lay it out, in a frame of `looks`; `twist` then turns, crops and
shifts the pages. A feature is named in the annex's description.
"""
