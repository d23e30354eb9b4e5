"""Images and masks from PNG, JPEG, TIFF, BMP or DICOM files, as 8-bit pixels."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image, UnidentifiedImageError

from .dataset_error import DatasetError
from .dicom_image import read_dicom
from .windowing import Window, apply_window

PICTURE_SUFFIXES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp")
DICOM_SUFFIXES = (".dcm", ".dicom")
SUFFIXES = PICTURE_SUFFIXES + DICOM_SUFFIXES


def read_image(path: Path, window: Window | None = None) -> np.ndarray:
    """uint8 [H,W] for grey images, [H,W,3] for colour. `window` serves DICOM and 16-bit pictures.

    Raises DatasetError, naming the file, when it cannot be read.
    """
    if path.suffix.lower() in DICOM_SUFFIXES:
        return read_dicom(path, window).pixels
    with _open(path) as picture:
        if picture.mode in ("I;16", "I;16B", "I", "F"):
            return apply_window(np.asarray(picture, dtype=np.float32), window)
        if picture.mode in ("1", "L", "LA"):
            return np.asarray(picture.convert("L"))
        pixels = np.asarray(picture.convert("RGB"))
    grey = (pixels[..., :1] == pixels).all()
    return pixels[..., 0] if grey else pixels


def read_mask(path: Path, shape: tuple[int, int]) -> np.ndarray:
    """bool [H,W]. In lossless pictures every value but 0 is inside; in JPEG, whose values waver, every value above the middle. Where some of a
    picture is transparent, that is outside and the rest inside, of whatever colour it was drawn.

    Raises DatasetError when the file cannot be read or is not as large as its image, whose `shape` is (H, W).
    """
    if path.suffix.lower() in DICOM_SUFFIXES:
        raise DatasetError(f"{path}: a mask cannot be a DICOM file. Save it as a PNG, 0 outside and 255 inside.")
    with _open(path) as picture:
        alpha = np.asarray(picture.getchannel("A")) if picture.mode in ("RGBA", "LA") else np.zeros(1)
        drawn = alpha if np.ptp(alpha) > 0 else picture if picture.mode in ("P", "L", "1", "I;16", "I") else picture.convert("RGB")
        values = np.asarray(drawn)
    if values.ndim == 3:
        values = values.max(-1)
    if values.shape != shape:
        raise DatasetError(
            f"{path} is {values.shape[1]} x {values.shape[0]} pixels, its image {shape[1]} x {shape[0]}. "
            "Save the mask at the image's size, without resampling the image."
        )
    return values > (127 if path.suffix.lower() in (".jpg", ".jpeg") else 0)


def _open(path: Path) -> Image.Image:
    try:
        picture = Image.open(path)
        picture.load()
    except FileNotFoundError as error:
        raise DatasetError(f"{path} is not there.") from error
    except (UnidentifiedImageError, OSError) as error:
        raise DatasetError(f"{path} cannot be read as a picture ({error}). Save it again as a PNG.") from error
    return picture
