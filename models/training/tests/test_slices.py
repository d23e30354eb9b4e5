import tempfile
import unittest
from pathlib import Path

import numpy as np

from spa_models.data.slices import DatasetError, load_slices, split_patients


def write(folder: str, **arrays: np.ndarray) -> Path:
    path = Path(folder) / "data.npz"
    np.savez(path, **arrays)
    return path


class SlicesTest(unittest.TestCase):
    def test_unpacks_every_reader_of_a_multi_reader_file(self) -> None:
        masks = np.random.default_rng(0).random((3, 4, 128, 128)) > 0.5
        with tempfile.TemporaryDirectory() as folder:
            path = write(
                folder,
                image=np.zeros((3, 128, 128), np.uint8),
                masks_packed=np.packbits(masks.reshape(3, -1), axis=1),
                patient=np.array(["a", "a", "b"]),
            )
            slices = load_slices(path)
        np.testing.assert_array_equal(slices.masks([2, 0]), masks[[2, 0]])
        np.testing.assert_array_equal(slices.areas(), masks.sum((2, 3)))

    def test_makes_one_case_of_each_label_of_a_single_reader_file(self) -> None:
        label = np.zeros((1, 8, 8), np.uint8)
        label[0, :2] = 1
        label[0, 4:] = 2
        with tempfile.TemporaryDirectory() as folder:
            slices = load_slices(write(folder, image=np.zeros((1, 8, 8), np.uint8), label=label, name=np.array(["n"])))
        self.assertEqual(len(slices), 2)
        np.testing.assert_array_equal(slices.masks([0, 1])[:, 0], np.stack([label[0] == 1, label[0] == 2]))

    def test_all_structures_of_an_image_without_a_name_are_held_out_together(self) -> None:
        label = np.zeros((4, 8, 8), np.uint8)
        label[:, :2] = 1
        label[:, 4:] = 2
        images = np.arange(4, dtype=np.uint8).repeat(64).reshape(4, 8, 8)
        with tempfile.TemporaryDirectory() as folder:
            rest, held = split_patients(load_slices(write(folder, image=images, label=label)), 0.25, 20)
        self.assertEqual((len(rest), len(held)), (6, 2))
        self.assertFalse(set(rest.images[:, 0, 0]) & set(held.images[:, 0, 0]))

    def test_takes_no_target_below_the_smallest_area(self) -> None:
        label = np.zeros((1, 8, 8), np.uint8)
        label[0, 0, :5] = 1
        label[0, 4:] = 2
        with tempfile.TemporaryDirectory() as folder:
            slices = load_slices(write(folder, image=np.zeros((1, 8, 8), np.uint8), label=label))
        self.assertEqual(slices.targets(12).tolist(), [[1, 0]])

    def test_says_which_arrays_are_missing(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            with self.assertRaisesRegex(DatasetError, "masks_packed"):
                load_slices(write(folder, image=np.zeros((1, 8, 8), np.uint8)))

    def test_holds_out_whole_patients(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = write(
                folder,
                image=np.zeros((40, 8, 8), np.uint8),
                label=np.ones((40, 8, 8), np.uint8),
                patient=np.repeat(np.arange(10), 4).astype(str),
            )
            rest, held = split_patients(load_slices(path), 0.2, 1)
        self.assertEqual(len(np.unique(held.patients)), 2)
        self.assertFalse(set(rest.patients) & set(held.patients))
        self.assertEqual(len(rest) + len(held), 40)


if __name__ == "__main__":
    unittest.main()
