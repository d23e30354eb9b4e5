import argparse
import tempfile
import unittest
from pathlib import Path

import torch

from spa_models.bayes import average
from spa_models.bayes.checkpoint import load_checkpoint, save_checkpoint
from spa_models.bayes.networks import Architecture, BayesModel

SMALL = Architecture(size=32, latent=3, widths=(8, 8, 8, 8), prompt_widths=(8, 8, 8, 8), conditioning=8, key=4)


class AverageTest(unittest.TestCase):
    def test_the_weights_lie_between_those_of_both_and_can_be_exported(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            paths = [Path(folder) / name for name in ("one.pt", "other.pt", "out.pt")]
            for path in paths[:2]:
                model = BayesModel(SMALL)
                save_checkpoint(path, model, model.state_dict(), {"step": 3})
            parser = argparse.ArgumentParser()
            average.add_arguments(parser)
            average.run(parser.parse_args(["--checkpoint", f"{paths[0]}", "--with", f"{paths[1]}", "--share", "0.25", "--out", f"{paths[2]}"]))
            one, other, out = (load_checkpoint(path)["averaged"]["head.mix.weight"] for path in paths)
            self.assertEqual(load_checkpoint(paths[2])["progress"], {"step": 3})
        torch.testing.assert_close(out, 0.75 * one + 0.25 * other)

    def test_what_the_other_lacks_stays_as_it_is(self) -> None:
        own = {"head": torch.ones(2), "posterior": torch.ones(2)}
        result = average.between(own, {"head": torch.zeros(2)}, 0.5, "bundle")
        self.assertEqual([value.tolist() for value in result.values()], [[0.5, 0.5], [1.0, 1.0]])

    def test_networks_of_different_sizes_and_shares_beyond_the_whole_are_refused(self) -> None:
        with self.assertRaisesRegex(ValueError, r"bundle: head is \[3\], not \[2\]"):
            average.between({"head": torch.ones(2)}, {"head": torch.ones(3)}, 0.5, "bundle")
        with self.assertRaisesRegex(ValueError, "--share"):
            average.between({"head": torch.ones(2)}, {"head": torch.ones(2)}, 1.5, "bundle")


if __name__ == "__main__":
    unittest.main()
