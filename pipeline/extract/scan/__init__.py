"""Pages recognised from their picture. Imported only where a page needs it (the `ocr` extra)."""
