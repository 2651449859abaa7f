"""Pages recognised from their picture. Imported only where a page needs it (the `ocr` extra)."""

from pipeline.extract.scan.reader import ScanReader

__all__ = ["ScanReader"]
