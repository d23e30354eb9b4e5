import tempfile
import unittest
from dataclasses import replace
from pathlib import Path

import numpy as np
from scipy import ndimage

from spa_models.overlap import dice
from spa_models.synthetic.generate import SCENES, draw_readers, generate, generate_slice
from spa_models.synthetic.readers import Style, draw_mask
from spa_models.synthetic.structure import draw_structure

NEUTRAL = Style(level=0, halo=0.5, smoothing=0, spicules=False, satellites=False, hole=True)


class SyntheticTest(unittest.TestCase):
    def test_the_same_seed_gives_the_same_slice(self) -> None:
        for first, second in zip(generate_slice((1, 2)), generate_slice((1, 2))):
            np.testing.assert_array_equal(first, second)
        self.assertFalse(np.array_equal(generate_slice((1, 2))[0], generate_slice((1, 3))[0]))

    def test_images_use_the_grey_scale_and_masks_are_seldom_empty(self) -> None:
        slices = [generate_slice((5, n)) for n in range(24)]
        self.assertGreater(np.mean([image.std() for image, _, _ in slices]), 15)
        self.assertGreater(np.mean([masks.any((1, 2)).mean() for _, masks, _ in slices]), 0.9)

    def test_readers_disagree_but_draw_the_same_thing(self) -> None:
        scores = []
        for n in range(24):
            _, masks, _ = generate_slice((6, n))
            scores.append(dice(masks[0], masks[1]))
        self.assertTrue(0.6 < np.mean(scores) < 0.95, np.mean(scores))

    def test_a_generous_reader_draws_more_than_a_tight_one(self) -> None:
        random = np.random.default_rng(3)
        for _ in range(10):
            structure = draw_structure(random, 128)
            tight = draw_mask(structure, replace(NEUTRAL, level=-0.9), random)
            generous = draw_mask(structure, replace(NEUTRAL, level=0.9), random)
            self.assertGreater(generous.sum(), tight.sum())

    def test_a_reader_of_penumbras_includes_the_halo(self) -> None:
        random = np.random.default_rng(4)
        structure = replace(draw_structure(random, 128), penumbra=8.0)
        without = draw_mask(structure, replace(NEUTRAL, halo=0), random)
        full = draw_mask(structure, replace(NEUTRAL, halo=1), random)
        self.assertGreater(full.sum(), 1.2 * without.sum())

    def test_readers_of_stable_style_draw_so_many_slices_in_a_row(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            plain, stable = Path(folder) / "plain.npz", Path(folder) / "stable.npz"
            generate(5, 9, plain)
            generate(5, 9, stable, readers_of=2)
            with np.load(plain) as one, np.load(stable) as other:
                self.assertNotIn("readers", one)
                np.testing.assert_array_equal(other["readers"], [0, 0, 1, 1, 2])
                np.testing.assert_array_equal(one["image"], other["image"])
                styles = other["styles"]
        np.testing.assert_array_equal(styles[0], styles[1])
        np.testing.assert_array_equal(styles[2], styles[3])
        self.assertFalse(np.array_equal(styles[1], styles[2]))

    def test_scenes_of_ultrasound_show_the_structure_where_the_probe_sees(self) -> None:
        for n in range(16):
            image, masks, _ = generate_slice((8, n), scene=SCENES["ultrasound"])
            drawn = masks.mean(0) > 0.5
            self.assertGreater(drawn.sum(), 12)
            border = ndimage.binary_dilation(drawn, iterations=4) & ~ndimage.binary_erosion(drawn, iterations=4)
            self.assertGreater(image[border].mean(), 10)

    def test_speckle_of_ultrasound_is_wider_than_deep(self) -> None:
        def likeness(image: np.ndarray, axis: int) -> float:
            fine = image - ndimage.gaussian_filter(image, 4)
            return float((fine * np.roll(fine, 1, axis)).mean() / fine.var())

        images = [generate_slice((9, n), scene=SCENES["ultrasound"])[0].astype(np.float32) for n in range(24)]
        self.assertGreater(np.mean([likeness(image, 1) - likeness(image, 0) for image in images]), 0.1)

    def test_a_file_has_the_scenes_it_is_asked_for(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            generate(2, 8, Path(folder) / "echoes.npz", scenes="ultrasound")
            with np.load(Path(folder) / "echoes.npz") as echoes:
                np.testing.assert_array_equal(echoes["image"][1], generate_slice((8, 1), scene=SCENES["ultrasound"])[0])

    def test_groups_of_readers_differ_by_seed_and_number(self) -> None:
        self.assertEqual(draw_readers(1, 2), draw_readers(1, 2))
        self.assertNotEqual(draw_readers(1, 2), draw_readers(1, 3))
        self.assertNotEqual(draw_readers(1, 2), draw_readers(2, 2))


if __name__ == "__main__":
    unittest.main()
