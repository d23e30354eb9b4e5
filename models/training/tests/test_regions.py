import contextlib
import io
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import numpy as np

from spa_models.data.slices import load_slices
from spa_models.synthetic import regions
from spa_models.synthetic.tessellation import draw_tessellation


def scene() -> tuple[np.ndarray, np.ndarray]:
    y, x = np.mgrid[:128, :128]
    inside = np.hypot(x - 60, y - 70) < 22
    noise = np.random.default_rng(1).normal(0, 0.01, inside.shape)
    return np.clip(np.where(inside, 0.7, 0.3) + noise, 0, 1).astype(np.float32), inside


class RegionsTest(unittest.TestCase):
    def test_finds_the_disc_whose_border_is_clear(self) -> None:
        grey, inside = scene()
        found = [regions.draw_region(np.random.default_rng(seed), grey) for seed in range(60)]
        overlaps = [2 * (f & inside).sum() / (f.sum() + inside.sum()) for f in found if f is not None and f[70, 60]]
        self.assertGreater(len(overlaps), 2)
        self.assertGreater(np.median(overlaps), 0.9)

    def test_finds_nothing_in_noise(self) -> None:
        noise = np.random.default_rng(2).normal(0.5, 0.1, (128, 128)).astype(np.float32)
        found = [regions.draw_region(np.random.default_rng(seed), noise) for seed in range(30)]
        self.assertLess(sum(f is not None for f in found), 6)

    def test_writes_slices_with_four_readers(self) -> None:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            np.savez(folder / "images.npz", image=(scene()[0][None] * 255).astype(np.uint8))
            arguments = ["regions", "--images", str(folder / "images.npz"), "--count", "3", "--out", str(folder / "out.npz")]
            with mock.patch.object(sys, "argv", arguments), contextlib.redirect_stdout(io.StringIO()):
                regions.main()
            slices = load_slices(folder / "out.npz")
            self.assertEqual(slices.masks([0]).shape, (1, 4, 128, 128))
            self.assertTrue(slices.masks([0]).any())

    def test_both_edges_of_a_window_on_ct_move_around_a_usual_centre(self) -> None:
        widths: dict[int, list[float]] = {}
        for seed in range(100):
            for low, high in regions.windows("CT", np.zeros(3), np.random.default_rng(seed)):
                widths.setdefault(round((low + high) / 2, 6), []).append(high - low)
        self.assertEqual(set(widths), {0, 40, 50, 400})
        for centre, usual in ((0, 800), (40, 400), (50, 300), (400, 1800)):
            self.assertEqual(len(set(widths[centre])), len(widths[centre]))
            self.assertTrue(min(widths[centre]) < usual < max(widths[centre]))

    def test_a_folder_without_dicom_says_what_it_needs(self) -> None:
        with tempfile.TemporaryDirectory() as name, self.assertRaisesRegex(ValueError, "no DICOM files"):
            regions.read_images(Path(name), np.random.default_rng(1))


class TessellationTest(unittest.TestCase):
    def test_the_structure_is_one_body_among_neighbours(self) -> None:
        for seed in range(8):
            structure, image = draw_tessellation(np.random.default_rng(seed), 128)
            self.assertEqual(image.shape, (128, 128))
            area = (structure.body < 0).mean()
            self.assertTrue(0 < area < 0.5)
            self.assertGreater(image.std(), 0.03)


if __name__ == "__main__":
    unittest.main()
