"""Make, train and measure the recogniser.

python -m tools.recogniser fonts FOLDER         the machine's faces, cut down to what is read
python -m tools.recogniser texts FOLDER         words and lines of text
python -m tools.recogniser lines DATA FOLDER    lines as pictures, with what they say
python -m tools.recogniser evaluate FOLDER …    how well a model reads such lines
python -m tools.recogniser train DATA FOLDER    train for a given time            (needs torch)
python -m tools.recogniser export CHECKPOINT MODEL                                (needs torch)
python -m tools.recogniser quantize DATA MODEL FILE                               (needs torch)
python -m tools.recogniser smoke                try it all, 27 s of one core      (needs torch)

DATA is a folder with the results of `fonts` and `texts`, in folders of these names.
`make recogniser ARGS="…"` runs all of them with torch.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.extract.ocr.engine.recognizer import MODEL
from tools.recogniser.look import LEVELS, Look

if TYPE_CHECKING:
    from tools.recogniser.faces import Faces
    from tools.recogniser.texts import TextStock


def _take_fonts(args: argparse.Namespace) -> None:
    from tools.recogniser.fonts import read_faces, take_faces

    missing = take_faces(args.root, args.folder)
    packages = sorted({read_faces()[name].package for name in missing})
    if missing:
        print(f"not on this machine: {' '.join(missing)} (apt-get install {' '.join(packages)})")


def _write_texts(args: argparse.Namespace) -> None:
    from tools.recogniser.texts import write_texts

    stock = write_texts(args.folder, args.words, args.lines, args.seed)
    print(f"{len(stock.lines)} lines, {len(stock.words)} words")


def _load(data: Path, held: bool) -> tuple[Faces, TextStock]:
    """The results of `fonts` and `texts`; those kept for measuring, or those for training."""
    from tools.recogniser.faces import load_faces
    from tools.recogniser.texts import read_texts

    faces = load_faces(data / "fonts", held)
    if not faces.japanese:
        raise SystemExit(f"{data / 'fonts'}: no such face; `fonts` names the packages to install")
    return faces, read_texts(data / "texts", held)


def _write_lines(args: argparse.Namespace) -> None:
    from tools.recogniser.evaluation import write_lines
    from tools.recogniser.synthesis import LineMaker

    faces, stock = _load(args.data, args.held)
    maker = LineMaker(faces, stock, Look(args.level, badly_cut=args.badly_cut), args.seed)
    write_lines(maker, args.count, args.folder)


def _evaluate(args: argparse.Namespace) -> None:
    from tools.recogniser.evaluation import read_lines, score_lines

    for folder in args.folders:
        print(f"{folder}: {score_lines(list(read_lines(folder)), args.model)}")


def _train(args: argparse.Namespace) -> None:
    from tools.recogniser.training import Plan, train

    look = Look(mild=args.mild, badly_cut=args.badly_cut)
    plan = Plan(
        seconds=args.seconds, columns=args.columns, widest=args.widest, peak=args.peak,
        ctc_from=args.ctc_from, places=args.places, average=args.average, look=look,
        start=args.start, workers=args.workers, half=args.half, threads=args.threads,
        seed=args.seed,
    )  # fmt: skip
    faces, stock = _load(args.data, held=False)
    train(plan, faces, stock, args.folder)


def _export(args: argparse.Namespace) -> None:
    from tools.recogniser.export import export_checkpoint

    export_checkpoint(args.checkpoint, args.model, args.mean_with, args.share)


def _quantize(args: argparse.Namespace) -> None:
    from tools.recogniser.quantize import quantize
    from tools.recogniser.synthesis import LineMaker

    look = Look(badly_cut=args.badly_cut)
    quantize(args.model, LineMaker(*_load(args.data, held=False), look, args.seed), args.file)


def _smoke(args: argparse.Namespace) -> None:
    from tools.recogniser.smoke import smoke

    smoke()


def _add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    run: Callable[[argparse.Namespace], None],
    name: str,
    *places: str,
) -> argparse.ArgumentParser:
    """Add a command with its positional arguments, all of which are paths."""
    command = commands.add_parser(name, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    command.set_defaults(run=run)
    for place in places:
        command.add_argument(place, type=Path)
    return command


def _add_training(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = _add(commands, _train, "train", "data", "folder")
    command.add_argument("--seconds", type=float, default=600.0)
    command.add_argument("--start", type=Path, help="ONNX file to go on from")
    command.add_argument("--peak", type=float, default=2e-3, help="rate; 2e-4 with --start")
    command.add_argument("--columns", type=int, default=160_000, help="of a batch")
    command.add_argument("--widest", type=int, default=1600, help="columns of the longest line")
    command.add_argument("--ctc-from", type=float, default=0.12, help="share of the time")
    command.add_argument("--places", type=float, default=1.0, help="weight of the known places")
    command.add_argument("--average", type=float, default=0.999, help="decay of the mean")
    command.add_argument("--badly-cut", type=float, default=0.0, help="share of the lines")
    command.add_argument("--mild", type=float, default=0.0, help="share of lines spoilt little")
    command.add_argument("--workers", type=int, default=15, help="processes that make lines")
    command.add_argument("--threads", type=int, help="of the network, on a CPU")
    command.add_argument("--half", action=argparse.BooleanOptionalAction, default=True)
    command.add_argument("--seed", type=int, default=1)


def build_parser() -> argparse.ArgumentParser:
    """All commands and their options."""
    parser = argparse.ArgumentParser(prog="python -m tools.recogniser", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    commands = parser.add_subparsers(required=True)
    fonts = _add(commands, _take_fonts, "fonts", "folder")
    fonts.add_argument("--root", type=Path, default=Path("/usr/share/fonts"))
    texts = _add(commands, _write_texts, "texts", "folder")
    texts.add_argument("--words", type=int, default=110_000)
    texts.add_argument("--lines", type=int, default=40_000)
    texts.add_argument("--seed", type=int, default=1)
    lines = _add(commands, _write_lines, "lines", "data", "folder")
    lines.add_argument("--count", type=int, default=250)
    lines.add_argument("--level", choices=LEVELS, help="a mix if not given")
    lines.add_argument("--badly-cut", type=float, default=0.0, help="share of the lines")
    lines.add_argument("--held", action="store_true", help="faces and texts kept for measuring")
    lines.add_argument("--seed", type=int, default=1)
    evaluate = _add(commands, _evaluate, "evaluate")
    evaluate.add_argument("folders", type=Path, nargs="+")
    evaluate.add_argument("--model", type=Path, default=MODEL)
    _add_training(commands)
    export = _add(commands, _export, "export", "checkpoint", "model")
    export.add_argument("--mean-with", type=Path, help="ONNX file to take the mean with")
    export.add_argument("--share", type=float, default=0.5, help="of the checkpoint in the mean")
    quantize = _add(commands, _quantize, "quantize", "data", "model", "file")
    quantize.add_argument("--badly-cut", type=float, default=0.25, help="share of the lines")
    quantize.add_argument("--seed", type=int, default=5)
    _add(commands, _smoke, "smoke")
    return parser


if __name__ == "__main__":
    arguments = build_parser().parse_args()
    arguments.run(arguments)
