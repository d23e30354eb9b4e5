"""The README.md of an exported bundle."""

from __future__ import annotations

WHAT = {
    "reference": (
        "SPA as published (Zhu, Wu, Ouyang, Kamnitsas, Noble, ICCV 2025): SAM with a latent preference. Each round draws "
        "{samples} latents from a mixture of {components} components and decodes all of them in one batch."
    ),
    "sam": (
        "Plain SAM or MedSAM (Kirillov et al. 2023; Ma et al. 2024): its three masks of an ambiguous prompt are the candidates, "
        "ordered by the IoU that it predicts for them. It knows no reader's preference."
    ),
}
STORED = {
    "fp32": "fp32, as in the checkpoint; logits within 1e-3 of PyTorch's",
    "fp16": "fp16 (large weights), arithmetic in fp32; root mean square difference of logits under 1 % of their spread",
    "int8": "int8 with one scale per output channel (matrices) and fp16 (convolutions), arithmetic in fp32; root mean square difference of logits under 10 % of their spread: measure the masks before use",
}


def model_card(manifest: dict) -> str:
    source, latent, side = manifest["source"], manifest["latent"], manifest["input"]["size"]
    what = WHAT[manifest["engine"]].format(samples=latent["samples"], components=latent["components"])
    epoch = f", epoch {source['epoch']}" if "epoch" in source else ""
    rows = "\n".join(f"| `{entry['file']}` | {entry['bytes'] + sum(p['bytes'] for p in entry.get('data', [])):,} |" for entry in manifest["graphs"].values())
    return f"""# Model card: {manifest["name"]} {manifest["version"]}

{what}
**Research software. Not a medical device; not for diagnosis or treatment.**

- Engine `{manifest["engine"]}`, bundle format `{manifest["format"]}`.
- Made from `{source["file"]}` ({source["bytes"]:,} bytes{epoch}) by `python -m spa_models export`; sha256 of the checkpoint:
  `{source["sha256"]}`.
- Licence of the weights, as stated at export: {manifest["license"]}.
- Made for: {", ".join(manifest["modalities"]) or "not stated at export"}.
- Input: three channels, {side} x {side}, the whole slice; mean {manifest["input"]["mean"]}, std {manifest["input"]["std"]} of values in 0..1; points as
  ({"row, column" if manifest["input"]["pointOrder"] == "yx" else "x, y"}) in input pixels. Output: logits of {manifest["output"]["size"]} x {manifest["output"]["size"]}.
- Weights: {STORED[manifest["weights"]]}.

| graph | bytes |
|---|---|
{rows}

What the model was trained on, how well it does and for whom it must not be used is not known to the exporter: add it here.
"""
