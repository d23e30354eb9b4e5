import unittest

import torch

from spa_models.published.initial_weights import begin_from_chance, keep_loud, see_patches
from spa_models.published.models import SpaModel
from spa_models.published.sizes import PATCH, Sizes

SIZES = Sizes(64, 128, 2, 4, (0, 1))


def new_model() -> SpaModel:
    torch.manual_seed(1)
    model = SpaModel(SIZES)
    begin_from_chance(model, torch.Generator().manual_seed(1))
    return model.eval()


def spread_over_cells(feature: torch.Tensor) -> float:
    """How much [1,C,h,h] differs from cell to cell."""
    return float(feature.flatten(2).std(2).mean())


class InitialWeightsTest(unittest.TestCase):
    @torch.no_grad()
    def test_the_mask_decoder_hears_the_image_over_what_is_the_same_everywhere(self) -> None:
        model = new_model()
        image = torch.rand(1, 3, 64, 64, generator=torch.Generator().manual_seed(2))
        mixed = model.latent_mixing(model.feature(image), torch.zeros(1, SIZES.latent))
        constant = float(model.prompt_encoder.no_mask().std())
        self.assertGreater(spread_over_cells(mixed), 5 * constant)

    @torch.no_grad()
    def test_the_mixing_changes_loudness_little(self) -> None:
        model = new_model()
        before = torch.randn(1, 256, 8, 8, generator=torch.Generator().manual_seed(2))
        after = model.latent_mixing(before, torch.zeros(1, SIZES.latent))
        self.assertTrue(0.5 < float(after.square().mean().sqrt()) < 2)

    @torch.no_grad()
    def test_begins_with_background_everywhere(self) -> None:
        model = new_model()
        image = torch.rand(1, 3, 64, 64, generator=torch.Generator().manual_seed(2))
        sparse = model.prompt_encoder.points(torch.full((1, 1, 2), 30.0), torch.ones(1, 1, dtype=torch.long))
        logits = model.decode(model.feature(image), sparse, torch.zeros(1, SIZES.latent))
        self.assertTrue(-6 < float(logits.mean()) < -3)
        self.assertLess(float(logits.max()), 0)

    @torch.no_grad()
    def test_patches_are_seen_in_detail_and_an_average_one_is_silent(self) -> None:
        projection = new_model().image_encoder.patch_embed.proj
        half = projection.out_channels // 2
        plain = projection(torch.full((1, 3, PATCH, PATCH), 0.35))[0, :half, 0, 0]
        torch.testing.assert_close(plain, torch.zeros(half), atol=1e-4, rtol=0)
        # A smooth patch can be recovered from its token.
        rows, columns = torch.meshgrid(torch.arange(PATCH) / PATCH, torch.arange(PATCH) / PATCH, indexing="ij")
        patch = 0.35 + 0.3 * torch.exp(-8 * ((rows - 0.3) ** 2 + (columns - 0.6) ** 2))
        token = projection(patch.expand(1, 3, -1, -1))[0, :half, 0, 0] - projection.bias[:half]
        filters = projection.weight[:half].sum(1).flatten(1)
        recovered = (torch.linalg.pinv(filters) @ token).reshape(PATCH, PATCH)
        self.assertLess(float((recovered - patch).abs().max()), 0.03)

    @torch.no_grad()
    def test_the_same_seed_gives_the_same_mixing_and_the_filters_fit_any_width(self) -> None:
        one, two = SpaModel(SIZES).latent_mixing, SpaModel(SIZES).latent_mixing
        for mixing in (one, two):
            keep_loud(mixing, torch.Generator().manual_seed(3))
        torch.testing.assert_close(one.layers[0].weight, two.layers[0].weight)
        for width in (8, 3 * PATCH**2):
            wide = torch.nn.Conv2d(3, width, PATCH, PATCH)
            see_patches(wide)
            self.assertTrue(torch.isfinite(wide.weight).all())


if __name__ == "__main__":
    unittest.main()
