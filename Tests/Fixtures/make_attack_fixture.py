"""Writes attacks.json: what public attacks do to the model that ships.

    pip install torch foolbox pyautoattack==0.2.0 scipy
    python Tests/Fixtures/make_attack_fixture.py

The images are the first 40 test images, in file order. Where chance decides,
several seeds tell how much. It takes about twenty minutes.
"""

import json
import pathlib
import platform
import random
import sys
from importlib.metadata import version

import torch
from pyautoattack.fab_projections import projection_linf
from scipy.optimize import linprog
from torch.nn import functional

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS / "Interop"))
import peers  # noqa: E402

EPSILONS = [0.05, 0.1, 0.15, 0.2, 0.25, 0.3]
SEEDS = range(5)
# Logits, the right class and a target: won by a lot, won barely, lost to one
# or to many; every rank of right class and target; large, small and negative.
LOGITS = [
    ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 9, 8),
    ([2.5, -1, 0.25, 0.5, -3, 1.75, 0, 4, -0.5, 1], 7, 0),
    ([2.5, -1, 0.25, 0.5, -3, 1.75, 0, 4, -0.5, 1], 0, 7),
    ([2.5, -1, 0.25, 0.5, -3, 1.75, 0, 4, -0.5, 1], 5, 9),
    ([2.5, -1, 0.25, 0.5, -3, 1.75, 0, 4, -0.5, 1], 9, 5),
    ([2.5, -1, 0.25, 0.5, -3, 1.75, 0, 4, -0.5, 1], 4, 2),
    ([-4, -9.5, 12.5, -2, -8, -11, -3.5, 0.75, -1.25, -6], 2, 5),
    ([101, 99.5, 3, -80, 17, 100.25, 98, -20, 0, 55], 0, 5),
    ([-1.5, -2, -1.75, -3, -1.25, -4, -2.5, -5, -3.5, -6], 3, 4),
    ([0.02, 0.01, 0.03, -0.01, 0, -0.02, 0.04, 0.05, -0.03, 0.06], 1, 9),
]


def cross_entropy(z, right, target):
    return functional.cross_entropy(z[None], torch.tensor([right]))


def margin(z, right, target):
    return torch.cat([z[:right], z[right + 1 :]]).max() - z[right]


def dlr(z, right, target):
    """Difference of logits ratio: Croce and Hein 2020, arXiv:2003.01690."""
    ranked = z.sort(descending=True).values
    return margin(z, right, target) / (ranked[0] - ranked[2])


def targeted_dlr(z, right, target):
    ranked = z.sort(descending=True).values
    spread = ranked[0] - (ranked[2] + ranked[3]) / 2
    return -(z[right] - z[target]) / spread


def attack_losses():
    losses = {
        "crossEntropy": cross_entropy, "margin": margin, "dlr": dlr,
        "targetedDLR": targeted_dlr,
    }
    rows = []
    for logits, right, target in LOGITS:
        row = {"logits": logits, "label": right, "target": target}
        for name, loss in losses.items():
            z = torch.tensor(logits, dtype=torch.float64, requires_grad=True)
            value = loss(z, right, target)
            value.backward()
            row[name] = {"value": value.item(), "gradient": z.grad.tolist()}
        rows.append(row)
    return rows


def plane(generator, case):
    """A point of the box and numbers of three digits for a plane."""
    corner = case % 2 == 1  # every other point lies partly at the box's edge
    point = [round(generator.random(), 3) for _ in range(6)]
    if corner:
        point = [float(x > 0.5) if i < 4 else x for i, x in enumerate(point)]
    normal = [round(generator.uniform(-1, 1), 3) for _ in range(6)]
    if case % 5 == 4:
        normal[case % 6] = 0.0
    return point, normal


def projected(point, normal, offset):
    """Where FAB's own code moves the point."""
    rows = (torch.tensor([v], dtype=torch.float64) for v in (point, normal))
    change = projection_linf(*rows, torch.tensor([offset], dtype=torch.float64))
    return (torch.tensor(point, dtype=torch.float64) + change[0]).tolist()


def projections():
    """The nearest points of `normal · x = offset` inside the box 0...1.

    A linear program finds the distance: minimize t over changes d and t, where
    |d| ≤ t, the moved point is in the box, and it is on the plane.
    """
    generator, reached, missed = random.Random(0), [], []
    for case in range(20):
        point, normal = plane(generator, case)
        inside = [generator.random() for _ in range(6)]
        offset = round(sum(w * x for w, x in zip(normal, inside)), 3)
        bounds = [[0] * 6 + [-1] for _ in range(12)]
        for i in range(6):
            bounds[i][i], bounds[6 + i][i] = 1, -1
        found = linprog(
            [0] * 6 + [1], A_ub=bounds, b_ub=[0] * 12, A_eq=[normal + [0]],
            b_eq=[offset - sum(w * x for w, x in zip(normal, point))],
            bounds=[(-x, 1 - x) for x in point] + [(0, None)],
        )
        assert found.success, f"case {case} is out of reach"
        moved = projected(point, normal, offset)
        farthest = max(abs(a - b) for a, b in zip(moved, point))
        assert abs(farthest - found.fun) < 1e-6, f"FAB differs in case {case}"
        reached.append({
            "point": point, "normal": normal, "offset": offset,
            "distance": found.fun,
        })
    for case in range(4):
        point, normal = plane(generator, case)
        offset = round(sum(w for w in normal if w > 0) + 0.5, 3)
        if case >= 2:
            offset = round(sum(w for w in normal if w < 0) - 0.5, 3)
        missed.append({
            "point": point, "normal": normal, "offset": offset,
            "moved": projected(point, normal, offset),
        })
    return {"reached": reached, "outOfReach": missed}


def outcome(attacked, network=None):
    network = network or model
    with torch.no_grad():
        logits = network(attacked)
        losses = functional.cross_entropy(logits, labels, reduction="none")
    return logits.argmax(1), losses


def under(attack, **settings):
    """Predictions and losses, and the same when all is done in float64.

    They part where the model is so sure that 1 − probability rounds to nothing
    in float32, and with it the right class's part of the gradient.
    """
    predictions, losses = outcome(attack(model, images, labels, **settings))
    exact = peers.load_network().double()
    attacked = attack(exact, images.double(), labels, **settings)
    same, exact_losses = outcome(attacked, exact)
    return {
        **settings, "predictions": predictions.tolist(),
        "losses": losses.tolist(), "meanLoss": losses.mean().item(),
        "float64": {
            "predictions": same.tolist(), "losses": exact_losses.tolist(),
            "meanLoss": exact_losses.mean().item(),
            "differentPredictions": (same != predictions).sum().item(),
            "largestDifferenceOfLosses":
                (exact_losses - losses).abs().max().item(),
        },
    }


def still_right(name, seeds=SEEDS, queries=5000):
    """The images that an attack of AutoAttack leaves right, for each seed."""
    print(name, flush=True)
    by_seed = []
    for seed in seeds:
        attacked = peers.auto_attack(
            model, images, labels, 0.1, name, queries, seed
        )
        right = (peers.predict(model, attacked) == labels).nonzero()
        by_seed.append(right.flatten().tolist())
    return {"epsilon": 0.1, "stillRight": by_seed}


def distances(attack, count, **settings):
    print(attack.__name__, flush=True)
    attacked = attack(model, images[:count], labels[:count], **settings)
    assert (peers.predict(model, attacked) != labels[:count]).all()
    return peers.lengths(attacked, images[:count]).tolist()


def rounded(value):
    if isinstance(value, float):
        return float(f"{value:.6g}")
    if isinstance(value, dict):
        return {key: rounded(entry) for key, entry in value.items()}
    return [rounded(v) for v in value] if isinstance(value, list) else value


torch.set_num_threads(1)
model = peers.load_network()
images, labels = peers.load_test_images(40)
predictions, losses = outcome(images)
assert (predictions == labels).all(), "distances need images classified right"
fixture = {
    "madeWith": {
        "foolbox": version("foolbox"),
        "numpy": version("numpy"),
        "pyautoattack": version("pyautoattack"),
        "python": platform.python_version(),
        "scipy": version("scipy"),
        "torch": torch.__version__,
    },
    "labels": labels.tolist(),
    "cleanLosses": losses.tolist(),
    "attackLosses": attack_losses(),
    "projections": projections(),
    "fgsm": [under(peers.fgsm, epsilon=epsilon) for epsilon in EPSILONS],
    "pgd": under(peers.pgd, epsilon=0.1, steps=10, step=0.02, start=False),
    "apgd-ce": still_right("apgd-ce"),
    "apgd-t": still_right("apgd-t"),
    "fab-t": still_right("fab-t", [0]),  # without a random start, no chance
    "square": {**still_right("square", queries=1000), "queries": 1000},
    "deepfool": {"distances": distances(peers.deepfool, 40)},
    "hopskipjump": {
        "steps": 10,
        "distances": [
            distances(peers.hop_skip_jump, 10, steps=10, seed=seed)
            for seed in SEEDS
        ],
    },
    "cw": {"distances": distances(peers.carlini_wagner, 20)},
}
path = pathlib.Path(__file__).with_name("attacks.json")
path.write_text(json.dumps(rounded(fixture), indent=1, sort_keys=True) + "\n")
