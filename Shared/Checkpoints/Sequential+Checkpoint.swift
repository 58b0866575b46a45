extension Sequential {
  /// The layers' names and kinds in one line, to tell networks apart.
  public var architecture: String {
    layers.map { "\($0.name): \(type(of: $0.layer))" }.joined(separator: ", ")
  }

  /// Every parameter under its full name, as PyTorch's `state_dict` has it.
  public var parameterTensors: [String: Tensor] {
    Dictionary(uniqueKeysWithValues: parameters.map { ($0.name, $0.value) })
  }

  /// Takes over saved parameters: all of them, or none and an error.
  ///
  /// - Parameters:
  ///   - tensors: Exactly one tensor a parameter, of the same shape.
  ///   - file: What to call the file in an error.
  /// - Throws: A `TutorialError` that lists what is missing, left over, of
  ///   another shape, or not a finite number.
  public mutating func load(_ tensors: [String: Tensor], from file: String)
    throws
  {
    var problems: [String] = []
    let own = parameterTensors
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
    visitParameters { name, value in
      if let saved = tensors[name] { value = saved }
    }
  }
}
