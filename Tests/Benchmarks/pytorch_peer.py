"""The same work in PyTorch, in turn with this package's, and the ratios.

    pip install torch
    swift build && python Tests/Benchmarks/pytorch_peer.py [--repeat N]

Optional: nothing else needs PyTorch. "As installed" is the loop everyone
writes; "tuned" keeps images channels-last, puts ReLU after pooling (the same
function, a quarter of the work) and uses the fused Adam. The last lines compare
evaluation with ONNX Runtime, OpenVINO (both read the network from onnx) and
TensorFlow, each at its best batch size, where they are installed.
"""

import argparse
import json
import os
import pathlib
import platform
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

ROOT = pathlib.Path(__file__).resolve().parents[2]
CORES = len(os.sched_getaffinity(0))


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


def onnx_file(images):
    path = pathlib.Path(tempfile.mkdtemp()) / "network.onnx"
    torch.onnx.export(
        Network(False).eval(), images[:1], path, dynamo=False,
        input_names=["images"], dynamic_axes={"images": {0: "n"}},
    )
    return path


def with_onnx_runtime(images):
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = CORES
    session = onnxruntime.InferenceSession(
        onnx_file(images), options, providers=["CPUExecutionProvider"]
    )
    pixels = images.numpy()
    name = f"ONNX Runtime {onnxruntime.__version__}"
    return name, lambda part: session.run(None, {"images": pixels[part]})


def with_openvino(images):
    import openvino

    # Its default for CPUs that have it is bfloat16; this is about float32.
    compiled = openvino.Core().compile_model(
        openvino.convert_model(onnx_file(images)), "CPU",
        {"INFERENCE_PRECISION_HINT": "f32", "INFERENCE_NUM_THREADS": CORES},
    )
    pixels = images.numpy()
    name = f"OpenVINO {openvino.__version__.split('-')[0]}"
    return name, lambda part: compiled(pixels[part])


def with_tensorflow(images):
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(CORES)
    layers = tf.keras.layers
    network = tf.keras.Sequential([
        layers.Rescaling(1 / 0.3081, -0.1307 / 0.3081),
        layers.Conv2D(32, 3, padding="same", activation="relu"),
        layers.MaxPool2D(),
        layers.Conv2D(64, 3, padding="same", activation="relu"),
        layers.MaxPool2D(),
        layers.Flatten(),
        layers.Dense(128, activation="relu"),
        layers.Dense(10),
    ])
    compiled = tf.function(lambda x: network(x, training=False), jit_compile=True)
    pixels = tf.constant(images.permute(0, 2, 3, 1).numpy())
    return f"TensorFlow {tf.__version__}", lambda part: compiled(pixels[part])


def seconds(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def ours(name):
    """One timing of this package's benchmark, in seconds."""
    output = subprocess.run(
        [ROOT / ".build/debug/Benchmarks", "--row", name, "--repeat", "1"],
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
    print(
        f"{processor()}, PyTorch {torch.__version__}, {CORES} threads, "
        f"medians of {repeats}, in brackets the range\n"
    )
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
    for runtime in (with_onnx_runtime, with_openvino, with_tensorflow):
        try:
            name, work = runtime(test)
        except ImportError:
            continue
        compare_evaluation(name, work, len(test), repeats)


def compare_evaluation(name, work, count, repeats):
    """Another runtime, at the batch size that suits it best."""

    def run(size):
        for start in range(0, count, size):
            work(slice(start, start + size))

    sizes = [16, 40, 80, 100, 200, 500, 1000]
    best = min(sizes, key=lambda n: min(seconds(lambda: run(n)) for _ in range(3)))
    times = [[], []]
    for _ in range(repeats):
        times[0].append(ours("evaluate 10,000"))
        times[1].append(seconds(lambda: run(best)))
    a, b = (statistics.median(t) for t in times)
    spread = " · ".join(f"{min(t):.2f}–{max(t):.2f}" for t in times)
    print(
        f"evaluate 10,000, {name}, batches of {best}: {b:.2f}s, ours {a:.2f}s, "
        f"ratio {b / a:.2f}×   ({spread})",
        flush=True,
    )


def processor():
    """What the system calls this machine's CPU, and its widest vectors."""
    try:
        text = pathlib.Path("/proc/cpuinfo").read_text()
    except OSError:
        return platform.processor() or platform.machine()
    name = next(
        (l.split(":")[1].strip() for l in text.splitlines() if "model name" in l),
        platform.machine(),
    )
    return name + (", AVX-512" if "avx512f" in text else "")


warnings.filterwarnings("ignore")
main()
