import unittest

import numpy as np
import torch

from spa_models.data.annotated import AnnotatedImage
from spa_models.data.dataset_error import DatasetError
from spa_models.data.training_squares import Draw, StepBatches, TrainingSquares


def annotated(*masks: np.ndarray) -> AnnotatedImage:
    pixels = np.random.default_rng(0).integers(0, 255, masks[0].shape).astype(np.uint8)
    return AnnotatedImage("a", "p", pixels, np.stack(masks), tuple(map(str, range(len(masks)))))


def disc(radius: float, size: int = 40) -> np.ndarray:
    y, x = np.mgrid[:size, :size] - (size - 1) / 2
    return np.hypot(x, y) <= radius


class Images:
    def __init__(self, *images: AnnotatedImage) -> None:
        self.images, self.patients = images, ["p"] * len(images)

    def __len__(self) -> int:
        return len(self.images)

    def __getitem__(self, index: int) -> AnnotatedImage:
        return self.images[index]


class TrainingSquaresTest(unittest.TestCase):
    def test_wants_what_the_readers_want_who_agree_at_the_click(self) -> None:
        small, large = disc(5), disc(12)
        squares = TrainingSquares(Images(annotated(small, small, small, large)), Draw(40, 40, 1, "none", disputed=1.0))
        for number in range(12):
            item = squares[number]
            x, y = (int(value) for value in item["point"])
            self.assertTrue(large[y, x] and not small[y, x])
            expected = large if item["label"] else small
            np.testing.assert_array_equal(item["target"].numpy() > 0.5, expected)

    def test_a_click_inside_is_where_all_agree(self) -> None:
        squares = TrainingSquares(Images(annotated(disc(5), disc(12))), Draw(80, 40, 1, "full", disputed=0.0))
        for number in range(8):
            item = squares[number]
            x, y = ((item["point"] + 0.5) / 2).int().tolist()
            self.assertEqual((int(item["label"]), float(item["mean"][y, x])), (1, 1.0))

    def test_an_item_follows_from_its_number_and_every_epoch_shows_each_image_once(self) -> None:
        images = Images(*[annotated(disc(6 + n)) for n in range(5)])
        one, two = (TrainingSquares(images, Draw(40, 40, 7)) for _ in range(2))
        for name, values in one[13].items():
            torch.testing.assert_close(two[13][name], values)
        epochs = [[one.row(number) for number in range(start, start + 5)] for start in (0, 5)]
        self.assertEqual([sorted(epoch) for epoch in epochs], [[0, 1, 2, 3, 4]] * 2)
        self.assertNotEqual(*epochs)

    def test_passes_over_images_without_a_mask_and_says_so_when_there_are_no_others(self) -> None:
        nothing = annotated(np.zeros((40, 40), bool))
        squares = TrainingSquares(Images(nothing, nothing, annotated(disc(6))), Draw(40, 40, 1))
        self.assertTrue(all(squares[number]["target"].any() for number in range(6)))
        with self.assertRaisesRegex(DatasetError, "have no mask"):
            TrainingSquares(Images(nothing), Draw(40, 40, 1))[0]

    def test_small_structures_stay_targets_where_masks_are_compared_coarsely(self) -> None:
        squares = TrainingSquares(Images(annotated(disc(5))), Draw(40, 10, 1, "none"))
        self.assertGreater(squares[0]["target"].sum(), 0)


class StepBatchesTest(unittest.TestCase):
    def test_processes_share_no_example_and_a_resumed_training_goes_on(self) -> None:
        first, second = (iter(StepBatches(2, 0, rank, 2)) for rank in (0, 1))
        self.assertEqual([next(first), next(second), next(first)], [[0, 1], [2, 3], [4, 5]])
        self.assertEqual(next(iter(StepBatches(2, 1, 0, 2))), [4, 5])


if __name__ == "__main__":
    unittest.main()
