"""Writes pytorch.json: what PyTorch computes for the tutorial's network.

    python Tests/Fixtures/make_pytorch_fixture.py

Weights and images come from integer arithmetic and one division, so that the
Swift tests can make the same floats bit by bit without storing them.
"""

import json
import pathlib
import platform

import torch
from torch import nn
from torch.nn import functional

CLASSES = 10
IMAGES = 16
# The denominator is about 10,000 times the square root of the fan-in, which
# bounds the weights as PyTorch's own initialization does.
PARAMETERS = {
    "conv1.weight": ([32, 1, 3, 3], 30_000),
    "conv1.bias": ([32], 30_000),
    "conv2.weight": ([64, 32, 3, 3], 169_706),
    "conv2.bias": ([64], 169_706),
    "fc1.weight": ([128, 3136], 560_000),
    "fc1.bias": ([128], 560_000),
    "fc2.weight": ([10, 128], 113_137),
    "fc2.bias": ([10], 113_137),
}


def mixed(number):
    """Scrambles 32 bits (the finalizer of MurmurHash3)."""
    number &= 0xFFFFFFFF
    number ^= number >> 16
    number = number * 0x85EBCA6B & 0xFFFFFFFF
    number ^= number >> 13
    number = number * 0xC2B2AE35 & 0xFFFFFFFF
    return number ^ number >> 16


def quotients(numerators, denominator, shape):
    numerators = torch.tensor(numerators, dtype=torch.float32)
    denominator = torch.tensor(denominator, dtype=torch.float32)
    return (numerators / denominator).reshape(shape)


def parameter(salt, shape, denominator):
    count = torch.Size(shape).numel()
    numerators = [
        mixed(salt * 1_000_003 + i) % 20_001 - 10_000 for i in range(count)
    ]
    return quotients(numerators, denominator, shape)


def gray(image, y, x):
    """A disk, half flat and half textured, on a flat background.

    Flat parts make the ties that max-pooling has to decide.
    """
    radius = 6 + image % 5
    if (y - 14) ** 2 + (x - 14) ** 2 >= radius**2:
        return 0 if image % 2 == 0 else 26
    if x < 14:
        return 40 + 12 * image
    return mixed(1_000_003 + (image * 28 + y) * 28 + x) % 256


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 32, 3, padding=1)
        self.conv2 = nn.Conv2d(32, 64, 3, padding=1)
        self.fc1 = nn.Linear(3136, 128)
        self.fc2 = nn.Linear(128, CLASSES)

    def forward(self, pixels):
        x = (pixels - 0.1307) / 0.3081
        x = functional.max_pool2d(functional.relu(self.conv1(x)), 2)
        x = functional.max_pool2d(functional.relu(self.conv2(x)), 2)
        x = functional.relu(self.fc1(x.flatten(1)))
        return self.fc2(x)


def network():
    model = Network()
    model.load_state_dict({
        name: parameter(salt, shape, denominator)
        for salt, (name, (shape, denominator)) in enumerate(PARAMETERS.items())
    })
    return model


def require_clear_decisions():
    """Stops if rounding could decide a ReLU or a maximum.

    Two correct programs would then differ by more than rounding. If it stops,
    give the texture of the images another salt.
    """
    exact = network().double()
    x = (images.double() - 0.1307) / 0.3081
    for convolution in [exact.conv1, exact.conv2]:
        x = convolution(x)
        assert x.abs().min() > 1e-6
        blocks = functional.unfold(
            functional.relu(x).flatten(0, 1).unsqueeze(1), 2, stride=2
        )
        largest = blocks.topk(2, dim=1).values
        lead = largest[:, 0] - largest[:, 1]
        # Windows of equal pixels tie exactly but for the order of a sum.
        assert not ((lead > 1e-12) & (lead < 3e-6)).any()
        x = functional.max_pool2d(functional.relu(x), 2)
    assert exact.fc1(x.flatten(1)).abs().min() > 1e-6


def summary(gradient):
    flat = gradient.flatten()
    exact = flat.double()
    return {
        "norm": exact.norm().item(),
        "sum": exact.sum().item(),
        "sumOfMagnitudes": exact.abs().sum().item(),
        "entries": [flat[mixed(k) % len(flat)].item() for k in range(64)],
    }


def losses(optimizer_type, **settings):
    model = network()
    optimizer = optimizer_type(model.parameters(), **settings)
    result = []
    for _ in range(10):
        optimizer.zero_grad()
        loss = functional.cross_entropy(model(images), labels)
        loss.backward()
        optimizer.step()
        result.append(loss.item())
    return result


def strided():
    """Two convolutions with stride 2 and the slope of half their squares' sum."""
    layers = [
        nn.Conv2d(1, 16, 4, stride=2, padding=1),
        nn.Conv2d(16, 32, 4, stride=2, padding=1),
    ]
    with torch.no_grad():
        for number, layer in enumerate(layers):
            for salt, value in enumerate(layer.parameters(), 100 + 2 * number):
                value.copy_(parameter(salt, value.shape, 40_000))
    pixels = images.clone().requires_grad_()
    output = layers[1](layers[0](pixels))
    (output.square().sum() / 2).backward()
    return {
        "output": summary(output.detach()),
        "input": summary(pixels.grad),
        **{
            f"conv{number + 1}.{name}": summary(value.grad)
            for number, layer in enumerate(layers)
            for name, value in layer.named_parameters()
        },
    }


def normalized():
    """A convolution and batch normalization: a training pass, then one in use."""
    convolution, norm = nn.Conv2d(1, 16, 3, padding=1), nn.BatchNorm2d(16)
    with torch.no_grad():
        convolution.weight.copy_(parameter(110, [16, 1, 3, 3], 20_000))
        convolution.bias.copy_(parameter(111, [16], 20_000))
        norm.weight.copy_(parameter(112, [16], 10_000))
        norm.bias.copy_(parameter(113, [16], 10_000))
    pixels = images.clone().requires_grad_()
    output = norm(convolution(pixels))
    # Every value's own weight: the slope of a plain sum would be zero.
    (output * parameter(114, output.shape, 10_000)).sum().backward()
    norm.eval()
    return {
        "output": summary(output.detach()),
        "input": summary(pixels.grad),
        "conv.weight": summary(convolution.weight.grad),
        "norm.weight": summary(norm.weight.grad),
        "norm.bias": summary(norm.bias.grad),
        "norm.running_mean": summary(norm.running_mean),
        "norm.running_var": summary(norm.running_var),
        "in use": summary(norm(convolution(images)).detach()),
    }


class SmallNetwork(nn.Module):
    """A layer of each kind, written as many write it."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 4, 3, padding=1, stride=2)
        self.pool = nn.MaxPool2d(2)
        self.dropout = nn.Dropout(0.5)
        self.fc = nn.Linear(16, 3)
        self.norm = nn.BatchNorm1d(3)

    def forward(self, pixels):
        x = (pixels - 0.25) / 0.5
        x = self.pool(functional.relu(self.conv(x)))
        x = self.dropout(torch.flatten(x, 1))
        return self.norm(functional.relu(self.fc(x)))


def exported(path):
    """Writes a network as PyTorch's ONNX exporter does; returns its logits."""
    model = SmallNetwork().eval()
    with torch.no_grad():
        for salt, value in enumerate(model.parameters(), 120):
            value.copy_(parameter(salt, value.shape, 20_000))
        model.norm.running_mean.copy_(parameter(130, [3], 20_000))
        model.norm.running_var.copy_(parameter(131, [3], 20_000).square() + 0.5)
    torch.onnx.export(
        model, torch.zeros(2, 1, 8, 8), path, dynamo=False,
        input_names=["images"], output_names=["logits"],
        dynamic_axes={"images": {0: "N"}, "logits": {0: "N"}},
    )
    pixels = quotients([i * 37 % 64 for i in range(128)], 64, [2, 1, 8, 8])
    return model(pixels).flatten().tolist()


torch.set_num_threads(1)
torch.use_deterministic_algorithms(True)
images = quotients(
    [
        gray(n, y, x)
        for n in range(IMAGES) for y in range(28) for x in range(28)
    ],
    255,
    [IMAGES, 1, 28, 28],
)
labels = torch.tensor([n * 7 % CLASSES for n in range(IMAGES)])

require_clear_decisions()
model = network()
pixels = images.clone().requires_grad_()
logits = model(pixels)
loss = functional.cross_entropy(logits, labels)
loss.backward()
gradients = {name: summary(p.grad) for name, p in model.named_parameters()}
# Each image's own loss, not the mean; exact, because 16 is a power of two.
gradients["input"] = summary(pixels.grad * IMAGES)

fixture = {
    "madeWith": {
        "torch": torch.__version__,
        "python": platform.python_version(),
    },
    "logits": logits.flatten().tolist(),
    "loss": loss.item(),
    "gradients": gradients,
    "strided": strided(),
    "normalized": normalized(),
    "exported": exported(
        pathlib.Path(__file__).with_name("ONNX") / "pytorch-export.onnx"
    ),
    "adamLosses": losses(torch.optim.Adam, lr=0.001),
    "sgdLosses": losses(
        torch.optim.SGD, lr=0.1, momentum=0.9, weight_decay=5e-4
    ),
}
path = pathlib.Path(__file__).with_name("pytorch.json")
path.write_text(json.dumps(fixture, indent=1) + "\n")
