"""Reading published checkpoints: sizes recognised, faults named, programs refused."""

import os
import pickle
import tempfile
import unittest
from collections import OrderedDict
from pathlib import Path

import numpy as np
import torch

from spa_models.published.checkpoint import published_name, read_checkpoint
from spa_models.published.made_up import sam_checkpoint, spa_checkpoint
from spa_models.published.models import SamModel, SpaModel
from spa_models.published.recognise import CheckpointError
from spa_models.published.sizes import Sizes, vit

SMALL = Sizes(48, 32, 4, 4, (1, 3))


class Program:
    """An object whose pickle runs a command when it is loaded without care."""

    def __init__(self, command: str) -> None:
        self.command = command

    def __reduce__(self):  # noqa: ANN204
        return os.system, (self.command,)


class Evaluated(Program):
    """The same by a builtin, which a pickle names without a module."""

    def __reduce__(self):  # noqa: ANN204
        return eval, (self.command,)


class CheckpointTest(unittest.TestCase):
    def setUp(self) -> None:
        torch.set_num_threads(1)
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.path = self.folder / "checkpoint.pth"

    def refused(self, pattern: str, image: int | None = None) -> None:
        with self.assertRaisesRegex(CheckpointError, pattern):
            read_checkpoint(self.path, image)

    def changed(self, write, change) -> None:  # noqa: ANN001
        """Writes a sound checkpoint, then changes its content."""
        write(self.path, SMALL)
        content = torch.load(self.path, weights_only=False)
        change(content)
        torch.save(content, self.path)

    def test_recognises_spa_from_its_tensors(self) -> None:
        published = read_checkpoint(spa_checkpoint(self.path, SMALL))
        self.assertIsInstance(published.model, SpaModel)
        sizes = published.model.sizes
        self.assertEqual((sizes.image, sizes.width, sizes.heads, sizes.global_blocks, sizes.latent), (48, 32, 4, (1, 3), 64))
        self.assertAlmostEqual(float(published.mixture.weights.sum()), 1)

    def test_recognises_sam_in_a_bare_state_dict_and_behind_data_parallel(self) -> None:
        sam_checkpoint(self.path, SMALL)
        self.assertIsInstance(read_checkpoint(self.path).model, SamModel)
        state = torch.load(self.path)
        torch.save({"model": {f"module.{name}": value for name, value in state.items()}, "epoch": 3}, self.path)
        self.assertEqual(read_checkpoint(self.path).model.sizes.heads, 4)

    def test_recognises_weights_of_a_compiled_network_in_half_precision_with_an_optimizer_beside(self) -> None:
        sam_checkpoint(self.path, SMALL)
        state = {f"module._orig_mod.{name}": value.half() for name, value in torch.load(self.path).items()}
        weight = torch.nn.Parameter(torch.zeros(2))
        weight.grad = torch.ones(2)
        optimizer = torch.optim.AdamW([weight])
        optimizer.step()
        torch.save({"model": state, "optimizer": optimizer.state_dict(), "best": np.float64(0.8)}, self.path)
        model = read_checkpoint(self.path).model
        self.assertEqual({value.dtype for value in model.state_dict().values()}, {torch.float32})

    def test_the_published_sizes_have_the_published_heads_and_global_blocks(self) -> None:
        self.assertEqual((vit("vit_b").heads, vit("vit_b").global_blocks), (12, (2, 5, 8, 11)))
        self.assertEqual((vit("vit_l").heads, vit("vit_l").global_blocks), (16, (5, 11, 17, 23)))
        self.assertEqual((vit("vit_h").heads, vit("vit_h").global_blocks), (16, (7, 15, 23, 31)))

    def test_weights_for_one_size_of_image_serve_another(self) -> None:
        sam_checkpoint(self.path, SMALL)
        for image in (80, 224):  # 224 is one window of 14
            model = read_checkpoint(self.path, image).model
            self.assertEqual(model.image_encoder(torch.zeros(1, 3, image, image)).shape, (1, 256, image // 16, image // 16))

    def test_names_the_first_missing_tensor_as_the_file_would_call_it(self) -> None:
        self.changed(spa_checkpoint, lambda content: content["state_dict"].pop("mask_decoder.transformer.layers.0.mlp.fc.bias"))
        self.refused(r"`mask_decoder\.transformer\.layers\.0\.mlp\.fc\.bias` is missing")

    def test_names_the_first_misshapen_tensor_with_both_shapes(self) -> None:
        self.changed(sam_checkpoint, lambda state: state.update({"mask_decoder.iou_token.weight": torch.zeros(2, 256)}))
        self.refused(r"`mask_decoder\.iou_token\.weight` has shape \[2, 256\]; expected \[1, 256\]")

    def test_names_a_tensor_that_the_networks_do_not_have(self) -> None:
        self.changed(sam_checkpoint, lambda state: state.update({"image_encoder.blocks.0.adapter.weight": torch.zeros(2)}))
        self.refused(r"`image_encoder\.blocks\.0\.adapter\.weight`.*not supported")

    def test_a_network_of_another_kind_is_neither(self) -> None:
        torch.save({"state_dict": torch.nn.Linear(2, 2).state_dict()}, self.path)
        self.refused(r"Neither an SPA nor a SAM checkpoint: tensor `image_encoder\.patch_embed\.proj\.weight` is missing")

    def test_names_the_array_that_an_spa_checkpoint_lacks(self) -> None:
        self.changed(spa_checkpoint, lambda content: content.pop("EM_variances"))
        self.refused("`EM_variances` is missing")

    def test_the_mixture_may_be_tensors_that_learn(self) -> None:
        self.changed(spa_checkpoint, lambda content: content.update(EM_means=torch.nn.Parameter(torch.ones(16))))
        self.assertEqual(read_checkpoint(self.path).mixture.means.tolist(), [1.0] * 16)

    def test_a_mixture_that_is_no_array_of_numbers_is_named(self) -> None:
        for found in ("sixteen", {"mean": 1}, [1.0] * 15 + [float("nan")]):
            with self.subTest(found=found):
                self.changed(spa_checkpoint, lambda content: content.update(EM_means=found))
                self.refused("`EM_means`.*16 finite")

    def test_names_a_tensor_that_training_has_broken(self) -> None:
        self.changed(sam_checkpoint, lambda state: state["image_encoder.neck.0.weight"].fill_(float("nan")))
        self.refused(r"`image_encoder\.neck\.0\.weight` holds numbers that are not finite")

    def test_an_image_size_that_patches_do_not_fill_is_refused(self) -> None:
        sam_checkpoint(self.path, SMALL)
        for image in (100, 0, -16):
            with self.subTest(image=image), self.assertRaisesRegex(ValueError, "multiple of 16"):
                read_checkpoint(self.path, image)

    def test_a_pickle_that_runs_a_program_is_refused_and_does_not_run(self) -> None:
        mark = self.folder / "ran"
        for content in ({"state_dict": OrderedDict(), "path_helper": Program(f"touch {mark}")}, Program(f"touch {mark}")):
            with self.subTest(content=type(content).__name__):
                torch.save(content, self.path)
                self.refused(r"refused: loading it would make or call `(posix|nt)\.system`")
        self.path.write_bytes(pickle.dumps(Program(f"touch {mark}"), protocol=2))
        self.refused("refused|not a readable")
        self.assertFalse(mark.exists())

    def test_a_builtin_that_runs_programs_is_refused_without_advice_to_allow_it(self) -> None:
        mark = self.folder / "ran"
        torch.save({"state_dict": Evaluated(f"open({str(mark)!r}, 'w')")}, self.path)
        with self.assertRaisesRegex(CheckpointError, "refused: loading it would make or call `eval`") as caught:
            read_checkpoint(self.path)
        self.assertNotIn("safe_globals", str(caught.exception))
        self.assertFalse(mark.exists())

    def test_an_array_of_objects_cannot_smuggle_a_program_in(self) -> None:
        mark = self.folder / "ran"
        self.changed(spa_checkpoint, lambda content: content.update(EM_means=np.array([Program(f"touch {mark}")], dtype=object)))
        self.refused("refused.*ObjectDType")
        self.assertFalse(mark.exists())

    def test_files_that_are_no_checkpoint_are_called_so(self) -> None:
        self.path.write_bytes(b"nothing of the kind")
        self.refused("not a readable PyTorch checkpoint: Unsupported operand")
        self.path.unlink()
        self.refused("There is no file")
        self.path.mkdir()
        self.refused("is a folder")

    def test_a_file_that_came_only_in_part_is_called_so(self) -> None:
        sam_checkpoint(self.path, SMALL)
        state = torch.load(self.path)
        for zipped in (True, False):
            torch.save(state, self.path, _use_new_zipfile_serialization=zipped)
            whole = self.path.read_bytes()
            for size in (4, 20_000, len(whole) - 1000):
                with self.subTest(zipped=zipped, size=size):
                    self.path.write_bytes(whole[:size])
                    self.refused("not a readable PyTorch checkpoint.*complete")

    def test_published_names_are_those_of_the_layout(self) -> None:
        self.assertEqual(published_name("image_encoder.blocks.3.attn.rel_pos_h"), "image_encoder.blocks.3.attn.rel_h")
        self.assertEqual(published_name("image_encoder.blocks.3.mlp.lin1.weight"), "image_encoder.blocks.3.mlp.lin1.weight")
        self.assertEqual(published_name("mask_decoder.transformer.layers.1.mlp.lin1.bias"), "mask_decoder.transformer.layers.1.mlp.layers.0.0.bias")
        self.assertEqual(published_name("latent_mixing.layers.4.weight"), "image_encoder.fcomb.layers.4.weight")


if __name__ == "__main__":
    unittest.main()
