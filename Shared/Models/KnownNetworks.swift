/// A network that this package has the source of.
///
/// A safetensors file holds weights, not layers. Which network they belong to
/// is told by the names and shapes of its tensors.
public enum KnownNetwork: String, Sendable, CaseIterable {
  /// The tutorial's; that of most defended models, too.
  case notebook
  /// The one that is trained on interval bounds.
  case interval
  /// The first of the surrogates.
  case smallConvolution = "small convolution"
  /// The other one.
  case perceptron

  /// The network before its training.
  func untrained(classes: Int, normalize: Normalize) -> Sequential {
    switch self {
    case .notebook:
      .notebookNetwork(seed: 0, classes: classes, normalize: normalize)
    case .interval:
      .intervalNetwork(seed: 0, classes: classes, normalize: normalize)
    case .smallConvolution:
      .smallConvolution(seed: 0, classes: classes, normalize: normalize)
    case .perceptron:
      .perceptron(seed: 0, classes: classes, normalize: normalize)
    }
  }

  /// The known network whose parameters a checkpoint holds, with its weights.
  ///
  /// If several fit, it is the one that the file states as its `architecture`,
  /// else the first of `allCases`.
  ///
  /// - Parameters:
  ///   - checkpoint: The file.
  ///   - classes: How many logits the network must give.
  ///   - normalize: Its first layer, which is no part of the weights.
  /// - Returns: The network.
  /// - Throws: A `TutorialError` if none fits, which says what the nearest one
  ///   lacks, or if a weight is not finite.
  public static func load(
    _ checkpoint: LoadedCheckpoint, classes: Int, normalize: Normalize
  ) throws -> Sequential {
    let candidates = allCases.map { known in
      Candidate(
        known, known.untrained(classes: classes, normalize: normalize),
        for: checkpoint)
    }
    let best = candidates.dropFirst().reduce(candidates[0]) { best, other in
      other.rank > best.rank ? other : best
    }
    var network = best.network
    try network.validate(forImages: MNIST.imageShape, classes: classes)
    let (tensors, file) = (checkpoint.contents.tensors, checkpoint.url.path)
    guard !best.fits else {
      try network.load(tensors, from: file)
      return network
    }
    let names = allCases.map(\.rawValue).joined(separator: ", ")
    try withRemedy(
      "of the networks known here (\(names)) the nearest is "
        + "\(best.known.rawValue), and one of other layers can be read from an "
        + "ONNX file"
    ) { try network.load(tensors, from: file) }
    return network
  }
}

/// How well a network goes with a checkpoint.
private struct Candidate {
  let known: KnownNetwork
  let network: Sequential
  /// Whether the file holds its parameters and nothing else.
  let fits: Bool
  /// Whether the file states its layers.
  private let isStated: Bool
  /// How many of its parameters the file holds.
  private let shared: Int

  init(
    _ known: KnownNetwork, _ network: Sequential,
    for checkpoint: LoadedCheckpoint
  ) {
    self.known = known
    self.network = network
    let own = network.stateDictionary.mapValues(\.shape)
    // Whether PyTorch's counts of batches belong there, `load` knows.
    let others = checkpoint.contents.tensors.filter {
      !$0.key.hasSuffix(".num_batches_tracked")
    }.mapValues(\.shape)
    fits = own == others
    isStated = checkpoint["architecture"] == network.architecture
    shared = own.count { others[$0.key] == $0.value }
  }

  /// What fits comes first, then what is stated, then what fits best.
  var rank: (Int, Int, Int) { (fits ? 1 : 0, isStated ? 1 : 0, shared) }
}
