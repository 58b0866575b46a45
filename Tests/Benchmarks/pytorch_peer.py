"""The same work in PyTorch, in turn with this package's, and the ratios.

    pip install torch
    swift build && python Tests/Benchmarks/pytorch_peer.py [--repeat N]

Optional: nothing else needs PyTorch. With onnx and onnxruntime installed too, the
last line compares evaluation with ONNX Runtime at its best batch size. "As installed" is the loop everyone
writes; "tuned" keeps images channels-last, puts ReLU after pooling (the same
function, a quarter of the work) and uses the fused Adam.
"""

import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time
import warnings

try:
    import torch
    from torch import nn
    from torch.nn import functional
except ImportError:
    sys.exit("PyTorch is not installed: pip install torch")

try:
    import onnxruntime
    import onnx  # torch's exporter needs it
except ImportError:
    onnxruntime = None

ROOT = pathlib.Path(__file__).resolve().parents[2]
CORES = len(__import__("os").sched_getaffinity(0))


class Network(nn.Module):
    def __init__(self, tuned):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 32, 3, padding=1)
        self.conv2 = nn.Conv2d(32, 64, 3, padding=1)
        self.fc1 = nn.Linear(3136, 128)
        self.fc2 = nn.Linear(128, 10)
        self.dropout = nn.Dropout(0.5)
        self.tuned = tuned

    def block(self, convolution, x):
        if self.tuned:
            return torch.relu(functional.max_pool2d(convolution(x), 2))
        return functional.max_pool2d(torch.relu(convolution(x)), 2)

    def forward(self, x):
        x = self.block(self.conv1, (x - 0.1307) / 0.3081)
        x = self.block(self.conv2, x).flatten(1)
        return self.fc2(self.dropout(torch.relu(self.fc1(x))))


def read(name, header, shape):
    data = (ROOT / "Shared/MNIST" / name).read_bytes()[header:]
    return torch.frombuffer(bytearray(data), dtype=torch.uint8).reshape(shape)


def load():
    images = read("train-images.idx3-ubyte", 16, (-1, 1, 28, 28)).float() / 255
    labels = read("train-labels.idx1-ubyte", 8, (-1,)).long()
    test = read("t10k-images.idx3-ubyte", 16, (-1, 1, 28, 28)).float() / 255
    return images, labels, test, read("t10k-labels.idx1-ubyte", 8, (-1,)).long()


def train(images, labels, tuned):
    network = Network(tuned).train()
    if tuned:
        network = network.to(memory_format=torch.channels_last)
        images = images.contiguous(memory_format=torch.channels_last)
    optimizer = torch.optim.Adam(network.parameters(), fused=tuned)
    order = torch.randperm(len(images))
    for start in range(0, len(images), 64):
        chosen = order[start : start + 64]
        optimizer.zero_grad()
        loss = functional.cross_entropy(network(images[chosen]), labels[chosen])
        loss.backward()
        optimizer.step()


def evaluate(network, images):
    with torch.inference_mode():
        for start in range(0, len(images), 200):
            network(images[start : start + 200])


def gradient(network, images, labels):
    images = images.clone().requires_grad_()
    loss = functional.cross_entropy(network(images), labels, reduction="sum")
    return torch.autograd.grad(loss, images)[0]


def fgsm(network, images, labels):
    for start in range(0, len(images), 200):
        part = slice(start, start + 200)
        slope = gradient(network, images[part], labels[part])
        (images[part] + 0.1 * slope.sign()).clamp(0, 1)


def pgd(network, images, labels):
    for start in range(0, len(images), 200):
        clean, label = images[start : start + 200], labels[start : start + 200]
        x = (clean + torch.empty_like(clean).uniform_(-0.3, 0.3)).clamp(0, 1)
        for _ in range(40):
            x = x + 0.01 * gradient(network, x, label).sign()
            x = torch.minimum(torch.maximum(x, clean - 0.3), clean + 0.3)
            x = x.clamp(0, 1)


def onnx_evaluation(images):
    """The evaluation in ONNX Runtime, at the batch size that suits it best."""
    path = pathlib.Path(tempfile.mkdtemp()) / "network.onnx"
    torch.onnx.export(
        Network(False).eval(), images[:1], path, dynamo=False,
        input_names=["images"], dynamic_axes={"images": {0: "n"}},
    )
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = CORES
    session = onnxruntime.InferenceSession(
        path, options, providers=["CPUExecutionProvider"]
    )
    pixels = images.numpy()

    def run(size):
        for start in range(0, len(pixels), size):
            session.run(None, {"images": pixels[start : start + size]})

    sizes = [16, 32, 64, 100, 200, 500, 1000]
    best = min(sizes, key=lambda n: min(seconds(lambda: run(n)) for _ in range(3)))
    return best, lambda: run(best)


def seconds(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def ours(name):
    """One timing of this package's benchmark, in seconds."""
    output = subprocess.run(
        [ROOT / ".build/debug/Benchmarks", "--only", name, "--repeat", "1"],
        capture_output=True, text=True, check=True,
    ).stdout
    report = json.loads(output.strip().splitlines()[-1])
    return next(r for r in report["results"] if r["name"] == name)["seconds"][0]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--repeat", type=int, default=5)
    repeats = parser.parse_args().repeat
    torch.set_num_threads(CORES)
    images, labels, test, test_labels = load()
    plain, tuned = Network(False).eval(), Network(True).eval()
    tuned = tuned.to(memory_format=torch.channels_last)
    for network in (plain, tuned):
        network.requires_grad_(False)
    rows = {
        "training epoch, batch 64": (
            lambda: train(images, labels, False),
            lambda: train(images, labels, True),
        ),
        "evaluate 10,000": (
            lambda: evaluate(plain, test),
            lambda: evaluate(tuned, test),
        ),
        "FGSM 10,000": (
            lambda: fgsm(plain, test, test_labels),
            lambda: fgsm(tuned, test, test_labels),
        ),
        "PGD-40 1,000": (
            lambda: pgd(plain, test[:1000], test_labels[:1000]),
            lambda: pgd(tuned, test[:1000], test_labels[:1000]),
        ),
    }
    print(f"PyTorch {torch.__version__}, {CORES} threads, medians of {repeats}\n")
    print(f"{'work':26}{'ours':>9}{'installed':>11}{'tuned':>9}{'ratios':>14}")
    for name, works in rows.items():
        times = [[], [], []]
        for _ in range(repeats):  # in turn, so that noise meets all three
            times[0].append(ours(name))
            for index, work in enumerate(works):
                times[index + 1].append(seconds(work))
        a, b, c = (statistics.median(t) for t in times)
        spread = " · ".join(f"{min(t):.2f}–{max(t):.2f}" for t in times)
        print(
            f"{name:26}{a:8.2f}s{b:10.2f}s{c:8.2f}s{b / a:8.2f}×{c / a:5.2f}×"
            f"   ({spread})",
            flush=True,
        )
    if onnxruntime:
        compare_with_onnx(test, repeats)


def compare_with_onnx(test, repeats):
    size, work = onnx_evaluation(test)
    pairs = [(ours("evaluate 10,000"), seconds(work)) for _ in range(repeats)]
    a, b = (statistics.median(times) for times in zip(*pairs))
    print(
        f"\nevaluate 10,000, ONNX Runtime {onnxruntime.__version__}, batches of "
        f"{size}: {b:.2f}s, ours {a:.2f}s, ratio {b / a:.2f}×"
    )


warnings.filterwarnings("ignore")
main()
