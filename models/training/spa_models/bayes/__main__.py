"""python -m spa_models.bayes recipe | train | monitor | average | calibration | export | ablations"""

from ..command_line import run_command

if __name__ == "__main__":
    run_command("spa_models.bayes", ("recipe", "train", "monitor", "average", "calibration", "export", "ablations"), __doc__)
