import unittest

import numpy as np

from spa_models.bayes.networks import Architecture, BayesModel
from spa_models.bayes.simulation import User, simulate
from spa_models.data.slices import Slices


class BrightThings(BayesModel):
    """Stands in for a trained network: bright is inside, the first latent moves the border by `moves` of a grey, points are obeyed."""

    def __init__(self, moves: float = 0.1) -> None:
        super().__init__(Architecture(size=48))
        self.encoder.forward = lambda image: (image, image)
        self.prompt.forward = lambda features, context, prompts: features + 9 * (prompts[:, :1] - prompts[:, 1:2]) ** 3
        self.head.decode = lambda conditioning, latents: 8 * (conditioning + moves * latents[:, :, :1, None])


def disc(radius: float) -> Slices:
    y, x = np.mgrid[:128, :128]
    mask = np.hypot(x - 50, y - 70) < radius
    packed = np.packbits(mask.reshape(1, 1, -1), axis=-1)
    return Slices((mask * 255).astype(np.uint8)[None], packed, np.array(["p"]), np.array(["s"]))


def cone(drawn: float) -> Slices:
    """Brightest in the middle, dark from radius 40 on; the mean grey lies at radius 26, the reader's border at `drawn`."""
    y, x = np.mgrid[:128, :128]
    radius = np.hypot(x - 60, y - 64)
    grey = np.clip(255 * (1 - radius / 40), 0, 255).astype(np.uint8)
    return Slices(grey[None], np.packbits((radius < drawn).reshape(1, 1, -1), axis=-1), np.array(["p"]), np.array(["s"]))


class SimulationTest(unittest.TestCase):
    def test_finds_the_view_of_small_and_large_structures(self) -> None:
        for radius in (4, 9, 25, 45):
            course = simulate(BrightThings().eval(), disc(radius), 0, 0, User(rounds=2), 1)
            self.assertGreater(course.dice[0], 0.85, f"radius {radius}")

    def test_an_answer_brings_the_next_proposal_nearer_to_a_reader_who_draws_generously(self) -> None:
        for user in (User(rounds=3), User(rounds=3, chooses=False)):
            course = simulate(BrightThings(moves=0.5).eval(), cone(drawn=34), 0, 0, user, 1)
            self.assertLess(course.dice[0], 0.85)
            self.assertGreater(course.dice[1], course.dice[0] + 0.1)
            self.assertGreaterEqual(course.dice[2], course.dice[1])

    def test_what_is_best_among_the_candidates_is_nearer_than_the_first_recommended_mask(self) -> None:
        course = simulate(BrightThings(moves=0.5).eval(), cone(drawn=34), 0, 0, User(rounds=1), 1)
        self.assertGreater(course.best[0], course.dice[0] + 0.05)


if __name__ == "__main__":
    unittest.main()
