"""A page over all cases: the figures, the curve of Dice over rounds, and every picture; it links to nothing outside its folder."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import quote

from .curve import Line, curve

STYLE = """
:root { color-scheme: light dark; --line: #8884; --faint: #777; }
body { font: 15px/1.45 system-ui, sans-serif; max-width: 1060px; margin: 24px auto; padding: 0 16px; }
h1 { font-size: 22px; margin: 0 0 4px; } h2 { font-size: 17px; margin: 28px 0 8px; } p { color: var(--faint); margin: 2px 0 14px; }
table { border-collapse: collapse; margin-bottom: 14px; font-variant-numeric: tabular-nums; } .wide { overflow-x: auto; }
th, td { padding: 4px 10px; text-align: right; border-bottom: 1px solid var(--line); } th:first-child, td:first-child { text-align: left; }
figure { margin: 0 0 22px; } img { max-width: 100%; border-radius: 6px; display: block; } .key span { margin-right: 16px; white-space: nowrap; }
.key i { display: inline-block; width: 11px; height: 11px; border-radius: 3px; margin-right: 5px; }
text { fill: currentColor; font-size: 12px; }
"""
KEY = (("#40c8ff", "wanted"), ("#ffd640", "recommended"), ("#ff8c3c", "candidate"), ("#6ee678", "candidate taken"))


@dataclass(frozen=True)
class CaseEntry:
    """`picture`: path relative to the page."""

    name: str
    picture: str
    first: float
    last: float


def page(title: str, facts: str, methods: dict[str, dict], cases: list[CaseEntry], training: tuple[dict[str, Line], dict[str, Line]]) -> str:
    """HTML; `methods` as evaluation.scores.score gives them, `training` as report.training_log does."""
    rounds = {name: list(enumerate(figures["dice"], 1)) for name, figures in methods.items()}
    ordered = sorted(cases, key=lambda case: case.last)
    figures = "\n".join(
        f'<figure id="{escape(case.name)}"><img loading="lazy" src="{quote(case.picture)}" alt="{escape(case.name)}: Dice {case.first:.2f}, '
        f'in the end {case.last:.2f}"></figure>'
        for case in ordered
    )
    key = "".join(f'<span><i style="background:{colour}"></i>{name}</span>' for colour, name in KEY)
    return f"""<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(title)}</title><style>{STYLE}</style>
<h1>{escape(title)}</h1><p>{escape(facts)}</p>
<div class="wide">{_table(methods)}</div>
<p>Dice@n and IoU@n: of the recommended mask after round n. NoI75: rounds to a Dice of 75 %, 10 where it is never reached.
best: of recommended and candidates. distinct: 1 - IoU between candidates.</p>
<h2>Dice of the recommended mask over rounds</h2>{curve(rounds, "round", whole_numbers=True)}
{_training(*training)}
<h2>{len(cases)} cases, the worst first</h2><p class="key">{key}</p>
{figures}
</html>
"""


def write_page(folder: Path, content: str) -> Path:
    path = folder / "index.html"
    path.write_text(content, encoding="utf-8")
    return path


def _training(loss: dict[str, Line], dice: dict[str, Line]) -> str:
    if not loss:
        return ""
    return f"<h2>Training</h2>{curve(loss, 'minutes')}{curve(dice, 'minutes')}"


def _table(methods: dict[str, dict]) -> str:
    """Dice and rounds-to-Dice, then IoU and what the candidates add."""
    rounds = range(len(next(iter(methods.values()))["dice"]))
    thresholds = list(next(iter(methods.values()))["noi"])
    header = ["method", *(f"Dice@{n + 1}" for n in rounds), *(f"NoI{t}" for t in thresholds)]
    rows = [
        [name, *(f"{value:.3f}" for value in figures["dice"]), *(f"{figures['noi'][t]:.2f}" for t in thresholds)]
        for name, figures in methods.items()
    ]
    more = ["method", *(f"IoU@{n + 1}" for n in rounds), "best@1", f"best@{len(rounds)}", "distinct@1"]
    rest = [
        [name, *(f"{value:.3f}" for value in (*figures["iou"], figures["best"][0], figures["best"][-1], figures["distinct"][0]))]
        for name, figures in methods.items()
    ]
    return _html_table(header, rows) + _html_table(more, rest)


def _html_table(header: list[str], rows: list[list[str]]) -> str:
    head = "".join(f"<th>{cell}</th>" for cell in header)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><tr>{head}</tr>{body}</table>"
