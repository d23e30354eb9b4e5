import argparse
import tempfile
import unittest
from pathlib import Path

import numpy as np
from PIL import Image

from spa_models.data.annotated import Subset, hold_out
from spa_models.data.dataset_error import DatasetError
from spa_models.data.folder_layout import FolderImages
from spa_models.data.npz_layout import open_npz
from spa_models.data.open_dataset import add_dataset_arguments, open_dataset


def picture(path: Path, pixels: np.ndarray) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels).save(path)


def square(height: int = 20, width: int = 30, value: int = 255) -> np.ndarray:
    mask = np.zeros((height, width), np.uint8)
    mask[5:15, 8:20] = value
    return mask


def options(*values: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_dataset_arguments(parser)
    return parser.parse_args(values)


class TemporaryFolder(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)


class FolderLayoutTest(TemporaryFolder):
    def write(self, *names: str) -> None:
        for name in names:
            picture(self.root / "images" / f"{name}.png", np.full((20, 30), 90, np.uint8))
            picture(self.root / "masks" / "anna" / f"{name}.png", square())

    def test_gives_each_image_the_masks_of_the_readers_who_looked_at_it(self) -> None:
        self.write("a", "b")
        picture(self.root / "masks" / "ben" / "b.png", square(value=1))
        images = FolderImages(self.root)
        self.assertEqual([images[0].readers, images[1].readers], [("anna",), ("anna", "ben")])
        np.testing.assert_array_equal(images[1].masks[1], square() > 0)

    def test_keeps_colour_and_takes_grey_that_was_saved_as_colour_for_grey(self) -> None:
        self.write("a", "b")
        colour = np.zeros((20, 30, 3), np.uint8)
        colour[..., 0] = 200
        picture(self.root / "images" / "a.png", colour)
        picture(self.root / "images" / "b.png", np.full((20, 30, 3), 7, np.uint8))
        images = FolderImages(self.root)
        np.testing.assert_array_equal(images[0].pixels, colour)
        self.assertEqual(images[1].pixels.shape, (20, 30))

    def test_a_jpeg_mask_is_what_is_brighter_than_the_middle(self) -> None:
        self.write("a")
        (self.root / "masks" / "anna" / "a.png").unlink()
        picture(self.root / "masks" / "anna" / "a.jpg", square())
        np.testing.assert_array_equal(FolderImages(self.root)[0].masks[0], square() > 0)

    def test_what_is_transparent_in_a_mask_lies_outside(self) -> None:
        self.write("a")
        inside = square()
        black, white = np.zeros((20, 30, 4), np.uint8), np.full((20, 30, 4), 255, np.uint8)
        black[..., 3] = white[..., 3] = inside
        opaque = np.dstack([inside, inside, inside, np.full_like(inside, 255)])
        for drawn in (black, white, opaque, np.dstack([inside, np.full_like(inside, 255)])):
            picture(self.root / "masks" / "anna" / "a.png", drawn)
            np.testing.assert_array_equal(FolderImages(self.root)[0].masks[0], inside > 0)

    def test_names_the_mask_that_has_another_size_than_its_image(self) -> None:
        self.write("a")
        picture(self.root / "masks" / "anna" / "a.png", square(height=22))
        with self.assertRaisesRegex(DatasetError, r"anna/a\.png is 30 x 22 pixels, its image 30 x 20"):
            FolderImages(self.root)[0]

    def test_names_the_mask_without_an_image_and_the_image_without_a_mask(self) -> None:
        self.write("a", "b")
        (self.root / "images" / "b.png").unlink()
        with self.assertRaisesRegex(DatasetError, r"masks/anna/b\.png has no image"):
            FolderImages(self.root)
        self.write("b")
        (self.root / "masks" / "anna" / "a.png").unlink()
        with self.assertRaisesRegex(DatasetError, r"images/a\.png has no mask"):
            FolderImages(self.root)

    def test_says_what_is_expected_when_a_folder_is_missing(self) -> None:
        with self.assertRaisesRegex(DatasetError, "expected the folders images/ and masks/READER/"):
            FolderImages(self.root)
        picture(self.root / "images" / "a.png", square())
        with self.assertRaisesRegex(DatasetError, "no reader's folder"):
            FolderImages(self.root)

    def test_names_a_file_that_is_no_picture(self) -> None:
        self.write("a")
        (self.root / "images" / "a.png").write_bytes(b"no picture")
        with self.assertRaisesRegex(DatasetError, r"a\.png cannot be read as a picture"):
            FolderImages(self.root)[0]

    def test_patients_come_from_the_table_where_there_is_one(self) -> None:
        self.write("a", "b", "c")
        (self.root / "patients.csv").write_text("a,one\nb.png,one\n")
        self.assertEqual(list(FolderImages(self.root).patients), ["one", "one", "c"])


class DicomTest(TemporaryFolder):
    def write(self, **attributes: object) -> Path:
        import pydicom
        from pydicom.uid import CTImageStorage, ExplicitVRLittleEndian, generate_uid

        dataset = pydicom.Dataset()
        dataset.file_meta = pydicom.dataset.FileMetaDataset()
        dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
        dataset.file_meta.MediaStorageSOPClassUID = dataset.SOPClassUID = CTImageStorage
        dataset.file_meta.MediaStorageSOPInstanceUID = dataset.SOPInstanceUID = generate_uid()
        values = np.tile(np.arange(30, dtype=np.int16), (20, 1))
        dataset.Rows, dataset.Columns = values.shape
        dataset.SamplesPerPixel, dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit = 1, 16, 16, 15
        dataset.PixelRepresentation, dataset.PhotometricInterpretation = 1, "MONOCHROME2"
        dataset.RescaleSlope, dataset.RescaleIntercept, dataset.PatientID = 10, -100, "patient 7"
        dataset.PixelData = values.tobytes()
        for name, value in attributes.items():
            setattr(dataset, name, value)
        path = self.root / "images" / "a.dcm"
        path.parent.mkdir(exist_ok=True)
        dataset.save_as(path, enforce_file_format=True)
        picture(self.root / "masks" / "anna" / "a.png", square())
        return path

    def test_windows_rescaled_values_and_knows_the_patient(self) -> None:
        self.write()
        images = FolderImages(self.root, (0, 100))
        self.assertEqual(list(images.patients), ["patient 7"])
        self.assertEqual(images[0].pixels[0, [0, 5, 10, 15, 29]].tolist(), [0, 0, 128, 255, 255])

    def test_takes_the_files_own_window_and_turns_inverted_images(self) -> None:
        self.write(WindowCenter=0, WindowWidth=100, PhotometricInterpretation="MONOCHROME1")
        self.assertEqual(FolderImages(self.root)[0].pixels[0, [0, 29]].tolist(), [255, 0])

    def test_refuses_several_frames(self) -> None:
        self.write(NumberOfFrames=2)
        with self.assertRaisesRegex(DatasetError, "several frames"):
            FolderImages(self.root)[0]


class RefugeLayoutTest(TemporaryFolder):
    def test_reads_seven_readers_and_keeps_training_and_test_apart(self) -> None:
        colour = np.zeros((20, 30, 3), np.uint8)
        colour[..., 0] = 180
        for part, name in (("Training-400", "g0001"), ("Test-400", "T0001")):
            picture(self.root / part / name / f"{name}_cropped.jpg", colour)
            for reader in range(1, 8):
                mask = square() if reader > 1 else np.zeros((20, 30), np.uint8)
                picture(self.root / part / name / f"{name}_seg_cup_{reader}_cropped.jpg", mask)
        chosen = options("--dataset", "refuge", "--data", str(self.root))
        image = open_dataset(chosen, "training")[0]
        self.assertEqual((image.name, image.pixels.shape, image.masks.shape), ("g0001", (20, 30, 3), (7, 20, 30)))
        self.assertEqual(image.masks.sum((1, 2)).tolist(), [0, *[120] * 6])
        self.assertEqual(open_dataset(chosen, "validation")[0].name, "T0001")

    def test_says_which_folder_is_missing(self) -> None:
        with self.assertRaisesRegex(DatasetError, "Training-400"):
            open_dataset(options("--dataset", "refuge", "--data", str(self.root)), "training")


class NpzLayoutTest(TemporaryFolder):
    def test_unpacks_every_reader(self) -> None:
        masks = np.random.default_rng(0).random((2, 4, 16, 16)) > 0.5
        np.savez(
            self.root / "train.npz",
            image=np.zeros((2, 16, 16), np.uint8),
            masks_packed=np.packbits(masks.reshape(2, -1), axis=1),
            patient=np.array(["a", "b"]),
        )
        images = open_npz(self.root / "train.npz")
        np.testing.assert_array_equal(images[1].masks, masks[1])
        self.assertEqual(list(images.patients), ["a", "b"])

    def test_makes_one_item_of_each_label_that_an_image_has(self) -> None:
        label = np.zeros((2, 8, 8), np.uint8)
        label[0, :2], label[0, 4:], label[1, 3] = 1, 2, 2
        np.savez(self.root / "x.npz", image=np.zeros((2, 8, 8), np.uint8), label=label, name=np.array(["p", "q"]))
        images = open_npz(self.root / "x.npz")
        self.assertEqual([images[i].masks.sum() for i in range(3)], [16, 32, 8])
        self.assertEqual(list(images.patients), ["p", "p", "q"])

    def test_says_which_arrays_a_file_holds_and_which_it_should(self) -> None:
        np.savez(self.root / "x.npz", image=np.zeros((1, 8, 8), np.uint8))
        with self.assertRaisesRegex(DatasetError, r"holds \['image'\].*masks_packed"):
            open_npz(self.root / "x.npz")

    def test_names_a_file_that_is_no_npz(self) -> None:
        path = self.root / "a.npz"
        for content in (b"no archive", b""):
            path.write_bytes(content)
            with self.assertRaisesRegex(DatasetError, r"a\.npz cannot be read as an npz file"):
                open_npz(path)
        np.savez(path, image=np.array([{}], dtype=object), label=np.zeros(1))
        with self.assertRaisesRegex(DatasetError, r"a\.npz cannot be read as an npz file"):
            open_npz(path)

    def test_refuses_masks_that_do_not_go_with_the_images(self) -> None:
        np.savez(self.root / "x.npz", image=np.zeros((1, 8, 8), np.uint8), masks_packed=np.zeros((1, 9), np.uint8))
        with self.assertRaisesRegex(DatasetError, "does not go with"):
            open_npz(self.root / "x.npz")


class Patients:
    def __init__(self, patients: list[str]) -> None:
        self.patients = patients

    def __len__(self) -> int:
        return len(self.patients)

    def __getitem__(self, index: int) -> str:
        return self.patients[index]


class HoldOutTest(unittest.TestCase):
    def test_keeps_a_patients_images_together_and_moves_nobody_when_images_are_added(self) -> None:
        before = hold_out(Patients([f"p{n // 3}" for n in range(90)]), 0.3, 1)
        after = hold_out(Patients([f"p{n // 3}" for n in range(300)]), 0.3, 1)
        held = [set(part.patients) for part in before]
        self.assertFalse(held[0] & held[1])
        self.assertTrue(held[0] <= set(after[0].patients) and held[1] <= set(after[1].patients))
        self.assertTrue(2 <= len(held[1]) <= 16)

    def test_holds_out_at_least_one_patient_and_needs_two(self) -> None:
        self.assertEqual(len(hold_out(Patients(["a", "b"]), 0.0, 1)[1]), 1)
        with self.assertRaisesRegex(DatasetError, "1 patient"):
            hold_out(Patients(["a", "a"]), 0.1, 1)

    def test_a_subset_is_in_the_order_asked_for(self) -> None:
        subset = Subset(Patients(["a", "b", "c"]), [2, 0])
        self.assertEqual((list(subset.patients), subset[0]), (["c", "a"], "c"))


if __name__ == "__main__":
    unittest.main()
