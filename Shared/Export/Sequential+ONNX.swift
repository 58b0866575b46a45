import Foundation

extension Sequential {
  /// The network as an ONNX file, which any ONNX runtime can run.
  ///
  /// The file follows the custom of that world: its input `images` and whatever
  /// is an image inside are channels-first, `[N, C, H, W]`. Weights already lie
  /// in that order, and images of one channel are the same numbers either way.
  /// The output is `logits`. Dropout does nothing outside training and is left
  /// out.
  ///
  /// - Parameters:
  ///   - shape: The shape of one image, `[H, W, C]`.
  ///   - writer: What makes bytes of tensors, operations and the whole.
  /// - Returns: The bytes of a file with ONNX's operations of version 17.
  /// - Throws: A `TutorialError` if the images do not fit the network or a
  ///   layer has no counterpart.
  public func onnxFile(
    forImages shape: [Int], by writer: ONNXWriter = ONNXWriter()
  ) throws -> Data {
    writer.file(try onnxGraph(forImages: shape))
  }

  package func onnxGraph(forImages shape: [Int]) throws -> ONNX.Graph {
    try validate(forImages: shape)
    var graph = ONNX.Graph(
      input: ONNX.Value(name: "images", shape: channelsFirst(shape)),
      output: ONNX.Value(
        name: "logits", shape: channelsFirst(outputShape(for: shape))))
    var current = graph.input.name
    for (name, layer) in layers where !(layer is Dropout) {
      let part = try onnxPart(of: layer, named: name, input: current)
      graph.nodes += part.nodes
      graph.constants += part.constants
      current = part.nodes.last?.output ?? current
    }
    guard let last = graph.nodes.indices.last else {
      throw TutorialError(
        "A network that computes nothing cannot be written as ONNX.")
    }
    graph.nodes[last].output = graph.output.name
    return graph
  }
}

/// What one layer adds to a graph.
private typealias Part = (
  nodes: [ONNX.Node], constants: [(name: String, value: Tensor)]
)

/// The operations that compute a layer, with their weights.
private func onnxPart(of layer: any Layer, named name: String, input: String)
  throws -> Part
{
  let parameters = (layer.parameters + layer.buffers).map {
    (name: "\(name).\($0.name)", value: $0.value)
  }
  func part(
    _ operation: String, _ settings: [ONNXSetting]
  ) -> Part {
    let node = ONNX.Node(
      name: name, operation: operation,
      inputs: [input] + parameters.map(\.name), output: "\(name).output",
      settings: settings)
    return ([node], parameters)
  }
  switch layer {
  case let layer as Normalize:
    return onnxPart(of: layer, named: name, input: input)
  case let layer as Conv2D:
    let size = layer.weight.shape[2]
    return part(
      "Conv",
      [
        ONNXSetting("kernel_shape", list: [size, size]),
        ONNXSetting(
          "pads", list: Array(repeating: layer.padding, count: 4)),
      ]
        + (layer.stride == 1
          ? []
          : [ONNXSetting("strides", list: [layer.stride, layer.stride])]))
  case is ReLU:
    return part("Relu", [])
  case let layer as MaxPool2D:
    let block = [layer.size, layer.size]
    return part(
      "MaxPool",
      [
        ONNXSetting("kernel_shape", list: block),
        ONNXSetting("strides", list: block),
      ])
  case let layer as BatchNormalization:
    // ONNX's operation takes scale, shift, mean and variance, and 1e-5 unless
    // told otherwise.
    guard layer.epsilon == 1e-5 else { break }
    return part("BatchNormalization", [])
  case is Flatten:
    return part("Flatten", [])
  case is Linear:
    // Gemm takes weights [inputs, outputs] unless told they are transposed.
    return part("Gemm", [ONNXSetting("transB", number: 1)])
  default: break
  }
  throw TutorialError(
    "Layer \(name) is a \(type(of: layer)), for which no ONNX operation is "
      + "known; add it in Shared/Export/Sequential+ONNX.swift.")
}

/// (input − mean) / standardDeviation takes two operations.
private func onnxPart(of layer: Normalize, named name: String, input: String)
  -> Part
{
  let mean = "\(name).mean"
  let deviation = "\(name).standardDeviation"
  let centered = "\(name).centered"
  return (
    [
      ONNX.Node(
        name: centered, operation: "Sub", inputs: [input, mean],
        output: centered),
      ONNX.Node(
        name: name, operation: "Div", inputs: [centered, deviation],
        output: "\(name).output"),
    ],
    [
      (mean, Tensor(shape: [], scalars: [layer.mean])),
      (deviation, Tensor(shape: [], scalars: [layer.standardDeviation])),
    ]
  )
}

/// `[H, W, C]` becomes `[C, H, W]`; a row stays what it is.
private func channelsFirst(_ shape: [Int]) -> [Int] {
  shape.count == 3 ? [shape[2], shape[0], shape[1]] : shape
}
