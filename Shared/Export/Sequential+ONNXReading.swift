import Foundation

extension Sequential {
  /// A network from an ONNX file, if it is a chain of operations known here.
  ///
  /// Layers take the names of the file's nodes, as far as they are letters and
  /// digits: they will be printed, and name files. Numbers stand before them if
  /// they do not tell the layers apart.
  ///
  /// - Parameter bytes: The file.
  /// - Throws: A `TutorialError` that says what is missing or unknown.
  package init(onnx bytes: Data) throws {
    let model = try ONNX.model(bytes)
    guard let input = model.inputs.first, let output = model.outputs.first
    else {
      throw TutorialError("the graph has no input (11) or no output (12)")
    }
    var tensors = Dictionary(
      model.tensors.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    var layers: [(name: String, layer: any Layer)] = []
    var current = input
    for node in model.nodes {
      if node.operation == "Constant", node.outputs.count == 1 {
        tensors[node.outputs[0]] = node.constant
        continue
      }
      guard node.inputs.first == current, node.outputs.count == 1 else {
        throw TutorialError(
          "node \(node.name) takes `\(node.inputs.first ?? "nothing")`, but "
            + "what has been computed is `\(current)`")
      }
      let weights = try node.inputs.dropFirst().map { name in
        guard let tensor = tensors[name] else {
          throw TutorialError(
            "node \(node.name) takes `\(name)`, and no initializer (field 5) "
              + "has that name")
        }
        return Tensor(shape: tensor.shape, scalars: tensor.scalars)
      }
      layers.append((plainName(node.name), try layer(node, weights)))
      current = node.outputs[0]
    }
    guard current == output else {
      throw TutorialError(
        "the last node makes `\(current)`, and the output is `\(output)`")
    }
    let names = Set(layers.map(\.name))
    let tellApart = names.count == layers.count && !names.contains("")
    self.init(
      layers.enumerated().map { index, named in
        (tellApart ? named.name : "\(index) \(named.name)", named.layer)
      })
  }
}

/// `conv1_Conv` for `/conv1/Conv`.
private func plainName(_ name: String) -> String {
  let plain = name.map { character in
    character.isASCII && (character.isLetter || character.isNumber)
      || character == "." ? character : "_"
  }
  return String(plain.drop { $0 == "_" || $0 == "." }.prefix(40))
}

/// Stops at a setting that the layers here do not have, unless it changes
/// nothing.
private func requireKnownSettings(
  _ node: ONNX.StoredNode, of attributes: [String: [Int]]
) throws {
  func refuse(_ name: String, _ value: Any) -> TutorialError {
    TutorialError(
      "node \(node.name) is a \(node.operation) with \(name) = \(value), "
        + "which is not computed here")
  }
  let usedReals =
    node.operation == "BatchNormalization"
    ? ["epsilon", "momentum"] : []
  for (name, value) in node.reals.sorted(by: { $0.key < $1.key })
  where !usedReals.contains(name)
    && (value != 1 || !["alpha", "beta"].contains(name))
  {
    throw refuse(name, value)
  }
  let known: [String: Set<String>] = [
    "Conv": ["kernel_shape", "pads", "strides"],
    "MaxPool": ["kernel_shape", "strides"],
    "Gemm": ["transB"],
  ]
  let harmless = ["dilations": 1, "group": 1, "pads": 0]
    .merging([
      "ceil_mode": 0, "storage_order": 0, "transA": 0, "axis": 1,
      "training_mode": 0,
    ]) { $1 }
  for (name, numbers) in attributes.sorted(by: { $0.key < $1.key })
  where known[node.operation]?.contains(name) != true {
    guard let value = harmless[name], numbers.allSatisfy({ $0 == value }) else {
      throw refuse(name, numbers)
    }
  }
}

/// The layer that computes an operation.
private func layer(_ node: ONNX.StoredNode, _ weights: [Tensor]) throws
  -> any Layer
{
  let attributes = node.attributes.mapValues(\.numbers)
  try requireKnownSettings(node, of: attributes)
  switch (node.operation, weights.count) {
  case ("Sub", 1) where weights[0].count == 1:
    return Normalize(mean: weights[0].scalars[0], standardDeviation: 1)
  case ("Div", 1) where weights[0].count == 1 && weights[0].scalars[0] > 0:
    return Normalize(mean: 0, standardDeviation: weights[0].scalars[0])
  case ("Conv", 2):
    let shape = weights[0].shape
    let padding = attributes["pads"]?.first ?? 0
    let stride = attributes["strides"]?.first ?? 1
    guard shape.count == 4, shape[2] == shape[3],
      weights[1].shape == [shape[0]], (0...16).contains(padding),
      (1...16).contains(stride),
      ["pads", "strides"].allSatisfy({ name in
        attributes[name].map { Set($0).count == 1 } ?? true
      })
    else { break }
    return Conv2D(
      weight: weights[0], bias: weights[1], padding: padding, stride: stride)
  case ("Relu", 0): return ReLU()
  case ("MaxPool", 0):
    guard let block = attributes["kernel_shape"], Set(block).count == 1,
      attributes["strides"] == block, (1...16).contains(block[0])
    else { break }
    return MaxPool2D(block[0])
  case ("BatchNormalization", 4):
    let channels = weights[0].count
    guard weights.allSatisfy({ $0.shape == [channels] }) else { break }
    var layer = BatchNormalization(channels)
    (layer.weight, layer.bias) = (weights[0], weights[1])
    layer.running = BatchStatistics(mean: weights[2], variance: weights[3])
    layer.epsilon = node.reals["epsilon"] ?? layer.epsilon
    return layer
  case ("Flatten", 0): return Flatten()
  case ("Gemm", 2):
    guard node.attributes["transB"] == ONNXSetting("transB", number: 1),
      weights[0].shape.count == 2,
      weights[1].shape == [weights[0].shape[0]]
    else { break }
    return Linear(weight: weights[0], bias: weights[1])
  default: break
  }
  throw TutorialError(
    "node \(node.name) is a \(node.operation) of a kind not known here")
}
