"""The tutorial's network in PyTorch, and public attacks on it.

Foolbox and pyautoattack (AutoAttack as a package) do the attacking. One
function an attack; each returns attacked images. Every attack is seeded.
"""

import json
import pathlib
import struct

import foolbox
import torch
from foolbox import attacks
from pyautoattack import AutoAttack
from torch import nn
from torch.nn import functional

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "Shared/Pretrained/03-Training.safetensors"


class Network(nn.Module):
    """Counts the images it is asked about: the queries of an attack."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 32, 3, padding=1)
        self.conv2 = nn.Conv2d(32, 64, 3, padding=1)
        self.fc1 = nn.Linear(3136, 128)
        self.fc2 = nn.Linear(128, 10)
        self.queries = 0

    def forward(self, pixels):
        self.queries += len(pixels)
        x = (pixels - 0.1307) / 0.3081
        x = functional.max_pool2d(functional.relu(self.conv1(x)), 2)
        x = functional.max_pool2d(functional.relu(self.conv2(x)), 2)
        return self.fc2(functional.relu(self.fc1(x.flatten(1))))


def read_safetensors(path):
    data = pathlib.Path(path).read_bytes()
    start = 8 + struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:start])
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        values = bytearray(data[start + begin : start + end])
        flat = torch.frombuffer(values, dtype=torch.float32)
        tensors[name] = flat.reshape(entry["shape"])
    return tensors


def load_network(path=SHIPPED):
    network = Network()
    network.load_state_dict(read_safetensors(path))
    return network.eval().requires_grad_(False)


def load_test_images(count=10_000):
    """The first test images in file order, pixels in 0...1, and their labels."""

    def read(name, header):
        data = (ROOT / "Shared/MNIST" / name).read_bytes()[header:]
        return torch.frombuffer(bytearray(data), dtype=torch.uint8)

    images = read("t10k-images.idx3-ubyte", 16).reshape(-1, 1, 28, 28)
    labels = read("t10k-labels.idx1-ubyte", 8)
    return images[:count].float() / 255, labels[:count].long()


def predict(network, images):
    with torch.no_grad():
        return torch.cat([network(part).argmax(1) for part in images.split(500)])


def lengths(attacked, images):
    """Each image's Euclidean distance from the original."""
    return (attacked - images).flatten(1).norm(dim=1)


def with_foolbox(
    attack, network, images, labels, epsilon=None, batch=500, seed=0
):
    """`batch` images at a time; without ε, the smallest change it finds."""
    torch.manual_seed(seed)
    model = foolbox.PyTorchModel(network, bounds=(0, 1), device="cpu")
    settings = {} if epsilon is None else {"epsilon": epsilon}
    return torch.cat([
        attack.run(model, x, foolbox.criteria.Misclassification(y), **settings)
        for x, y in zip(images.split(batch), labels.split(batch))
    ])


def fgsm(network, images, labels, epsilon):
    attack = attacks.LinfFastGradientAttack(random_start=False)
    return with_foolbox(attack, network, images, labels, epsilon)


def pgd(network, images, labels, epsilon, steps=40, step=0.01, start=True):
    attack = attacks.LinfPGD(steps=steps, abs_stepsize=step, random_start=start)
    return with_foolbox(attack, network, images, labels, epsilon)


def pgd_l2(network, images, labels, radius, steps=40):
    attack = attacks.L2PGD(steps=steps, abs_stepsize=0.1 * radius)
    return with_foolbox(attack, network, images, labels, radius)


def deepfool(network, images, labels):
    attack = attacks.L2DeepFoolAttack(
        steps=50, overshoot=0.02, candidates=10, loss="logits"
    )
    return with_foolbox(attack, network, images, labels)


def carlini_wagner(network, images, labels, batch=1):
    """One image at a time: Foolbox gives up early on a whole batch."""
    attack = attacks.L2CarliniWagnerAttack(
        binary_search_steps=9, steps=1000, stepsize=0.01, confidence=0,
        initial_const=1e-3, abort_early=True,
    )
    return with_foolbox(attack, network, images, labels, batch=batch)


def hop_skip_jump(network, images, labels, steps=20, seed=0):
    """One image at a time: Foolbox divides by the norm of a whole batch's
    gradient, so that steps shrink as the batch grows."""
    attack = attacks.HopSkipJumpAttack(
        steps=steps, initial_gradient_eval_steps=100,
        max_gradient_eval_steps=10_000,
    )
    return with_foolbox(attack, network, images, labels, batch=1, seed=seed)


def auto_attack(network, images, labels, epsilon, name, queries=5000, seed=0):
    """One attack of AutoAttack alone, or "standard": the four in a row."""
    version = "standard" if name == "standard" else "custom"
    suite = AutoAttack(
        network, norm="Linf", eps=epsilon, seed=seed, version=version,
        attacks=None if version == "standard" else [name], device="cpu",
    )
    suite.apgd.n_restarts = 1
    suite.square.n_queries = queries
    return suite.run_standard_evaluation(images, labels, batch_size=500)[0]


def square_queries(network, images, labels, epsilon, queries, seed=0):
    """Square Attack by itself, to have each image's number of queries too."""
    suite = AutoAttack(network, norm="Linf", eps=epsilon, seed=seed)
    suite.square.n_queries = queries
    suite.square.init_hyperparam(images)
    torch.manual_seed(seed)
    used, attacked = suite.square.attack_single_run(images, labels)
    return attacked, used


def one_at_a_time(attack, network, images, labels):
    """Attacks each image alone, and counts its queries."""
    attacked, queries = [], []
    for image, label in zip(images.split(1), labels.split(1)):
        network.queries = 0
        attacked.append(attack(network, image, label))
        queries.append(network.queries)
    return torch.cat(attacked), torch.tensor(queries)


def attack(name, network, images, labels, epsilon):
    """Attacked images, and each one's queries where somebody counts them."""
    if name == "hopskipjump":
        return one_at_a_time(hop_skip_jump, network, images, labels)
    if name in ("square", "square-1000"):
        queries = 1000 if name == "square-1000" else 5000
        return square_queries(network, images, labels, epsilon, queries)
    smallest = {"deepfool": deepfool, "cw": carlini_wagner}
    if name in smallest:
        return smallest[name](network, images, labels), None
    within = {"fgsm": fgsm, "pgd": pgd, "pgd-l2": pgd_l2}
    if name in within:
        return within[name](network, images, labels, epsilon), None
    return auto_attack(network, images, labels, epsilon, name), None
