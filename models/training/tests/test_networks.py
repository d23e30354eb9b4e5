import unittest

import numpy as np
import torch

from spa_models.bayes.batches import Batch
from spa_models.bayes.losses import kl_to_standard_normal, mask_loss
from spa_models.bayes.known_style import unknown_styles
from spa_models.bayes.networks import LEAST_LOG_VARIANCE, Architecture, BayesModel
from spa_models.bayes.prompting import add_point
from spa_models.bayes.rounds import Behaviour, Weights, play

SMALL = Architecture(size=32, widths=(8, 8, 16, 16), prompt_widths=(8, 8, 16, 16))


def discs(count: int) -> Batch:
    y, x = torch.meshgrid(torch.arange(32.0), torch.arange(32.0), indexing="ij")
    near = torch.stack([(((x - 14 - n % 4) ** 2 + (y - 16) ** 2) < 49).float() for n in range(count)])[:, None]
    return Batch(near * 2 - 0.5 + 0.1 * torch.randn(near.shape), near, near, torch.full((count,), -1), unknown_styles(count))


class NetworkTest(unittest.TestCase):
    def setUp(self) -> None:
        torch.set_num_threads(1)  # tensors this small are slower on more
        torch.manual_seed(0)
        self.model = BayesModel(SMALL)

    def test_is_finite_without_any_prompt(self) -> None:
        features, context = self.model.encoder(torch.randn(1, 1, 32, 32))
        conditioning = self.model.prompt(features, context, torch.zeros(1, 4, 32, 32))
        self.assertTrue(torch.isfinite(self.model.head(conditioning, torch.randn(5, 6))).all())

    def test_decodes_many_crops_to_the_same_numbers_as_the_exported_head(self) -> None:
        conditioning, latents = torch.randn(2, 16, 8, 8), torch.randn(2, 3, 6)
        both = self.model.head.decode(conditioning, latents)
        single = self.model.head(conditioning[1:], latents[1])
        torch.testing.assert_close(both[1], single, atol=1e-5, rtol=1e-5)

    @torch.no_grad()
    def test_cues_are_zero_without_points_and_tell_like_pixels_from_others(self) -> None:
        left, right = torch.randn(2, 1, 9, 1, 1)
        features = torch.cat([left.expand(1, 9, 32, 16), right.expand(1, 9, 32, 16)], 3)
        prompts = torch.zeros(1, 4, 32, 32)
        self.assertEqual(float(self.model.prompt.cues(features, prompts).abs().max()), 0)
        add_point(prompts[0], 4, 20, True)
        cues = self.model.prompt.cues(features, prompts)[0]
        self.assertGreater(float(cues[0, 2, 3]), float(cues[0, 2, 28]) + 0.1)
        self.assertLess(float(cues[3, 2, 3]), float(cues[3, 2, 28]))
        self.assertEqual(float(cues[1:3].abs().max()), 0)

    @torch.no_grad()
    def test_connectedness_reaches_over_passable_pixels_and_stops_at_a_wall(self) -> None:
        stage = self.model.prompt
        stage.passable.weight.zero_()
        stage.passable.weight[:, 0] = -20  # bright pixels are a wall
        stage.passable.bias.fill_(10)
        image = torch.zeros(1, 1, 32, 32)
        image[..., 14:18] = 1
        features = torch.cat([image, torch.zeros(1, stage.key.in_channels - 1, 32, 32)], 1)
        prompts = torch.zeros(1, 4, 32, 32)
        add_point(prompts[0], 6, 16, True)
        flood = stage.connectedness(features, stage.cues(features, prompts), prompts)[0]
        self.assertGreater(float(flood[0, 2, 11]), 0.5)
        self.assertLess(float(flood[0, :, 20:].max()), 0.01)
        self.assertEqual(float(flood[1].max()), 0.0)

    def test_the_kl_of_the_prior_is_zero(self) -> None:
        self.assertEqual(float(kl_to_standard_normal(torch.zeros(1, 6), torch.zeros(1, 6))), 0)
        self.assertGreater(float(kl_to_standard_normal(torch.ones(1, 6), torch.zeros(1, 6))), 2.9)

    @torch.no_grad()
    def test_the_posterior_writes_nothing_finer_into_a_direction_than_its_least_variance_and_can_still_widen(self) -> None:
        posterior = self.model.posterior
        posterior.code[-1].bias[6:] = -50
        maps = [torch.rand(2, 1, 32, 32) for _ in range(4)]
        _, fine = posterior(*maps)
        torch.testing.assert_close(fine, torch.full((2, 6), LEAST_LOG_VARIANCE))
        posterior.code[-1].bias[6:] = -4
        with torch.enable_grad():
            posterior(*maps)[1].sum().backward()
        self.assertGreater(float(posterior.code[-1].bias.grad[6:].min()), 0.01)

    def test_the_right_mask_costs_less(self) -> None:
        target = torch.zeros(1, 16, 16)
        target[:, 4:9, 4:9] = 1
        self.assertLess(float(mask_loss(target * 8 - 4, target)), float(mask_loss(4 - target * 8, target)))

    def test_learns_discs_in_a_few_steps(self) -> None:
        optimizer = torch.optim.AdamW(self.model.parameters(), 3e-3)
        user = np.random.default_rng(0)
        dice = []
        for _ in range(50):
            loss, figures = play(self.model, discs(4), Weights(), Behaviour(), user)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.model.parameters(), 2.0)
            optimizer.step()
            dice.append(figures["dice3"])
        self.assertGreater(np.mean(dice[-10:]), 0.7)


if __name__ == "__main__":
    unittest.main()
