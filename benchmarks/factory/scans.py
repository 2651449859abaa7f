"""``python -m benchmarks.factory.scans IN OUT``: PDFs as paper brings them back from a scanner.

What a sheet goes through is drawn from a seed: it lies askew and not quite flat, the light is not
even, the lens is soft, the sensor is noisy, and the file is small.
"""

from __future__ import annotations

import argparse
import dataclasses
import io
import json
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from random import Random

import cv2
import numpy as np
import pypdf
import pypdfium2
from numpy.typing import NDArray
from PIL import Image

from benchmarks.factory.bend import Bend, draw_bend
from benchmarks.factory.ocr_layers import set_layer, turn_page

Pixels = NDArray[np.float32]
"""Rows by columns, by red, green and blue in colour; 0 is black, 255 white."""


@dataclasses.dataclass(frozen=True)
class Scanner:
    """What happens to a sheet; a range is drawn from, page by page."""

    resolution: int = 300
    """Dots an inch."""
    colour: str = "grey"
    """`grey`, `colour` or `bw` (1-bit)."""
    skew: tuple[float, float] = (0.0, 0.0)
    """Degrees; to either side."""
    turn: int = 0
    """Degrees clockwise by which the sheet is put in the wrong way."""
    perspective: float = 0.0
    """Share of the sheet's sides by which its corners are off."""
    wave: float = 0.0
    """Points by which the sheet bulges."""
    blur: tuple[float, float] = (0.0, 0.0)
    """Points: the radius (standard deviation) of the lens's spot."""
    noise: float = 0.0
    """Grey levels, standard deviation."""
    contrast: float = 1.0
    """Share of the range from black to white."""
    speckle: float = 0.0
    """Specks a square inch."""
    shade: float = 0.0
    """Share of the light that is missing at one side."""
    yellow: float = 0.0
    """How far the paper has gone: 1 is parcel paper."""
    margin: float = 0.0
    """Inches of black around the sheet on two sides."""
    stamp: bool = False
    """A red seal somewhere over the text (in colour; grey otherwise)."""
    through: float = 0.0
    """Share of its ink that shows through from the page behind."""
    quality: int = 75
    """Of JPEG."""


PRESETS = {
    "clean": Scanner(),
    "scan": Scanner(skew=(0.3, 0.9), blur=(0.12, 0.2), noise=5, quality=60),
    "bad": Scanner(
        skew=(1.2, 2.0),
        perspective=0.004,
        blur=(0.15, 0.25),
        noise=7,
        contrast=0.55,
        speckle=1.5,
        quality=42,
    ),
    "bw": Scanner(colour="bw", skew=(0.3, 0.9), blur=(0.1, 0.16), noise=5),
    "worn": Scanner(
        colour="colour",
        skew=(0.5, 3.0),
        perspective=0.003,
        wave=2.0,
        blur=(0.1, 0.2),
        noise=5,
        yellow=0.5,
        shade=0.25,
        margin=0.2,
        stamp=True,
        through=0.12,
        speckle=0.5,
        quality=60,
    ),
}
"""`scan`, `bad` and `bw` are those of the measurements that chose the engine."""


def scan_pdf(
    data: bytes,
    scanner: Scanner,
    seed: int,
    digital: Collection[int] = (),
    layer: float | None = None,
) -> bytes:
    """Print a PDF and scan it.

    Args:
        data: The PDF.
        scanner: What happens to its sheets.
        seed: Of what is drawn by lot.
        digital: Pages, from 1, that stay as they are.
        layer: Share of wrong characters in the invisible text behind the pictures; None: none.
    """
    out = pypdf.PdfWriter()
    source = pypdf.PdfReader(io.BytesIO(data))
    document = pypdfium2.PdfDocument(data)
    printed = [_print(page, scanner.resolution) for page in document]
    for index, page in enumerate(source.pages):
        if index + 1 in digital:
            out.add_page(page)
            continue
        rng = Random(f"{seed}/{index}")
        behind = printed[(index + 1) % len(printed)] if len(printed) > 1 else None
        image, bend = _scan(printed[index], behind, scanner, rng)
        out.append(io.BytesIO(_as_pdf(image, scanner)))
        if layer is not None:
            text = set_layer(document[index], bend, scanner.resolution, layer, rng)
            out.pages[-1].merge_transformed_page(text, turn_page(text, scanner.turn))
    written = io.BytesIO()
    out.write(written)
    return written.getvalue()


def _print(page: pypdfium2.PdfPage, resolution: int) -> Pixels:
    pixels = page.render(scale=resolution / 72, rev_byteorder=True).to_numpy()[:, :, :3]
    return np.array(pixels, dtype=np.float32)


def _scan(
    sheet: Pixels, behind: Pixels | None, scanner: Scanner, rng: Random
) -> tuple[Pixels, Bend]:
    dots = np.random.default_rng(rng.getrandbits(32))
    unit = scanner.resolution / 72
    image = sheet.copy()
    if scanner.through and behind is not None and behind.shape == image.shape:
        shadow = cv2.GaussianBlur(np.ascontiguousarray(behind[:, ::-1]), (0, 0), 0.6 * unit)
        image *= 1 - scanner.through * (1 - shadow / 255)
    if scanner.stamp:
        _stamp(image, rng, unit)
    shift = round(scanner.margin * scanner.resolution)
    height, width = image.shape[:2]
    bend = draw_bend(
        width,
        height,
        scanner.skew,
        scanner.perspective,
        scanner.wave * unit,
        (shift, shift / 2),
        rng,
    )
    image = _bend(image, bend, scanner)
    sigma = rng.uniform(*scanner.blur) * unit
    if sigma:
        image = cv2.GaussianBlur(image, (0, 0), sigma)
    if scanner.colour != "colour":
        image = np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY))
    image = _light(image, scanner, rng)
    image = image + dots.normal(0, scanner.noise, image.shape).astype(np.float32)
    image = 255 - (255 - image) * scanner.contrast
    _speckle(image, scanner, dots, unit)
    if scanner.colour == "bw":
        image = np.where(image > 160, np.float32(255), np.float32(0))
    return np.rot90(image, -scanner.turn // 90), bend


def _stamp(image: Pixels, rng: Random, unit: float) -> None:
    """A round seal of 15 mm with a few strokes in it, printed over what is there."""
    height, width = image.shape[:2]
    x, y = rng.randrange(width // 4, 3 * width // 4), rng.randrange(height // 4, 3 * height // 4)
    radius, pen = round(21 * unit), max(round(1.5 * unit), 1)
    ink = np.full_like(image, 255)
    red = (215, 60, 60)
    cv2.circle(ink, (x, y), radius, red, pen)
    for _ in range(7):
        a, b, c, d = (rng.randint(-radius // 2, radius // 2) for _ in range(4))
        cv2.line(ink, (x + a, y + b), (x + c, y + d), red, pen)
    np.minimum(image, ink, out=image)


def _bend(image: Pixels, bend: Bend, scanner: Scanner) -> Pixels:
    """Skew, perspective and waves, at once."""
    y, x = np.mgrid[0 : image.shape[0], 0 : image.shape[1]].astype(np.float32)
    u, v = bend.to_sheet(x, y)
    return np.asarray(
        cv2.remap(
            image,
            u.astype(np.float32),
            v.astype(np.float32),
            cv2.INTER_LINEAR if scanner.margin else cv2.INTER_AREA,
            borderValue=(0.0 if scanner.margin else 255.0,) * 3,
        )
    )


def _light(image: Pixels, scanner: Scanner, rng: Random) -> Pixels:
    if scanner.yellow:
        paper = 1 - scanner.yellow * np.array([0.06, 0.12, 0.35], dtype=np.float32)
        image = image * (paper if image.ndim == 3 else np.float32(paper.mean()))
    if scanner.shade:
        fall = np.linspace(1, 1 - scanner.shade, image.shape[1], dtype=np.float32)
        fall = fall[:: rng.choice((-1, 1))]
        image = image * (fall[None, :, None] if image.ndim == 3 else fall[None])
    return image


def _speckle(image: Pixels, scanner: Scanner, dots: np.random.Generator, unit: float) -> None:
    height, width = image.shape[:2]
    count = int(scanner.speckle * height * width / scanner.resolution**2)
    for x, y, radius in zip(
        dots.integers(0, width, count),
        dots.integers(0, height, count),
        dots.uniform(0.15, 0.6, count) * unit,
        strict=True,
    ):
        dark = 255 * (1 - scanner.contrast)
        cv2.circle(image, (int(x), int(y)), max(int(radius), 0), (dark,) * 3, -1)


def _as_pdf(image: Pixels, scanner: Scanner) -> bytes:
    pixels = np.clip(image, 0, 255).astype(np.uint8)
    picture = Image.fromarray(np.ascontiguousarray(pixels))
    file = io.BytesIO()
    if scanner.colour == "bw":
        picture.convert("1", dither=Image.Dither.NONE).save(
            file, "PDF", resolution=scanner.resolution
        )
    else:
        picture.save(file, "PDF", resolution=scanner.resolution, quality=scanner.quality)
    return file.getvalue()


def scan_folder(
    source: Path,
    out: Path,
    preset: str,
    scanner: Scanner,
    seed: int,
    mixed: bool = False,
    layer: float | None = None,
) -> Iterable[Path]:
    """Scan every PDF of a folder that has a truth file, the truth with it.

    Args:
        source: PDFs and their truth files.
        out: The folder to write to.
        preset: Part of the new files' names.
        scanner: What happens to the sheets.
        seed: Of what is drawn by lot.
        mixed: Every second page stays as it is.
        layer: As for `scan_pdf`.

    Yields:
        Each written PDF.
    """
    out.mkdir(parents=True, exist_ok=True)
    for file in sorted(source.glob("*.pdf")):
        truth = file.with_suffix(".json")
        if not truth.exists():
            continue
        name = f"{file.stem}_{preset}{scanner.resolution}"
        digital: Sequence[int] = range(2, 1000, 2) if mixed else ()
        path = out / f"{name}.pdf"
        path.write_bytes(scan_pdf(file.read_bytes(), scanner, seed, digital, layer))
        known = json.loads(truth.read_text(encoding="utf-8"))
        known["annex"] = name
        path.with_suffix(".json").write_text(
            json.dumps(known, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
        yield path


def main() -> None:
    """Read the arguments and write the scans."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.factory.scans", description=__doc__)
    parser.add_argument("source", type=Path, help="folder of PDFs with truth files")
    parser.add_argument("out", type=Path, help="folder to write to")
    parser.add_argument("--preset", choices=tuple(PRESETS), default="scan")
    parser.add_argument("--dpi", type=int, default=300, help="(%(default)s)")
    parser.add_argument("--turn", type=int, default=0, choices=(0, 90, 180, 270))
    parser.add_argument("--seed", type=int, default=0, help="(%(default)s)")
    parser.add_argument("--mixed", action="store_true", help="every second page stays digital")
    parser.add_argument(
        "--layer",
        type=float,
        metavar="SHARE",
        help="put invisible text behind the pictures, with this share of wrong characters",
    )
    options = parser.parse_args()
    scanner = dataclasses.replace(
        PRESETS[options.preset], resolution=options.dpi, turn=options.turn
    )
    written = scan_folder(
        options.source,
        options.out,
        options.preset,
        scanner,
        options.seed,
        options.mixed,
        options.layer,
    )
    for path in written:
        print(path)


if __name__ == "__main__":
    main()
