"""python -m spa_models export | train | validate: the published models. The shipped one: python -m spa_models.bayes"""

from __future__ import annotations

import argparse
import importlib
import sys

COMMANDS = {
    "export": ("spa_models.published.export", "an SPA, SAM or MedSAM checkpoint becomes a bundle for the viewer"),
    "train": ("spa_models.published.train", "train SPA on images with several readers' masks"),
    "validate": ("spa_models.published.validate", "measure a checkpoint with a simulated user, with pictures"),
}
"""Module and one line of help; a module has add_arguments(parser) and run(options)."""


def main(arguments: list[str] | None = None) -> None:
    arguments = sys.argv[1:] if arguments is None else arguments
    parser = argparse.ArgumentParser(prog="python -m spa_models", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, (module, summary) in COMMANDS.items():
        command = commands.add_parser(name, help=summary, description=summary)
        if name in arguments[:1]:  # only this one is imported: the others' packages may be absent
            loaded = importlib.import_module(module)
            loaded.add_arguments(command)
            command.set_defaults(run=loaded.run)
    options = parser.parse_args(arguments)
    options.run(options)


if __name__ == "__main__":
    main()
