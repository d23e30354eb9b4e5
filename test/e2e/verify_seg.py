"""Prints as JSON what a DICOM Segmentation says of itself and where its voxels are, read by pydicom."""

import json
import sys

import numpy as np
import pydicom

dataset = pydicom.dcmread(sys.argv[1])
frames = dataset.pixel_array
if frames.ndim == 2:
    frames = frames[np.newaxis]
pixels = {}
for frame, group in zip(frames, dataset.PerFrameFunctionalGroupsSequence, strict=True):
    source = group.DerivationImageSequence[0].SourceImageSequence[0].ReferencedSOPInstanceUID
    segment = group.SegmentIdentificationSequence[0].ReferencedSegmentNumber
    pixels[f"{source}#{segment}"] = np.flatnonzero(frame).tolist()
segment = dataset.SegmentSequence[0]
json.dump(
    {
        "sopClass": dataset.SOPClassUID,
        "type": dataset.SegmentationType,
        "transferSyntax": dataset.file_meta.TransferSyntaxUID,
        "algorithmType": segment.SegmentAlgorithmType,
        "algorithmName": segment.get("SegmentAlgorithmName", ""),
        "rows": dataset.Rows,
        "columns": dataset.Columns,
        "pixels": pixels,
    },
    sys.stdout,
)
