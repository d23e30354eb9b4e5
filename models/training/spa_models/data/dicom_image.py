"""One DICOM file as an 8-bit picture: rescaled, windowed, black on the low side."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .dataset_error import DatasetError
from .windowing import Window, apply_window


@dataclass(frozen=True)
class DicomImage:
    """`pixels` uint8 [H,W], or [H,W,3] for colour; `patient`: Patient ID (0010,0020), empty when there is none."""

    pixels: np.ndarray
    patient: str


def read_dicom(path: Path, window: Window | None = None) -> DicomImage:
    """The single frame of a file. Without `window` its own Window Center and Width (0028,1050/1051) serve, else percentiles.

    Raises DatasetError for what is no single-frame image, or is compressed in a way that no installed package reads.
    """
    from pydicom.pixels import apply_modality_lut, convert_color_space

    dataset = _read(path)
    if "PixelData" not in dataset:
        raise DatasetError(f"{path} has no pixels (SOP class {dataset.get('SOPClassUID', 'unknown')}). Take it out of images/.")
    if int(dataset.get("NumberOfFrames", 1) or 1) > 1:
        raise DatasetError(f"{path} has several frames. Save every frame that has masks as a picture of its own.")
    try:
        values = dataset.pixel_array
    except Exception as error:  # pydicom and its decoders raise many kinds
        raise DatasetError(
            f"{path} cannot be decoded ({error}). Install pylibjpeg with its plugins, or decompress it (dcmdjpeg, gdcmconv --raw)."
        ) from error
    patient = str(dataset.get("PatientID", "") or "")
    photometric = str(dataset.get("PhotometricInterpretation", "MONOCHROME2"))
    if values.ndim == 3:
        colour = values if photometric == "RGB" else convert_color_space(values, photometric, "RGB")
        return DicomImage(np.asarray(colour, dtype=np.uint8), patient)
    values = np.asarray(apply_modality_lut(values, dataset), dtype=np.float32)
    pixels = apply_window(values, window or _own_window(dataset))
    return DicomImage(255 - pixels if photometric == "MONOCHROME1" else pixels, patient)


def read_patient(path: Path) -> str:
    """Patient ID of a file, without its pixels; empty when there is none."""
    return str(_read(path, stop_before_pixels=True).get("PatientID", "") or "")


def _read(path: Path, **options: bool):  # noqa: ANN202
    try:
        import pydicom
    except ImportError as error:
        raise DatasetError(f"{path} is a DICOM file: `pip install pydicom`, or save the image as a PNG.") from error
    try:
        return pydicom.dcmread(path, **options)
    except (pydicom.errors.InvalidDicomError, OSError) as error:
        raise DatasetError(f"{path} cannot be read as a DICOM file ({error}).") from error


def _own_window(dataset) -> Window | None:  # noqa: ANN001
    centre, width = dataset.get("WindowCenter"), dataset.get("WindowWidth")
    if centre is None or width is None:
        return None
    first = [value[0] if hasattr(value, "__iter__") else value for value in (centre, width)]
    return float(first[0]), float(first[1])
