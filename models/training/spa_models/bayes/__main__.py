"""python -m spa_models.bayes recipe | train | monitor | average | calibration | export | ablations"""

from __future__ import annotations

import argparse
import importlib

from ..usage_error import UsageError

COMMANDS = ("recipe", "train", "monitor", "average", "calibration", "export", "ablations")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m spa_models.bayes", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name in COMMANDS:
        module = importlib.import_module(f".{name}", __package__)
        command = commands.add_parser(name, help=(module.__doc__ or "").splitlines()[0])
        module.add_arguments(command)
        command.set_defaults(run=module.run)
    options = parser.parse_args()
    try:
        options.run(options)
    except UsageError as error:
        raise SystemExit(f"error: {error}") from None


if __name__ == "__main__":
    main()
