"""Organs and spaces outlined by hand on slices of the DICOM series, as a dataset to measure on.

    python -m spa_models.evaluation.outlined --dicom DICOM_DIR --out FILE.npz [--series ct-head ...]

DICOM_DIR has one folder a series. outlines.json beside this file holds the drawings: coordinates, no pixels. They were drawn on the
enlarged slice, partly along a range of grey inside a limit drawn by hand, and never with a model that this project measures. It is one
reader, who is no radiologist: good for how a segmenter follows what is visible, not for anatomy in dispute.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from ..data.dataset_error import DatasetError
from ..data.dicom_image import read_dicom
from ..data.windowing import Window
from .rasterize import Frame, Ring, rasterize

OUTLINES = Path(__file__).with_name("outlines.json")
SIZE = 256


@dataclass(frozen=True)
class Outlined:
    """One slice of `shape` (rows, columns) in one window; `structures` maps a name to its rings in pixels of the slice."""

    series: str
    file: str
    shape: tuple[int, int]
    window: Window
    structures: dict[str, list[Ring]]


def read_outlines(series: Sequence[str] | None = None, path: Path = OUTLINES) -> list[Outlined]:
    """All outlined slices, or those of some series. Raises DatasetError for a series without outlines."""
    content = json.loads(path.read_text(encoding="utf-8"))["slices"]
    known = sorted({entry["series"] for entry in content})
    for name in series or ():
        if name not in known:
            raise DatasetError(f"The series '{name}' has no outlines. Choose from {', '.join(known)} with --series.")
    return [
        Outlined(
            entry["series"],
            entry["file"],
            (entry["shape"][0], entry["shape"][1]),
            (float(entry["window"][0]), float(entry["window"][1])),
            {each["name"]: [np.array(ring, dtype=float) for ring in each["rings"]] for each in entry["structures"]},
        )
        for entry in content
        if not series or entry["series"] in series
    ]


def read_slice(folder: Path, outlined: Outlined) -> tuple[np.ndarray, tuple[float, float]]:
    """uint8 [H,W] in the slice's window, and its spacing between rows and between columns in mm. Raises DatasetError."""
    import pydicom

    path = folder / outlined.series / outlined.file
    if not path.is_file():
        raise DatasetError(f"{path} is not there. Name with --dicom the folder of the series' folders, or choose series with --series.")
    pixels = read_dicom(path, outlined.window).pixels
    if pixels.shape != outlined.shape:
        raise DatasetError(f"{path} is {pixels.shape}, the slice that was outlined {outlined.shape}. Name another folder with --dicom.")
    spacing = pydicom.dcmread(path, stop_before_pixels=True).get("PixelSpacing") or (1, 1)
    return pixels, (float(spacing[0]), float(spacing[1]))


def resample(pixels: np.ndarray, frame: Frame) -> np.ndarray:
    """uint8 [H,W] -> uint8 [size,size]: antialiased, square pixels, 0 outside the slice."""
    square = np.zeros((frame.size, frame.size), np.uint8)
    inside = Image.fromarray(pixels).resize((frame.width, frame.height), Image.Resampling.BILINEAR)
    square[frame.top : frame.top + frame.height, frame.left : frame.left + frame.width] = np.asarray(inside)
    return square


def label_images(masks: dict[str, np.ndarray]) -> list[tuple[np.ndarray, list[str]]]:
    """bool [H,W] masks -> as few label images uint8 [H,W] as keep every mask whole; the k-th name of an image has the label k+1."""
    images: list[tuple[np.ndarray, list[str]]] = []
    for name, mask in masks.items():
        label, names = next((image for image in images if not image[0][mask].any()), (None, None))
        if label is None or names is None:
            label, names = np.zeros(mask.shape, np.uint8), []
            images.append((label, names))
        names.append(name)
        label[mask] = len(names)
    return images


def write_outlined(slices: Sequence[Outlined], folder: Path, out: Path, size: int = SIZE) -> list[str]:
    """Writes `image` and `label` uint8 [n,size,size], `name` [n] SERIES/FILE and `structures` [n], the names of the labels 1, 2, ... with
    ", " between them. A slice whose structures overlap, or that has two windows, is there several times. Returns `structures`.
    """
    images, labels, names, structures = [], [], [], []
    for outlined in slices:
        pixels, spacing = read_slice(folder, outlined)
        frame = Frame.around(pixels.shape, spacing, size)
        masks = {name: rasterize(rings, frame) for name, rings in outlined.structures.items()}
        for label, contained in label_images(masks):
            images.append(resample(pixels, frame))
            labels.append(label)
            names.append(f"{outlined.series}/{outlined.file}")
            structures.append(", ".join(contained))
    out.parent.mkdir(parents=True, exist_ok=True)
    partial = out.with_suffix(".partial.npz")
    np.savez_compressed(
        partial, image=np.stack(images), label=np.stack(labels), name=np.array(names), structures=np.array(structures)
    )
    partial.replace(out)
    return structures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dicom", type=Path, required=True, help="folder with one folder of .dcm files a series")
    parser.add_argument("--out", type=Path, required=True, help="npz file to write")
    parser.add_argument("--series", nargs="+", help="only these series; all without it")
    parser.add_argument("--size", type=int, default=SIZE, help="side of the square images in pixels (%(default)s)")
    options = parser.parse_args()
    try:
        structures = write_outlined(read_outlines(options.series), options.dicom, options.out, options.size)
    except DatasetError as error:
        parser.error(str(error))
    cases = sum(len(each.split(", ")) for each in structures)
    print(f"{cases} structures on {len(structures)} images -> {options.out}")


if __name__ == "__main__":
    main()
