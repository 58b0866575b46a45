import Lesson
import Shared

/// How the adversarial training of this chapter is set up.
struct HardeningSettings {
  var epochs: Int
  var batchSize = TrainingSettings().batchSize
  var highestRate: Float = 0.003
  var highestEpsilon: Float = 0.3
  /// The share of the training during which ε grows.
  var warmUp: Float = 1 / 3
  /// How long the attack's step is, compared with ε.
  var stepFactor: Float = 1.25

  init(isQuick: Bool) { epochs = isQuick ? 1 : 3 }

  func stepsPerEpoch(images: Int) -> Int {
    (images + batchSize - 1) / batchSize
  }

  /// ε grows evenly and then stays.
  func epsilon(at progress: Float) -> Float {
    warmUp > 0 ? highestEpsilon * min(1, progress / warmUp) : highestEpsilon
  }

  /// A step of the attack; no pixel has farther to go than 1.
  func stepSize(for epsilon: Float) -> Float { min(1, stepFactor * epsilon) }

  /// How ε grows, as a part of a sentence.
  var growthInWords: String {
    guard warmUp > 0 else { return "is \(highestEpsilon) from the start" }
    let part = warmUp == 1 / 3 ? "third" : warmUp.percent(0)
    return "grows from 0 to \(highestEpsilon) during the first \(part)"
      + " of the training"
  }

  /// The rate grows evenly for 40 % of the training and then falls to zero.
  func learningRate(at progress: Float) -> Float {
    highestRate * min(progress / 0.4, (1 - progress) / 0.6)
  }
}

/// The images that chapter 3 learned from, without the validation images.
func trainingImages(_ page: Page, _ mnist: MNIST) throws -> ImageSet {
  let inputs = try TrainingInputs(
    in: page.workspace, data: mnist, seed: page.options.seed,
    flags: page.commandFlags)
  return page.isQuick ? inputs.training.prefix(8000) : inputs.training
}
