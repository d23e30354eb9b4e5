import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch

from spa_models.bayes.batches import Batch, CropSource, Share
from spa_models.bayes.known_style import unknown_styles
from spa_models.bayes.networks import Architecture, BayesModel
from spa_models.bayes.rounds import Behaviour, Weights, play
from spa_models.data.slices import Slices, load_slices, split_patients
from spa_models.synthetic.generate import generate

SMALL = Architecture(size=32, widths=(8, 8, 16, 16), prompt_widths=(8, 8, 16, 16))


def drawn(folder: Path, readers_of: int | None) -> Slices:
    generate(12, 5, folder / "slices.npz", readers_of)
    return load_slices(folder / "slices.npz")


class BatchesTest(unittest.TestCase):
    def setUp(self) -> None:
        torch.set_num_threads(1)
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = Path(holder.name)

    def test_knows_which_slices_the_same_readers_drew(self) -> None:
        slices = drawn(self.folder, 3)
        self.assertEqual(slices.groups.tolist(), [0] * 3 + [1] * 3 + [2] * 3 + [3] * 3)
        rest, held = split_patients(slices, 0.25, 1)
        self.assertEqual(sorted([*rest.groups, *held.groups]), sorted(slices.groups))
        self.assertIsNone(drawn(self.folder, None).groups)

    def test_pairs_crops_of_one_reader_on_different_slices(self) -> None:
        source = CropSource([Share(drawn(self.folder, 3), 1, 0.5)], 32, 1)
        targets = source.targets[0]
        for _ in range(20):
            chosen, fellow = source._choose(0, 6)
            for place, other in enumerate(fellow):
                if other < 0:
                    continue
                (row, reader), (other_row, other_reader) = targets[chosen[place]], targets[chosen[other]]
                self.assertEqual((row // 3, reader), (other_row // 3, other_reader))
                self.assertNotEqual(row, other_row)
                self.assertEqual(fellow[other], place)

    def test_places_of_fellows_hold_in_a_batch_of_several_sources(self) -> None:
        known, unknown = drawn(self.folder, 2), drawn(self.folder, None)
        batch = CropSource([Share(unknown, 1, 0), Share(known, 1, 0)], 32, 2).draw(16)
        self.assertEqual(len(batch.fellow), 16)
        paired = torch.nonzero(batch.fellow >= 0).squeeze(1)
        self.assertGreater(len(paired), 0)
        self.assertTrue(torch.equal(batch.fellow[batch.fellow[paired]], paired))

    def test_the_latent_of_a_fellow_teaches_only_where_there_is_one(self) -> None:
        torch.manual_seed(0)
        model = BayesModel(SMALL)
        near = (torch.arange(32.0) < 16).float().expand(2, 1, 32, 32)
        image = near * 2 - 0.5

        def loss(fellow: list[int], weight: float) -> float:
            torch.manual_seed(3)
            batch = Batch(image, near, near, torch.tensor(fellow), unknown_styles(len(fellow)))
            return play(model, batch, Weights(fellow=weight), Behaviour(rounds=1), np.random.default_rng(4))[0].item()

        self.assertEqual(loss([-1, -1], 1.0), loss([-1, -1], 0.0))
        self.assertGreater(loss([1, 0], 1.0), loss([1, 0], 0.0) + 0.1)


if __name__ == "__main__":
    unittest.main()
