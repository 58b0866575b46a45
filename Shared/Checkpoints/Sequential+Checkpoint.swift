extension Sequential {
  /// The layers' names and kinds in one line, to tell networks apart.
  public var architecture: String {
    layers.map { "\($0.name): \(type(of: $0.layer))" }.joined(separator: ", ")
  }

  /// Every parameter and buffer under its full name, as PyTorch's `state_dict`
  /// has it.
  public var stateDictionary: [String: Tensor] {
    Dictionary(
      uniqueKeysWithValues: (parameters + buffers).map { ($0.name, $0.value) })
  }

  /// Takes over a saved state: all of it, or none and an error.
  ///
  /// PyTorch also counts the batches that a layer has seen. It does not use the
  /// number unless told to, nor does it miss it, so it may be there or not.
  ///
  /// - Parameters:
  ///   - tensors: Exactly one tensor a parameter or buffer, of the same shape.
  ///   - file: What to call the file in an error.
  /// - Throws: A `TutorialError` that lists what is missing, left over, of
  ///   another shape, or not a finite number.
  public mutating func load(_ tensors: [String: Tensor], from file: String)
    throws
  {
    var problems: [String] = []
    let own = stateDictionary
    let counters = buffers.compactMap { name, _ in
      name.lastIndex(of: ".").map { name[...$0] + "num_batches_tracked" }
    }
    let tensors = tensors.filter { !counters.contains($0.key[...]) }
    for (name, value) in own.sorted(by: { $0.key < $1.key }) {
      guard let saved = tensors[name] else {
        problems.append("\(name) is missing")
        continue
      }
      if saved.shape != value.shape {
        problems.append(
          "\(name) is \(saved.shape) and should be \(value.shape)")
      } else if !saved.scalars.allSatisfy(\.isFinite) {
        problems.append("\(name) holds numbers that are not finite")
      }
    }
    problems += tensors.keys.filter { own[$0] == nil }.sorted().map {
      "\($0) does not belong to the network"
    }
    guard problems.isEmpty else {
      throw TutorialError(
        "\(file) does not fit the network: "
          + problems.joined(separator: ", ") + ".")
    }
    let takeOver = { (name: String, value: inout Tensor) in
      if let saved = tensors[name] { value = saved }
    }
    visitParameters(takeOver)
    visitBuffers(takeOver)
  }
}
