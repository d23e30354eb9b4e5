"""The options that name a dataset on the command line, and the part of it that training or validation uses."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..numbers import share
from .annotated import AnnotatedImages, hold_out
from .dataset_error import DatasetError
from .folder_layout import FolderImages
from .npz_layout import open_npz
from .refuge_layout import TRAINING, VALIDATION, RefugeImages

LAYOUTS = ("refuge", "npz", "folder")
PARTS = ("training", "validation", "all")


def add_dataset_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dataset", choices=LAYOUTS, required=True, help="layout of the data")
    parser.add_argument(
        "--data", type=Path, required=True, help="refuge: folder with Training-400 and Test-400; npz: file, or folder with train.npz "
        "and val.npz; folder: folder with images/ and masks/READER/"
    )
    parser.add_argument(
        "--held-out", type=share, default=0.1, help="share of the patients kept for validation where the layout does not say (%(default)s)"
    )
    parser.add_argument("--split-seed", type=int, default=0, help="chooses the patients held out; the same for train and validate")
    parser.add_argument(
        "--window", type=float, nargs=2, metavar=("CENTRE", "WIDTH"), help="grey values of DICOM and 16-bit images that become 0..1"
    )


def open_dataset(options: argparse.Namespace, part: str) -> AnnotatedImages:
    """`part` of PARTS. REFUGE's Test-400 and val.npz are validation by name; elsewhere whole patients are held out by hash.

    Raises DatasetError when the data is not there or not laid out as said.
    """
    path: Path = options.data
    if not path.exists():
        raise DatasetError(f"{path} is not there. Name the data with --data.")
    if options.dataset == "refuge":
        return _refuge(path, part)
    if options.dataset == "npz" and path.is_dir():
        return _named_files(path, part)
    images = open_npz(path) if options.dataset == "npz" else FolderImages(path, tuple(options.window) if options.window else None)
    if part == "all":
        return images
    training, validation = hold_out(images, options.held_out, options.split_seed)
    return training if part == "training" else validation


def _refuge(path: Path, part: str) -> AnnotatedImages:
    if part == "all":
        raise DatasetError(f"--part all: REFUGE keeps {TRAINING} and {VALIDATION} apart. Choose training or validation.")
    return RefugeImages(path / (TRAINING if part == "training" else VALIDATION))


def _named_files(path: Path, part: str) -> AnnotatedImages:
    if part == "all":
        raise DatasetError(f"--part all: {path} holds train.npz and val.npz. Name one of the files.")
    return open_npz(path / ("train.npz" if part == "training" else "val.npz"))
