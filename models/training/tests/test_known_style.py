import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch

from spa_models.bayes.batches import Batch, CropSource, Share
from spa_models.bayes.known_style import TRAITS, style_latents, unknown_styles
from spa_models.bayes.networks import Architecture, BayesModel
from spa_models.bayes.rounds import Behaviour, Weights, play
from spa_models.data.slices import load_slices, split_patients
from spa_models.synthetic.generate import generate
from spa_models.synthetic.readers import draw_style

SMALL = Architecture(size=32, widths=(8, 8, 16, 16), prompt_widths=(8, 8, 16, 16))
UNKNOWN = unknown_styles(2)


def many_styles(count: int) -> torch.Tensor:
    random = np.random.default_rng(1)
    return torch.from_numpy(np.stack([draw_style(random).vector() for _ in range(count)]))


class KnownStyleTest(unittest.TestCase):
    def setUp(self) -> None:
        torch.set_num_threads(1)
        torch.manual_seed(2)

    def test_latents_of_computed_readers_are_standard_normal_and_tell_the_traits_apart(self) -> None:
        latents = style_latents(many_styles(20_000))
        for share in (0.05, 0.25, 0.5, 0.75, 0.95):
            below = (latents < torch.special.ndtri(torch.tensor(share))).float().mean(0)
            torch.testing.assert_close(below, torch.full((6,), share), atol=0.015, rtol=0)
        together = torch.corrcoef(latents.T) - torch.eye(6)
        self.assertLess(float(together.abs().max()), 0.03)

    def test_a_coordinate_grows_with_its_trait(self) -> None:
        styles = many_styles(2000)
        latents = style_latents(styles)
        for trait in range(len(TRAITS)):
            values = styles[:, trait]
            low, high = latents[values <= values.min() + 0.05, trait], latents[values >= values.max() - 0.05, trait]
            self.assertLess(float(low.max()), float(high.min()))

    def test_a_style_that_is_not_known_has_no_latent(self) -> None:
        self.assertTrue(style_latents(UNKNOWN).isnan().all())

    def test_styles_come_with_the_slices_and_the_crops_of_computed_readers(self) -> None:
        with tempfile.TemporaryDirectory() as holder:
            path = Path(holder) / "slices.npz"
            generate(12, 5, path)
            slices = load_slices(path)
        with_styles, _ = split_patients(slices, 0.25, 1)
        self.assertEqual(with_styles.styles.shape, (9, 4, 6))
        source = CropSource([Share(slices, 1, 0)], 32, 1)
        batch = source.draw(6)
        known = {tuple(row) for row in slices.styles.reshape(-1, 6).tolist()}
        self.assertTrue(all(tuple(row) in known for row in batch.style.tolist()))

    def test_crops_without_a_known_style_learn_as_they_would_anyway(self) -> None:
        self.assertEqual(self._loss(UNKNOWN, Weights(style=0)), self._loss(UNKNOWN, Weights(style=5)))

    def test_the_posterior_learns_to_read_a_known_style(self) -> None:
        styles = many_styles(2)
        self.assertGreater(self._loss(styles, Weights(style=5)), self._loss(styles, Weights(style=0)))
        torch.manual_seed(3)
        model = BayesModel(SMALL)
        self._play(model, styles, Weights(kl=0, style=1)).backward()
        self.assertTrue(all(p.grad is None or p.grad.isfinite().all() for p in model.parameters()))
        self.assertGreater(float(model.posterior.code[-1].weight.grad.abs().sum()), 0)

    def test_some_rows_known_and_others_not_leave_every_gradient_finite(self) -> None:
        torch.manual_seed(3)
        model = BayesModel(SMALL)
        self._play(model, torch.cat([many_styles(1), UNKNOWN[:1]]), Weights()).backward()
        self.assertTrue(all(p.grad is None or p.grad.isfinite().all() for p in model.parameters()))

    def test_a_reader_of_known_style_is_drawn_by_that_style(self) -> None:
        styles = many_styles(2)
        by_style = self._loss(styles, Weights(kl=0, style=0), Behaviour(rounds=1, known=1))
        self.assertNotEqual(by_style, self._loss(styles, Weights(kl=0, style=0), Behaviour(rounds=1, known=0)))
        self.assertEqual(
            self._loss(UNKNOWN, Weights(kl=0), Behaviour(rounds=1, known=1)),
            self._loss(UNKNOWN, Weights(kl=0), Behaviour(rounds=1, known=0)),
        )

    def _loss(self, styles: torch.Tensor, weights: Weights, behaviour: Behaviour = Behaviour(rounds=1)) -> float:
        torch.manual_seed(3)
        model = BayesModel(SMALL)
        return self._play(model, styles, weights, behaviour).item()

    def _play(
        self, model: BayesModel, styles: torch.Tensor, weights: Weights, behaviour: Behaviour = Behaviour(rounds=1)
    ) -> torch.Tensor:
        near = (torch.arange(32.0) < 16).float().expand(2, 1, 32, 32)
        batch = Batch(near * 2 - 0.5, near, near, torch.tensor([-1, -1]), styles)
        torch.manual_seed(4)
        return play(model, batch, weights, behaviour, np.random.default_rng(4))[0]


if __name__ == "__main__":
    unittest.main()
