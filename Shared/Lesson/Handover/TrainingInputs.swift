import Shared

/// What chapters 1 and 2 prepare for training: initial weights and a split.
///
/// Both are functions of the seed, so a file that is missing or was made with
/// other settings is simply made again, bit for bit.
public struct TrainingInputs: Sendable {
  /// The network with its initial weights.
  public var model: Sequential
  /// The images to learn from.
  public let training: ImageSet
  /// The images to decide with.
  public let validation: ImageSet
  /// The files that were used.
  public private(set) var sources: [LoadedCheckpoint] = []
  /// Which were used and which made again, as sentences.
  public private(set) var notes: [String] = []

  /// The file of chapter 1.
  public static let architectureFile = "01-Architecture.safetensors"
  /// The file of chapter 2.
  public static let dataFile = "02-Data.safetensors"

  /// How many images to hold out of a training set: 5,000 of 60,000.
  public static func validationCount(of count: Int) -> Int {
    ImageSet.heldOutCount(of: count)
  }

  /// Loads what fits the seed and the data, makes the rest.
  ///
  /// - Throws: A `TutorialError` if a file is there but damaged.
  public init(in workspace: Workspace, data: MNIST, seed: UInt64, flags: String)
    throws
  {
    let fresh = Sequential.notebookNetwork(seed: seed, for: data)
    try fresh.validate(
      forImages: MNIST.imageShape, classes: data.classNames.count)
    let freshShapes = fresh.stateDictionary.mapValues(\.shape)
    model = fresh
    let weights = try Self.load(
      Self.architectureFile, in: workspace, chapter: "01-Architecture\(flags)"
    ) {
      $0["seed"] == "\(seed)" && $0["architecture"] == fresh.architecture
        && $0.contents.tensors.mapValues(\.shape) == freshShapes
    }
    if let checkpoint = weights.checkpoint {
      try model.load(checkpoint.contents.tensors, from: checkpoint.url.path)
      sources.append(checkpoint)
    }
    notes.append(weights.note("the initial weights"))

    var split = data.training.split(
      holdingOut: Self.validationCount(of: data.training.count), seed: seed)
    let saved = try Self.load(
      Self.dataFile, in: workspace, chapter: "02-Data\(flags)"
    ) {
      $0["seed"] == "\(seed)" && $0["data.sha256"] == data.sha256
    }
    if let checkpoint = saved.checkpoint {
      split.validation = try withRemedy(
        "make it again with `swift run 02-Data\(flags)`"
      ) { try Self.indices(in: checkpoint, below: data.training.count) }
      let held = Set(split.validation)
      split.training = (0..<data.training.count).filter { !held.contains($0) }
      sources.append(checkpoint)
    }
    notes.append(saved.note("the split into training and validation images"))
    training = data.training.subset(split.training)
    validation = data.training.subset(split.validation)
  }

  private struct Found {
    var checkpoint: LoadedCheckpoint?
    var exists: Bool
    var name: String

    func note(_ what: String) -> String {
      if checkpoint != nil { return "`\(name)` gives \(what)." }
      return exists
        ? "`\(name)` was made with other settings, so this run makes \(what) "
          + "anew."
        : "`\(name)` is not there yet, so this run makes \(what) itself: same "
          + "seed, same bits."
    }
  }

  private static func load(
    _ name: String, in workspace: Workspace, chapter: String,
    fits: (LoadedCheckpoint) -> Bool
  ) throws -> Found {
    guard workspace.has(name) else { return Found(exists: false, name: name) }
    let checkpoint = try withRemedy(
      "make it again with `swift run \(chapter)`"
    ) { try workspace.load(name) }
    return Found(
      checkpoint: fits(checkpoint) ? checkpoint : nil, exists: true, name: name)
  }

  /// Image numbers, stored as floats: exact below 2²⁴.
  private static func indices(
    in checkpoint: LoadedCheckpoint, below count: Int
  ) throws -> [Int] {
    let stored = checkpoint.contents.tensors["validation.indices"]?.scalars
    let indices = stored?.compactMap { Int(exactly: $0) } ?? []
    guard !indices.isEmpty, indices.count == stored?.count,
      Set(indices).count == indices.count, indices.count < count,
      indices.allSatisfy({ (0..<count).contains($0) })
    else {
      throw TutorialError(
        "\(checkpoint.url.path) holds no valid split.")
    }
    return indices
  }
}
