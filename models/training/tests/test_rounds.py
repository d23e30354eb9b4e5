import unittest
from unittest import mock

import numpy as np
import torch

from spa_models.bayes import rounds
from spa_models.bayes.batches import Batch
from spa_models.bayes.known_style import unknown_styles
from spa_models.bayes.networks import Architecture, BayesModel
from spa_models.bayes.rounds import Behaviour, first_prompts, learnt_shares, preferred


def discs(count: int) -> Batch:
    y, x = torch.meshgrid(torch.arange(48.0), torch.arange(48.0), indexing="ij")
    mask = ((x - 24).hypot(y - 24) <= 12).float().expand(count, 1, 48, 48)
    return Batch(mask - 0.5, mask, mask, torch.full((count,), -1), unknown_styles(count))


class RoundsTest(unittest.TestCase):
    def test_a_preference_that_has_learnt_draws_nearer_to_the_reader_and_over_all_readers_as_the_prior(self) -> None:
        torch.manual_seed(1)
        readers = torch.randn(4000, 6)
        latents = preferred(readers, torch.full((4000,), 0.6), 8)
        self.assertAlmostEqual(float(latents.std()), 1, delta=0.02)
        near = float((latents * readers[:, None]).mean())
        self.assertAlmostEqual(near, 0.6, delta=0.02)
        fresh = preferred(readers, torch.zeros(4000), 8)
        self.assertAlmostEqual(float((fresh * readers[:, None]).mean()), 0, delta=0.02)

    def test_half_of_the_users_have_taught_nothing(self) -> None:
        shares = learnt_shares(4000, Behaviour(learnt=0.7), np.random.default_rng(2))
        self.assertAlmostEqual(float((shares == 0).float().mean()), 0.5, delta=0.03)
        self.assertLessEqual(float(shares.max()), 0.7)
        self.assertGreater(float(shares.max()), 0.6)

    def test_some_users_begin_with_a_line_instead_of_a_point(self) -> None:
        def spread(line: float) -> float:
            behaviour = Behaviour(box_only=0, box_too=0, mend=0, line=line)
            prompts = first_prompts(discs(6), behaviour, np.random.default_rng(3))
            self.assertEqual(float(prompts[:, 1:].abs().max()), 0)
            return float((prompts[:, 0] > 0.9).sum((1, 2)).float().mean())

        self.assertGreater(spread(1), 3 * spread(0))

    def test_the_first_round_draws_from_the_prior_whatever_the_reader(self) -> None:
        with mock.patch.object(rounds, "preferred", wraps=preferred) as drawn:
            model = BayesModel(Architecture(size=48, widths=(8, 8, 16, 16), prompt_widths=(8, 8, 16, 16)))
            rounds.play(model, discs(4), rounds.Weights(), Behaviour(rounds=2, learnt=0.7), np.random.default_rng(4))
        shares = [float(call.args[1].max()) for call in drawn.call_args_list]
        self.assertEqual(shares[:2], [0, 0])
        self.assertGreater(max(shares[2:]), 0)


if __name__ == "__main__":
    unittest.main()
