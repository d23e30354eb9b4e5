import json
import tempfile
import unittest
from pathlib import Path

import numpy as np

from spa_models.data.dataset_error import DatasetError
from spa_models.data.npz_layout import open_npz
from spa_models.data.slices import load_slices
from spa_models.evaluation.outlined import label_images, read_outlines, resample, write_outlined
from spa_models.evaluation.rasterize import Frame, rasterize


def box(left: float, top: float, right: float, bottom: float) -> np.ndarray:
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]])


def write_dicom(path: Path, values: np.ndarray, spacing: tuple[float, float] = (1.0, 1.0)) -> None:
    import pydicom
    from pydicom.uid import CTImageStorage, ExplicitVRLittleEndian, generate_uid

    dataset = pydicom.Dataset()
    dataset.file_meta = pydicom.dataset.FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    dataset.file_meta.MediaStorageSOPClassUID = dataset.SOPClassUID = CTImageStorage
    dataset.file_meta.MediaStorageSOPInstanceUID = dataset.SOPInstanceUID = generate_uid()
    dataset.Rows, dataset.Columns = values.shape
    dataset.SamplesPerPixel, dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit = 1, 16, 16, 15
    dataset.PixelRepresentation, dataset.PhotometricInterpretation = 1, "MONOCHROME2"
    dataset.RescaleSlope, dataset.RescaleIntercept, dataset.PixelSpacing = 1, 0, list(spacing)
    dataset.PixelData = values.astype(np.int16).tobytes()
    path.parent.mkdir(parents=True, exist_ok=True)
    dataset.save_as(path, enforce_file_format=True)


class RasterizeTest(unittest.TestCase):
    def test_a_pixel_counts_when_more_than_half_of_it_is_inside(self) -> None:
        mask = rasterize([box(1.6, 2.4, 4.4, 5.6)], Frame.around((8, 8), (1, 1), 8))
        expected = np.zeros((8, 8), bool)
        expected[3:6, 2:5] = True
        np.testing.assert_array_equal(mask, expected)

    def test_a_ring_inside_another_is_a_hole(self) -> None:
        mask = rasterize([box(0.5, 0.5, 6.5, 6.5), box(2.5, 2.5, 4.5, 4.5)], Frame.around((8, 8), (1, 1), 8))
        self.assertEqual(int(mask.sum()), 36 - 4)
        self.assertFalse(mask[3:5, 3:5].any())

    def test_a_concave_ring_stays_concave(self) -> None:
        ring = np.array([[0.5, 0.5], [6.5, 0.5], [6.5, 6.5], [4.5, 6.5], [4.5, 2.5], [2.5, 2.5], [2.5, 6.5], [0.5, 6.5]])
        mask = rasterize([ring], Frame.around((8, 8), (1, 1), 8))
        self.assertFalse(mask[3:, 3:5].any())
        self.assertEqual(int(mask.sum()), 36 - 8)

    def test_covers_what_the_image_shows_there_whatever_spacing_and_size(self) -> None:
        values = np.zeros((60, 40), np.uint8)
        values[12:48, 10:30] = 200
        frame = Frame.around(values.shape, (0.5, 1.0), 96)
        self.assertEqual((frame.height, frame.width), (72, 96))
        mask = rasterize([box(9.5, 11.5, 29.5, 47.5)], frame)
        image = resample(values, frame)
        self.assertEqual(image.shape, mask.shape)
        self.assertLess(int((mask != (image > 100)).sum()), 0.02 * mask.sum())

    def test_pads_the_shorter_side_on_both_ends(self) -> None:
        frame = Frame.around((40, 20), (1, 1), 40)
        image = resample(np.full((40, 20), 9, np.uint8), frame)
        self.assertTrue((image[:, 10:30] == 9).all())
        self.assertEqual(int(image.sum()), 9 * 40 * 20)


class LabelImagesTest(unittest.TestCase):
    def test_structures_that_overlap_go_to_different_images_and_stay_whole(self) -> None:
        masks = {name: np.zeros((4, 4), bool) for name in ("brain", "ventricle", "eye")}
        masks["brain"][:3] = True
        masks["ventricle"][1, 1] = True
        masks["eye"][3, 3] = True
        images = label_images(masks)
        self.assertEqual([names for _, names in images], [["brain", "eye"], ["ventricle"]])
        np.testing.assert_array_equal(images[0][0] == 1, masks["brain"])
        np.testing.assert_array_equal(images[0][0] == 2, masks["eye"])
        np.testing.assert_array_equal(images[1][0] == 1, masks["ventricle"])


class WriteOutlinedTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        whole = {"name": "whole", "rings": [box(4.5, 4.5, 34.5, 34.5).tolist()]}
        part = {"name": "part", "rings": [box(9.5, 9.5, 19.5, 19.5).tolist()]}
        slices = [
            {"series": "one", "file": "001.dcm", "shape": [40, 40], "window": [50, 100], "structures": [whole, part]},
            {"series": "two", "file": "007.dcm", "shape": [40, 40], "window": [50, 100], "structures": [part]},
        ]
        path = self.root / "outlines.json"
        path.write_text(json.dumps({"slices": slices}))
        self.outlines = path
        values = np.full((40, 40), 100)
        values[10:20, 10:20] = 50
        write_dicom(self.root / "dicom" / "one" / "001.dcm", values)
        write_dicom(self.root / "dicom" / "two" / "007.dcm", values)
        self.out = self.root / "made" / "outlined.npz"

    def write(self, *series: str) -> list[str]:
        return write_outlined(read_outlines(series, self.outlines), self.root / "dicom", self.out, size=40)

    def test_every_structure_is_one_case_of_the_projects_npz_layout(self) -> None:
        structures = self.write()
        self.assertEqual(structures, ["whole", "part", "part"])
        cases = open_npz(self.out)
        self.assertEqual([int(cases[index].masks.sum()) for index in range(len(cases))], [900, 100, 100])
        self.assertEqual(list(cases.patients), ["one/001.dcm", "one/001.dcm", "two/007.dcm"])
        self.assertTrue((cases[1].pixels[cases[1].masks[0]] == 128).all())
        self.assertEqual(len(load_slices(self.out).targets()), 3)

    def test_takes_only_the_series_asked_for(self) -> None:
        self.assertEqual(self.write("two"), ["part"])
        with self.assertRaisesRegex(DatasetError, r"'three' has no outlines\. Choose from one, two"):
            self.write("three")

    def test_names_the_file_that_is_missing_and_what_to_do(self) -> None:
        (self.root / "dicom" / "two" / "007.dcm").unlink()
        with self.assertRaisesRegex(DatasetError, r"two/007\.dcm is not there\. Name with --dicom"):
            self.write()
        self.assertFalse(self.out.exists())

    def test_refuses_a_slice_of_another_size_than_the_outlined_one(self) -> None:
        write_dicom(self.root / "dicom" / "two" / "007.dcm", np.zeros((40, 30)))
        with self.assertRaisesRegex(DatasetError, r"two/007\.dcm is \(40, 30\), the slice that was outlined \(40, 40\)"):
            self.write()


class OutlinesTest(unittest.TestCase):
    def test_every_outline_of_the_project_is_a_ring_of_distinct_points(self) -> None:
        slices = read_outlines()
        self.assertEqual(sorted({each.series for each in slices}), ["ct-abdomen", "ct-head", "mr-head"])
        for each in slices:
            for name, rings in each.structures.items():
                with self.subTest(series=each.series, file=each.file, structure=name):
                    self.assertTrue(rings)
                    for ring in rings:
                        self.assertGreaterEqual(len(np.unique(ring, axis=0)), 8)
                        self.assertEqual(len(np.unique(ring, axis=0)), len(ring))


if __name__ == "__main__":
    unittest.main()
