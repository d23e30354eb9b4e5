import unittest

import torch

from spa_models.data.augment import augment_grey, other_scanner


def ramps(count: int) -> torch.Tensor:
    return torch.linspace(0, 1, 32).expand(count, 1, 32, 32).clone()


class AugmentTest(unittest.TestCase):
    def test_strength_zero_leaves_the_grey_values_alone(self) -> None:
        for change in (augment_grey, other_scanner):
            result = change(ramps(20), torch.Generator().manual_seed(0), torch.zeros(20))
            torch.testing.assert_close(result, ramps(20), atol=1e-3, rtol=0)

    def test_stays_within_black_and_white(self) -> None:
        for change in (augment_grey, other_scanner):
            result = change(ramps(200), torch.Generator().manual_seed(1), torch.ones(200))
            self.assertTrue(torch.isfinite(result).all())
            self.assertTrue(0 <= float(result.min()) and float(result.max()) <= 1)

    def test_another_scanner_shows_some_greys_in_another_order(self) -> None:
        result = other_scanner(ramps(300), torch.Generator().manual_seed(2), torch.ones(300))
        falls = (result[:, 0, 0].diff(dim=-1) < -1e-4).any(-1)
        same = (result == ramps(300)).flatten(1).all(1)
        self.assertTrue(15 < int(falls.sum()) < 200)
        self.assertGreater(int(same.sum()), 60)

    def test_the_same_seed_gives_the_same_images(self) -> None:
        a, b = (other_scanner(ramps(8), torch.Generator().manual_seed(3), torch.ones(8)) for _ in "ab")
        self.assertTrue(torch.equal(a, b))


if __name__ == "__main__":
    unittest.main()
