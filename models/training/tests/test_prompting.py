import unittest

import numpy as np
import torch

from spa_models.bayes.prompting import add_point, agreed_region, deepest, error_click, point_map, set_box


class PromptingTest(unittest.TestCase):
    def test_deepest_is_the_middle_and_counts_the_image_border_as_outside(self) -> None:
        region = np.zeros((9, 9), bool)
        region[0:5, 2:7] = True
        self.assertEqual(deepest(region), (4, 2))
        self.assertIsNone(deepest(np.zeros((3, 3), bool)))

    def test_agreed_region_lies_where_most_readers_of_the_target_agree(self) -> None:
        target = np.array([[True, True, False]])
        np.testing.assert_array_equal(agreed_region(target, np.array([[2, 3, 4]])), [[False, True, False]])

    def test_an_error_click_says_what_is_missing_or_too_much(self) -> None:
        target, predicted = np.zeros((12, 12), bool), np.zeros((12, 12), bool)
        target[1:4, 1:4] = True
        self.assertEqual(error_click(predicted, target), (2, 2, True))
        predicted[5:12, 5:12] = True
        self.assertEqual(error_click(predicted, target), (8, 8, False))
        self.assertIsNone(error_click(target, target))

    def test_a_point_map_is_one_at_its_point_and_falls_off(self) -> None:
        values = point_map(10, 4, 32)
        self.assertEqual(float(values[4, 10]), 1)
        self.assertAlmostEqual(float(values[4, 15]), float(np.exp(-25 / (2 * 2.5**2))), places=6)

    def test_points_of_one_label_keep_the_larger_value(self) -> None:
        prompts = torch.zeros(4, 32, 32)
        add_point(prompts, 8, 8, True)
        add_point(prompts, 9, 8, True)
        add_point(prompts, 20, 20, False)
        self.assertEqual(float(prompts[0].max()), 1)
        self.assertEqual(float(prompts[1, 20, 20]), 1)
        self.assertEqual(float(prompts[2:].abs().max()), 0)

    def test_a_box_marks_its_inside(self) -> None:
        prompts = torch.zeros(4, 16, 16)
        set_box(prompts, 2, 3, 5, 9)
        self.assertEqual(int(prompts[2].sum()), 4 * 7)


if __name__ == "__main__":
    unittest.main()
