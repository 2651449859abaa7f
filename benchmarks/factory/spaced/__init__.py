"""Family `spaced`: values set flush right, letter-spaced and evenly spread type, no space glyphs."""
