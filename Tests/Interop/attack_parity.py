"""What public attacks leave of a model, beside what this package's leave.

    python Tests/Interop/attack_parity.py [--attacks fgsm,pgd] [--images N]
        [--model FILE] [--json OUT] [--swift DIR]

Optional; see README.md here. A row that OUT already holds is not measured
again, so an interrupted run goes on where it stopped.
"""

import argparse
import json
import pathlib
import statistics
import time
from importlib.metadata import version

import peers
import torch

# Each one's images, and every ε (or radius; None: the smallest change).
PLANS = {
    "fgsm": (10_000, [0.05, 0.1, 0.15, 0.2, 0.25, 0.3]),
    "pgd": (1000, [0.1, 0.3]),
    "pgd-l2": (1000, [1.0, 2.0]),
    "deepfool": (200, [None]),
    "apgd-ce": (500, [0.1, 0.3]),
    "apgd-dlr": (500, [0.1, 0.3]),
    "square-1000": (500, [0.1, 0.3]),
    "apgd-t": (500, [0.1, 0.3]),
    "fab-t": (500, [0.1, 0.3]),
    "square": (500, [0.1, 0.3]),
    "cw": (100, [None]),
    "hopskipjump": (30, [None]),
    "standard": (500, [0.3, 0.1]),
}
# These move images that start out wrong, too; some become right.
ON_ALL = {"fgsm", "pgd", "pgd-l2"}
SETTINGS = {
    "fgsm": "Foolbox LinfFastGradientAttack, no random start",
    "pgd": "Foolbox LinfPGD, 40 steps of 0.01, random start",
    "pgd-l2": "Foolbox L2PGD, 40 steps of 0.1 radius, random start",
    "deepfool": "Foolbox L2DeepFool, 50 steps, overshoot 0.02, 10 classes",
    "apgd-ce": "AutoAttack, 100 steps, 1 start",
    "apgd-dlr": "AutoAttack, 100 steps, 1 start",
    "square-1000": "AutoAttack, 1,000 queries",
    "apgd-t": "AutoAttack, 9 targets × 100 steps",
    "fab-t": "AutoAttack, 9 targets × 100 steps",
    "square": "AutoAttack, 5,000 queries",
    "cw": "Foolbox L2CarliniWagner, 9 constants × 1,000 steps of 0.01, from "
    "0.001, confidence 0, gives up early, one image at a time",
    "hopskipjump": "Foolbox HopSkipJump, 20 steps, one image at a time",
    "standard": "AutoAttack standard: apgd-ce, apgd-t, fab-t, square",
}


def require_allowed(name, attacked, images, epsilon):
    change = attacked - images
    size = change.abs().max().item()
    if name == "pgd-l2":
        size = peers.lengths(attacked, images).max().item()
    assert epsilon is None or size <= epsilon + 1e-5, f"{name} went {size} far"
    assert attacked.min() >= 0 and attacked.max() <= 1, f"{name} left 0...1"


def measure(name, network, images, labels, epsilon):
    """One row: the attack on all images, or on those that start out right."""
    right = peers.predict(network, images) == labels
    before = right.sum().item()
    chosen = torch.arange(len(images)) if name in ON_ALL else right.nonzero()
    chosen = chosen.flatten()
    clean, truth = images[chosen], labels[chosen]
    start = time.perf_counter()
    attacked, queries = peers.attack(name, network, clean, truth, epsilon)
    seconds = time.perf_counter() - start
    require_allowed(name, attacked, clean, epsilon)
    held = peers.predict(network, attacked) == truth
    fooled = ~held & right[chosen]
    distances = peers.lengths(attacked, clean)[fooled].tolist()
    row = {
        "attack": name, "epsilon": epsilon, "images": len(images),
        "settings": SETTINGS[name], "seconds": round(seconds, 1),
        "rightBefore": before, "right": held.sum().item(),
        "accuracy": held.sum().item() / len(images),
        "stillRight": chosen[held].tolist(),
        "success": fooled.sum().item() / before,
    }
    if epsilon is None and distances:  # it sought the smallest change
        row["medianDistance"] = statistics.median(distances)
        row["distances"] = [round(d, 5) for d in distances]
    if queries is not None and fooled.any():
        row["medianQueries"] = statistics.median(queries[fooled].tolist())
    return row


def key(row):
    epsilon = row.get("epsilon")
    return row["attack"], epsilon and round(epsilon, 4), row["images"]


def swift_rows(folder):
    """This package's results: `swift run 05-Attacks --attack NAME` writes them
    as 05-Attacks-NAME.json into the folder that `--output` names.
    """
    rows = {}
    for path in sorted(pathlib.Path(folder).rglob("05-Attacks-*.json")):
        row = json.loads(path.read_text())
        row["epsilon"] = row.get("size")  # null for the smallest change
        name = {"carlini-wagner": "cw", "worst-case": "standard"}
        row["attack"] = name.get(row["attack"], row["attack"])
        if row["attack"] == "square" and row["steps"] == 1000:
            row["attack"] = "square-1000"
        rows[key(row)] = row
    return rows


def text(row):
    parts = [f"{100 * row['accuracy']:6.2f} %"]
    if row.get("medianDistance") is not None:
        parts.append(f"ℓ2 {row['medianDistance']:.3f}")
    if row.get("medianQueries") is not None:
        parts.append(f"{row['medianQueries']:.0f} queries")
    return ", ".join(parts)


def comparison(row, other):
    """The other's numbers, the difference, and how often each wins alone."""
    parts = [text(other)]
    parts.append(f"{100 * (other['accuracy'] - row['accuracy']):+.2f} points")
    if row.get("medianDistance") and other.get("medianDistance"):
        ratio = other["medianDistance"] / row["medianDistance"]
        parts.append(f"ℓ2 × {ratio:.3f}")
    theirs, ours = set(row["stillRight"]), set(other.get("stillRight", []))
    if "stillRight" in other:
        parts.append(f"fooled by one alone: {len(ours - theirs)} peer, ")
        parts[-1] += f"{len(theirs - ours)} Swift"
    return " | ".join(parts)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", default=peers.SHIPPED)
    parser.add_argument("--attacks", default=",".join(PLANS))
    parser.add_argument("--images", type=int, help="instead of each one's own")
    parser.add_argument("--json", type=pathlib.Path)
    parser.add_argument("--swift", help="a folder of this package's results")
    options = parser.parse_args()
    names = options.attacks.split(",")
    if unknown := [name for name in names if name not in PLANS]:
        parser.error(f"unknown: {', '.join(unknown)}; known: {', '.join(PLANS)}")

    torch.set_num_threads(1)
    network = peers.load_network(options.model)
    images, labels = peers.load_test_images()
    record = {"rows": []}
    if options.json and options.json.exists():
        record = json.loads(options.json.read_text())
    record["madeWith"] = {
        name: version(name) for name in ("torch", "foolbox", "pyautoattack")
    }
    clean = (peers.predict(network, images) == labels).sum().item()
    record["clean"] = {"images": len(images), "right": clean}
    print(f"clean: {clean:,} of {len(images):,} right", flush=True)
    known = {key(row): row for row in record["rows"]}
    swift = swift_rows(options.swift) if options.swift else {}
    for name in names:
        count = options.images or PLANS[name][0]
        for epsilon in PLANS[name][1]:
            this = (name, epsilon, count)
            if this not in known:
                known[this] = measure(
                    name, network, images[:count], labels[:count], epsilon
                )
                record["rows"].append(known[this])
                if options.json:
                    options.json.write_text(json.dumps(record))
            size = "smallest" if epsilon is None else f"{epsilon:g}"
            line = f"{name:12}{size:>9}{count:>7}  {text(known[this])}"
            if this in swift:
                line += " | " + comparison(known[this], swift.pop(this))
            print(f"{line}   ({known[this]['seconds']} s)", flush=True)
    for name, epsilon, count in swift:
        print(f"Swift alone: {name}, ε {epsilon}, {count} images")


if __name__ == "__main__":
    main()
