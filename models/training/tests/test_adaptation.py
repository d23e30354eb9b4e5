import unittest

import numpy as np
import torch

from spa_models.bayes.adaptation import (
    Preference,
    Settings,
    part_at,
    refit,
    weights_of_choice,
    weights_of_click,
)


class AdaptationTest(unittest.TestCase):
    def test_a_choice_moves_the_mean_towards_what_was_chosen_and_narrows(self) -> None:
        latents = torch.linspace(-2, 2, 41)[:, None]
        weights = torch.softmax(-((latents[:, 0] - 1.2) ** 2) / 0.05, 0)
        after = refit(Preference.standard(1), latents, weights, Settings())
        self.assertTrue(0.5 < float(after.mean) < 1.3)
        self.assertLess(float(after.variance), 0.9)

    def test_equal_weights_change_little(self) -> None:
        latents = torch.randn(400, 3, generator=torch.Generator().manual_seed(0))
        after = refit(Preference.standard(3), latents, torch.full((400,), 1 / 400), Settings())
        self.assertLess(float(after.mean.abs().max()), 0.15)
        self.assertLess(float((after.variance - 1).abs().max()), 0.2)

    def test_the_variance_keeps_a_floor(self) -> None:
        weights = torch.zeros(10)
        weights[3] = 1
        after = refit(Preference.standard(2), torch.randn(10, 2), weights, Settings(prior=0))
        self.assertGreaterEqual(float(after.variance.min()), Settings().floor - 1e-6)

    def test_weights_of_a_click_follow_its_likelihood(self) -> None:
        samples = torch.zeros(2, 4, 4)
        samples[1, 2, 3] = 0.9
        self.assertGreater(*reversed(weights_of_click(samples, 3, 2, True).tolist()))
        self.assertGreater(*weights_of_click(samples, 3, 2, False).tolist())

    def test_weights_of_a_choice_prefer_the_like(self) -> None:
        samples = torch.zeros(2, 8, 8)
        samples[0, :4] = 1
        samples[1, :2] = 1
        self.assertGreater(*weights_of_choice(samples, samples[0], Settings()).tolist())

    def test_part_at_takes_the_part_under_the_click_or_else_the_largest(self) -> None:
        mask = np.zeros((6, 6), bool)
        mask[0, 0] = True
        mask[3:, 3:] = True
        self.assertEqual(int(part_at(mask, 0, 0).sum()), 1)
        self.assertEqual(int(part_at(mask, 5, 0).sum()), 9)


if __name__ == "__main__":
    unittest.main()
