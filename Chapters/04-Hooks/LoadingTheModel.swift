import Foundation
import Lesson
import Shared

/// What the model's file holds, how it is read, and what is refused.
func loadingTheModel(_ page: Page, _ trained: TrainedModel, _ mnist: MNIST)
  throws
{
  page.section("Loading the model")
  if trained.checkpoint.contents.tensors.isEmpty {
    page.say(
      """
      The model of this run lies in an ONNX file. Such a file holds the layers
      as well as their weights; chapter 6 writes one. The chapters themselves
      keep their models in *safetensors* files, which hold weights only.
      """)
  } else if trained.model.architecture
    != Sequential.notebookNetwork(seed: 0, for: mnist).architecture
  {
    page.say(
      """
      The model of this run lies in a *safetensors* file, which holds weights
      only. The names and shapes of its tensors fit another network than the
      tutorial's, one of those in `Shared/Models/KnownNetworks.swift`.
      """)
  } else {
    try safetensors(page, trained, mnist)
  }
  page.say(
    """
    Why not simply trust a file? Weights are data: to read them should be to
    copy numbers and nothing else. A *pickle*, what `torch.save` writes by
    default, is a program that its reader runs. Python's documentation
    [says of it](https://docs.python.org/3/library/pickle.html): "It is possible
    to construct malicious pickle data which will execute arbitrary code during
    unpickling." Since [version 2.6](https://pytorch.org/blog/pytorch2-6/)
    PyTorch's `torch.load` reads only tensors and plain values by default
    (`weights_only=True`); with `weights_only=False` it runs the program. Here
    no pickle is read at all.
    """)
}

private func safetensors(
  _ page: Page, _ trained: TrainedModel, _ mnist: MNIST
) throws {
  page.say(
    """
    A trained network is its weights. They lie in a *safetensors* file: eight
    bytes with the length of a header; the header, which is JSON and says of
    each tensor its name, type, shape and place; then nothing but numbers. The
    network itself, as yet with random weights, comes from the source code, and
    `load` takes over all of a file's tensors, or none.
    """)
  let (bytes, file, network) = try page.show {
    let url = trained.checkpoint.url
    let bytes = try Data(contentsOf: url)
    let file = try LoadedCheckpoint(url)
    var network = Sequential.notebookNetwork(seed: 0, for: mnist)
    try network.load(file.contents.tensors, from: url.path)
    return (bytes, file, network)
  }
  page.say(layoutInWords(bytes, file))
  if let facts = factsInWords(trained) { page.say(facts) }
  guard let last = network.parameters.last?.name else { return }
  page.say(
    """
    A file may be damaged, or made by somebody who wishes you ill. So the reader
    checks all that the network depends on. Three files with a fault: one ends a
    byte too early, one lies about the length of its header, and one has a
    tensor of another shape, `\(last)`.
    """)
  let refusals = page.show {
    var lying = bytes
    lying[7] = 0x7F  // of the length's bytes the one that counts most
    var tensors = file.contents.tensors
    tensors[last] = Tensor(shape: [7, 7])
    var other = network
    return [
      refusal { try decode(bytes.dropLast(), "The short file") },
      refusal { try decode(lying, "The lying file") },
      refusal { try other.load(tensors, from: "The other file") },
    ]
  }
  page.record("refusals", refusals)
  page.say(refusals.map { "- \($0)" }.joined(separator: "\n"))
}

/// The sentence of the error that `body` throws.
private func refusal(_ body: () throws -> Void) -> String {
  do {
    try body()
    return "(accepted)"
  } catch {
    return "\(error)"
  }
}

/// Reads bytes as a file of that name would be read.
private func decode(_ bytes: Data, _ name: String) throws {
  _ = try SafeTensors(decoding: bytes, name: name)
}

/// What the bytes of the file are.
private func layoutInWords(_ bytes: Data, _ file: LoadedCheckpoint) -> String {
  let first = bytes.prefix(8)
  let length = first.reversed().reduce(0) { $0 << 8 | Int($1) }
  let hexadecimal = first.map { byte in
    let digits = String(byte, radix: 16, uppercase: true)
    return digits.count < 2 ? "0\(digits)" : digits
  }.joined(separator: " ")
  let tensors = file.contents.tensors.sorted { $0.key < $1.key }
  let names = tensors.map { "`\($0.key)` (\($0.value.shape.times))" }
    .joined(separator: ", ")
  let numbers = tensors.reduce(0) { $0 + $1.value.count }
  let isPlain = 8 + length + 4 * numbers == bytes.count
  let sum =
    "8 + \(length.grouped) + 4 · \(numbers.grouped) = \(bytes.count.grouped)"
  return """
    The first eight bytes are `\(hexadecimal)`, the least significant first: a
    header of \(length.grouped) bytes. It names \(tensors.count) tensors:
    \(names).\(isPlain
      ? " With four bytes a number that makes \(sum) bytes, the whole file."
      : "")
    """
}

/// What the file says of its past; nil if it says nothing.
private func factsInWords(_ trained: TrainedModel) -> String? {
  let file = trained.checkpoint
  let layers = file["architecture"]?.components(separatedBy: ", ") ?? []
  var facts: [String] = []
  if let first = layers.first, let last = layers.last {
    facts.append("\(layers.count) layers, `\(first)` to `\(last)`")
  }
  if let seed = file["seed"] { facts.append("seed \(seed)") }
  if let epochs = file["epochs"] {
    facts.append("\(epochs) epoch\(epochs == "1" ? "" : "s") of training")
  }
  if let accuracy = trained.statedAccuracy {
    let count = file["accuracy.images"].flatMap { Int($0) }
    let images = count.map(\.grouped) ?? "the"
    facts.append("\(accuracy.percent()) of \(images) test images read right")
  }
  return facts.isEmpty
    ? nil
    : """
    Beside the tensors the header keeps text. This one states:
    \(facts.joined(separator: "; ")). Names, shapes and the fingerprint of the
    data are checked. The accuracy could be measured again; seed and epochs are
    the file's word.
    """
}
