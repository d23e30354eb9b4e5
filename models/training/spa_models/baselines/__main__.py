"""python -m spa_models.baselines train | table | curve"""

from ..command_line import run_command

if __name__ == "__main__":
    run_command("spa_models.baselines", ("train", "table", "curve"), __doc__)
