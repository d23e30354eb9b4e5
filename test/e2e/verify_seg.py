"""Prints as JSON what a DICOM Segmentation says of itself and where its voxels are, read by pydicom."""

import json
import sys

import numpy as np
import pydicom

dataset = pydicom.dcmread(sys.argv[1])
frames = dataset.pixel_array
if frames.ndim == 2:
    frames = frames[np.newaxis]
pixels, places = {}, []
for frame, group in zip(frames, dataset.PerFrameFunctionalGroupsSequence, strict=True):
    image = group.DerivationImageSequence[0].SourceImageSequence[0]
    source = image.ReferencedSOPInstanceUID
    position = [float(v) for v in group.PlanePositionSequence[0].ImagePositionPatient] if "PlanePositionSequence" in group else None
    places.append({"frame": int(image.ReferencedFrameNumber) if "ReferencedFrameNumber" in image else None, "position": position})
    segment = group.SegmentIdentificationSequence[0].ReferencedSegmentNumber
    pixels[f"{source}#{segment}"] = np.flatnonzero(frame).tolist()
segment = dataset.SegmentSequence[0]
shared = dataset.SharedFunctionalGroupsSequence[0]
measures = shared.get("PixelMeasuresSequence")
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
        "places": places,
        "pixelSpacing": [float(v) for v in measures[0].PixelSpacing] if measures else None,
    },
    sys.stdout,
)
