import tempfile
import unittest
from pathlib import Path

import numpy as np

from spa_models.data.dataset_error import DatasetError
from spa_models.data.npz_layout import open_npz
from spa_models.data.slices import load_slices, split_patients


def write(folder: str, **arrays: np.ndarray) -> Path:
    path = Path(folder) / "data.npz"
    np.savez(path, **arrays)
    return path


def drawn(readers: int, side: int = 16) -> np.ndarray:
    """Masks of three images: bool [3,readers,side,side]."""
    return np.random.default_rng(readers).random((3, readers, side, side)) > 0.5


def packed(masks: np.ndarray) -> np.ndarray:
    return np.packbits(masks.reshape(len(masks), -1), axis=1)


class SlicesTest(unittest.TestCase):
    def test_unpacks_every_reader_of_a_multi_reader_file(self) -> None:
        for readers in (1, 2, 3, 4, 7):
            masks = drawn(readers)
            for more in ({}, {"readers": np.array([0, 0, 1])}, {"readers": np.array(readers)}):
                with self.subTest(readers=readers, more=more), tempfile.TemporaryDirectory() as folder:
                    path = write(folder, image=np.zeros((3, 16, 16), np.uint8), masks_packed=packed(masks), patient=np.array(["a", "a", "b"]), **more)
                    slices = load_slices(path)
                    np.testing.assert_array_equal(slices.masks([2, 0]), masks[[2, 0]])
                    np.testing.assert_array_equal(slices.areas(), masks.sum((2, 3)))
                    groups = more.get("readers", np.array(0))
                    self.assertEqual(None if slices.groups is None else slices.groups.tolist(), groups.tolist() if groups.ndim else None)

    def test_sees_the_masks_that_the_layout_of_the_evaluation_sees_where_a_reader_ends_within_a_byte(self) -> None:
        for readers, side in ((2, 6), (3, 5), (1, 3)):
            masks = drawn(readers, side)
            with self.subTest(readers=readers, side=side), tempfile.TemporaryDirectory() as folder:
                path = write(folder, image=np.zeros((3, side, side), np.uint8), masks_packed=packed(masks))
                slices, images = load_slices(path), open_npz(path)
                np.testing.assert_array_equal(slices.masks([0, 1, 2]), masks)
                np.testing.assert_array_equal(slices.areas(), masks.sum((2, 3)))
                np.testing.assert_array_equal(images[1].masks, masks[1])

    def test_says_so_where_nothing_is_labelled(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = write(folder, image=np.zeros((2, 8, 8), np.uint8), label=np.zeros((2, 8, 8), np.uint8))
            with self.assertRaisesRegex(DatasetError, "0 everywhere"):
                load_slices(path)

    def test_refuses_bytes_that_are_no_whole_number_of_readers(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = write(folder, image=np.zeros((3, 16, 16), np.uint8), masks_packed=np.zeros((3, 100), np.uint8))
            with self.assertRaisesRegex(DatasetError, r"data\.npz: 'masks_packed' uint8 \(3, 100\) does not go with.*Expected uint8, readers"):
                load_slices(path)

    def test_refuses_a_number_of_readers_that_the_bytes_contradict(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = write(folder, image=np.zeros((3, 16, 16), np.uint8), masks_packed=packed(drawn(3)), readers=np.array(4))
            with self.assertRaisesRegex(DatasetError, "'readers' says 4, but .* holds the masks of 3. Leave 'readers' out"):
                load_slices(path)

    def test_refuses_names_and_groups_that_are_not_one_for_each_image(self) -> None:
        for name in ("readers", "patient"):
            with tempfile.TemporaryDirectory() as folder:
                path = write(folder, image=np.zeros((3, 16, 16), np.uint8), masks_packed=packed(drawn(4)), **{name: np.zeros(6, int)})
                with self.assertRaisesRegex(DatasetError, rf"'{name}' \(6,\) must have one entry for each of the 3 images"):
                    load_slices(path)

    def test_refuses_colour_images_and_files_that_are_not_there(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = write(folder, image=np.zeros((3, 16, 16, 3), np.uint8), masks_packed=packed(drawn(4)))
            with self.assertRaisesRegex(DatasetError, "in colour"):
                load_slices(path)
            with self.assertRaisesRegex(DatasetError, "no.npz is not there"):
                load_slices(Path(folder) / "no.npz")

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
