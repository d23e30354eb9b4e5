import unittest

import numpy as np

from spa_models.bayes.mistakes import mended, spoil
from spa_models.bayes.prompting import error_click


def disc(radius: float) -> np.ndarray:
    y, x = np.mgrid[:64, :64]
    return np.hypot(x - 32, y - 32) < radius


class MistakesTest(unittest.TestCase):
    def test_a_spoilt_mask_is_mostly_wrong_somewhere_and_still_near_the_target(self) -> None:
        target = disc(14)
        overlaps = []
        for seed in range(60):
            wrong = spoil(target, np.random.default_rng(seed))
            overlaps.append(2 * (wrong & target).sum() / (wrong.sum() + target.sum()))
        self.assertLess(np.mean(np.array(overlaps) > 0.99), 0.35)
        self.assertGreater(np.mean(np.array(overlaps) > 0.3), 0.6)

    def test_a_structure_of_a_few_pixels_can_be_spoilt(self) -> None:
        target = np.zeros((64, 64), bool)
        target[5:7, 5:8] = True
        for seed in range(40):
            self.assertEqual(spoil(target, np.random.default_rng(seed)).shape, (64, 64))

    def test_mending_click_by_click_leads_to_the_target(self) -> None:
        target = disc(14)
        for seed in range(20):
            wrong = spoil(target, np.random.default_rng(seed))
            for _ in range(12):
                click = error_click(wrong, target)
                if click is None:
                    break
                wrong = mended(wrong, target, click)
            np.testing.assert_array_equal(wrong, target)


if __name__ == "__main__":
    unittest.main()
