import tempfile
import unittest
from pathlib import Path

import numpy as np

from spa_models.data.dataset_error import DatasetError
from spa_models.data.slices import load_slices
from spa_models.evaluation.steady_readers import main, redraw


def disc(radius: float) -> np.ndarray:
    y, x = np.mgrid[:64, :64]
    return np.hypot(x - 32, y - 32) < radius


def write(path: Path, masks: np.ndarray) -> None:
    """`masks` bool [n,R,64,64] with a grey image each."""
    images = np.full((len(masks), 64, 64), 90, np.uint8)
    packed = np.packbits(masks.reshape(len(masks), masks.shape[1], -1), axis=-1)
    np.savez(path, image=images, masks_packed=packed, patient=[f"P{n}" for n in range(len(masks))])


class SteadyReadersTest(unittest.TestCase):
    def test_each_reader_keeps_a_distance_from_the_majority(self) -> None:
        drawn = redraw(np.stack([disc(9), disc(10), disc(11)]), (-2.0, 0.0, 3.0))
        assert drawn is not None
        np.testing.assert_array_equal(drawn[1], disc(10))
        radii = np.sqrt(drawn.sum((1, 2)) / np.pi)
        np.testing.assert_allclose(radii, [8, 10, 13], atol=0.6)

    def test_who_drew_nothing_has_no_voice(self) -> None:
        drawn = redraw(np.stack([disc(10), np.zeros((64, 64), bool), np.zeros((64, 64), bool)]), (0.0,))
        assert drawn is not None
        np.testing.assert_array_equal(drawn[0], disc(10))

    def test_a_structure_too_small_to_be_drawn_farther_in_is_left_out(self) -> None:
        self.assertIsNone(redraw(disc(2.5)[None], (-1.6, 0.0)))
        self.assertIsNone(redraw(np.zeros((3, 64, 64), bool)))

    def test_the_file_it_writes_is_read_like_any_other_and_readers_are_the_same_on_all_images(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            data, out = Path(folder) / "data.npz", Path(folder) / "new" / "steady.npz"
            write(data, np.stack([[disc(8)] * 4, [disc(1.5)] * 4, [disc(12)] * 4]))
            main(["--data", str(data), "--out", str(out)])
            slices = load_slices(out)
            self.assertEqual(list(slices.patients), ["P0", "P2"])
            areas = slices.areas()
            self.assertEqual(areas.shape, (2, 4))
            self.assertTrue((np.diff(areas, axis=1) > 0).all())
            self.assertIsNone(slices.groups)

    def test_a_file_without_any_such_structure_is_refused_by_name(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            data = Path(folder) / "tiny.npz"
            write(data, np.stack([[disc(1.5)] * 4]))
            with self.assertRaisesRegex(DatasetError, "tiny.npz"):
                main(["--data", str(data), "--out", str(Path(folder) / "out.npz")])


if __name__ == "__main__":
    unittest.main()
