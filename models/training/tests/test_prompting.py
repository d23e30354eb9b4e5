import unittest

import numpy as np
import torch

from spa_models.bayes.prompting import add_line, add_point, agreed_region, deepest, error_click, line_through, point_map, set_box


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

    def test_a_line_is_a_row_of_points_without_gaps(self) -> None:
        prompts = torch.zeros(4, 32, 32)
        add_line(prompts, [(4, 8), (20, 8), (20.5, 20)], False)
        self.assertGreater(float(prompts[1, 8, 4:21].min()), 0.98)
        self.assertGreater(float(prompts[1, 8:21, 20].min()), 0.9)
        self.assertLess(float(prompts[1, 20, 4]), 0.01)
        self.assertEqual(float(prompts[0].max()), 0)

    def test_a_line_through_a_point_stays_inside_and_follows_the_length(self) -> None:
        target = np.zeros((64, 64), bool)
        target[30:35, 6:58] = True
        random = np.random.default_rng(3)
        for _ in range(20):
            path = line_through((32, 32), target, random)
            self.assertIn((32.0, 32.0), path)
            for (x, y), (to_x, to_y) in zip(path, path[1:]):
                for share in np.linspace(0, 1, 30):
                    self.assertTrue(target[round(y + share * (to_y - y)), round(x + share * (to_x - x))])
        lengths = [abs(path[0][0] - path[2][0]) for path in (line_through((32, 32), target, random) for _ in range(20))]
        self.assertGreater(np.mean(lengths), 8)

    def test_a_box_marks_its_inside(self) -> None:
        prompts = torch.zeros(4, 16, 16)
        set_box(prompts, 2, 3, 5, 9)
        self.assertEqual(int(prompts[2].sum()), 4 * 7)


if __name__ == "__main__":
    unittest.main()
