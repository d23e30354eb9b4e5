import unittest

import torch

from spa_models.data.crops import Geometry, crop, random_turns, to_model, uncrop


def geometry(x: float, y: float, side: float) -> Geometry:
    return Geometry(torch.tensor([[x, y]]), torch.tensor([side]))


class CropTest(unittest.TestCase):
    def test_is_the_image_itself_when_the_crop_is_the_image(self) -> None:
        image = torch.rand(1, 1, 16, 16)
        torch.testing.assert_close(crop(image, geometry(7.5, 7.5, 16), 16), image)

    def test_reads_zero_outside_the_image(self) -> None:
        result = crop(torch.ones(1, 1, 16, 16), geometry(-20, 7.5, 16), 16)
        self.assertEqual(float(result.abs().max()), 0)

    def test_averages_when_it_makes_the_image_smaller(self) -> None:
        stripes = (torch.arange(32) % 2).float().expand(1, 1, 32, 32)
        torch.testing.assert_close(crop(stripes, geometry(15.5, 15.5, 32), 16), torch.full((1, 1, 16, 16), 0.5))

    def test_puts_a_point_where_the_formula_says(self) -> None:
        image = torch.zeros(1, 1, 32, 32)
        image[0, 0, 12, 20] = 1
        place = geometry(18, 11, 8)
        result = crop(image, place, 16)
        row, column = divmod(int(result.argmax()), 16)
        x, y = to_model(torch.tensor([[20.0, 12.0]]), place, 16)[0].tolist()
        self.assertLess(abs(column - x), 1)
        self.assertLess(abs(row - y), 1)

    def test_brings_a_smooth_mask_back_to_its_own_pixels(self) -> None:
        y, x = torch.meshgrid(torch.arange(64.0), torch.arange(64.0), indexing="ij")
        mask = (((x - 30) ** 2 + (y - 25) ** 2) < 81).float()[None, None]
        place = geometry(31, 27, 40)
        back = uncrop(crop(mask, place, 96), place, 64, 64)
        self.assertTrue(torch.equal(back > 0.5, mask > 0.5))

    def test_turns_keep_lengths(self) -> None:
        turns = random_turns(50, torch.Generator().manual_seed(0))
        torch.testing.assert_close(turns @ turns.transpose(1, 2), torch.eye(2).expand(50, 2, 2), atol=1e-5, rtol=0)
        self.assertTrue((torch.linalg.det(turns) < 0).any() and (torch.linalg.det(turns) > 0).any())


if __name__ == "__main__":
    unittest.main()
