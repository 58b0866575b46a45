@testable import Shared

/// An attack as a learner may write it, with whatever is wrong with it.
struct HomeMade<Access: ModelAccess>: Attack {
  let bound: Bound
  let move: @Sendable (Tensor, [Goal], Access) -> Tensor

  /// One that promises to keep the size of the settings, or something else.
  init(
    _ settings: AttackSettings, bound: Bound? = nil,
    move: @escaping @Sendable (Tensor, [Goal], Access) -> Tensor
  ) {
    self.bound = bound ?? .maximum(settings.epsilon)
    self.move = move
  }

  func perturb(_ images: Tensor, goals: [Goal], asking model: Access) -> Tensor
  {
    move(images, goals, model)
  }
}

/// A softmax where none belongs.
struct Softmax: Layer {
  func forward(_ input: Tensor, mode: Mode) -> (output: Tensor, cache: Tensor) {
    let output = softmax(input)
    return (output, output)
  }

  func inputGradient(_ outputGradient: Tensor, cache: Tensor) -> Tensor {
    var gradient = outputGradient
    for row in 0..<gradient.shape[0] {
      let shares = cache.row(row)
      let mean = zip(outputGradient.row(row), shares).reduce(0) {
        $0 + $1.0 * $1.1
      }
      gradient.replaceRow(
        row, with: zip(outputGradient.row(row), shares).map { ($0 - mean) * $1 }
      )
    }
    return gradient
  }
}

/// Rounds pixels down to eighths, and so hides every slope.
struct Rounding: Layer {
  func forward(_ input: Tensor, mode: Mode) -> (output: Tensor, cache: Void) {
    (input.map { ($0 * 8).rounded(.down) / 8 }, ())
  }

  func inputGradient(_ outputGradient: Tensor, cache: Void) -> Tensor {
    Tensor(shape: outputGradient.shape)
  }
}

/// The mean digits as a linear classifier, and digits to attack it with.
struct MeanDigits {
  let model: Sequential
  let batch: Batch
  /// The classifier itself, for images as rows.
  let scores: Linear

  static let shared = Result { try MeanDigits() }

  /// An image belongs to the class to whose mean it is nearest:
  /// −½ ‖x − m‖² = m · x − ½ ‖m‖², but for what is the same in all classes.
  private init() throws {
    let mnist = try MNIST()
    let sample = mnist.training.first(2000)
    var means = Tensor(shape: [10, sample.images.rowCount])
    for digit in 0..<10 {
      let rows = sample.labels.indices.filter { sample.labels[$0] == digit }
      var sum = [Float](repeating: 0, count: means.rowCount)
      for row in rows {
        sum = zip(sum, sample.images.row(row)).map { $0 + $1 }
      }
      means.replaceRow(digit, with: sum.map { $0 / Float(rows.count) })
    }
    let bias = means.allRows.map { -0.5 * $0.reduce(0) { $0 + $1 * $1 } }
    scores = Linear(weight: means * 0.2, bias: Tensor(bias) * 0.2)
    model = ["flatten": Flatten(), "scores": scores]
    batch = mnist.test.first(100)
  }

  /// Audits an attack on it, or on it with other layers around.
  func audit(
    _ attack: AuditedAttack, size: Float? = 0.1, model: Sequential? = nil
  ) throws -> Audit {
    try Audit(
      of: attack, settings: AttackSettings(size: size),
      against: model ?? self.model, on: batch)
  }
}

extension Audit {
  /// The checks that an attack does not pass.
  var failed: Set<Check> {
    Set(lines.filter { $0.verdict == .failed }.map(\.check))
  }
}
