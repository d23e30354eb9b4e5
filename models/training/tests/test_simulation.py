import unittest

import numpy as np
import torch

from spa_models.bayes.networks import Architecture, BayesModel
from spa_models.bayes.simulation import User, simulate
from spa_models.data.slices import Slices


class BrightThings(BayesModel):
    """Stands in for a trained network: bright is inside, the first latent moves the border, points are obeyed."""

    def __init__(self) -> None:
        super().__init__(Architecture(size=48))
        self.encoder.forward = lambda image: (image, image)
        self.prompt.forward = lambda features, context, prompts: features + 9 * (prompts[:, :1] - prompts[:, 1:2]) ** 3
        self.head.decode = lambda conditioning, latents: 8 * (conditioning + 0.1 * latents[:, :, :1, None])


def disc(radius: float) -> Slices:
    y, x = np.mgrid[:128, :128]
    mask = np.hypot(x - 50, y - 70) < radius
    packed = np.packbits(mask.reshape(1, 1, -1), axis=-1)
    return Slices((mask * 255).astype(np.uint8)[None], packed, np.array(["p"]), np.array(["s"]))


class SimulationTest(unittest.TestCase):
    def test_finds_the_view_of_small_and_large_structures(self) -> None:
        for radius in (4, 9, 25, 45):
            course = simulate(BrightThings().eval(), disc(radius), 0, 0, User(rounds=2), 1)
            self.assertGreater(course.dice[0], 0.85, f"radius {radius}")

    def test_reports_a_value_for_every_round_and_the_best_is_never_worse(self) -> None:
        torch.manual_seed(0)
        for user in (User(rounds=3), User(rounds=3, chooses=False, adapts=False)):
            course = simulate(BayesModel(Architecture(size=48)).eval(), disc(9), 0, 0, user, 1)
            self.assertEqual((len(course.dice), len(course.best)), (3, 3))
            self.assertTrue(all(best >= dice for best, dice in zip(course.best, course.dice)))


if __name__ == "__main__":
    unittest.main()
