/// Adversarial training: a network learns from images that attack it as it is.
///
///     min over weights of the mean of max over x′ of loss(x′)
///
/// where x′ lies within ε of the image. Madry et al., "Towards Deep Learning
/// Models Resistant to Adversarial Attacks", ICLR 2018, arXiv:1706.06083,
/// equation 2.1. The inner maximum is out of reach; the images that an attack
/// finds stand in for it. All images of a batch are attacked, in the maximum
/// norm. The optimizer is Adam, and dropout is off.
///
/// A recipe is a value: start from one of those below and change what you want.
public struct AdversarialTraining: Sendable, Equatable {
  /// What the learning rate does in the course of the training.
  public enum RateSchedule: Sendable, Equatable {
    /// It stays the same.
    case constant
    /// It rises evenly from 0 during the first 40 %, then falls evenly to 0.
    case riseAndFall
  }

  /// The largest change of any pixel, once it has grown.
  public var epsilon = Epsilon.pixels(0.3)
  /// The share of the training, 0...1, during which ε grows evenly from 0.
  public var growthShare: Float
  /// How many steps the attack makes on each batch.
  public var attackSteps: Int
  /// How long such a step is, compared with ε.
  public var stepFactor: Float
  /// Whether the attack starts at a random point of the box, not at the image.
  public var startsAtRandom: Bool
  /// Passes over the training images.
  public var epochs: Int
  /// Images a step of the optimizer.
  public var batchSize = TrainingSettings().batchSize
  /// The learning rate where it is highest.
  public var highestRate: Float
  /// What the learning rate does in the course of the training.
  public var rateSchedule = RateSchedule.riseAndFall
}

extension AdversarialTraining {
  /// One step a little longer than ε, from a random point of the box.
  ///
  /// Wong, Rice and Kolter, "Fast Is Better than Free: Revisiting Adversarial
  /// Training", ICLR 2020, arXiv:2001.03994, algorithm 3 with their α = 1.25 ε
  /// and their rise and fall of the learning rate. That ε grows is not theirs.
  public static let oneStep = AdversarialTraining(
    growthShare: 1 / 3, attackSteps: 1, stepFactor: 1.25, startsAtRandom: true,
    epochs: 3, highestRate: 0.003)

  /// Four steps from a random point, in the place of the forty of Madry et al.
  ///
  /// Such a short training withstands less on new images than on those that it
  /// learns from; so ε is a tenth larger than the 0.3 that it shall withstand.
  /// It grows during the first of the six epochs.
  public static let fourSteps = AdversarialTraining(
    epsilon: .pixels(0.33), growthShare: 1 / 6, attackSteps: 4,
    stepFactor: 1 / 3, startsAtRandom: true, epochs: 6, batchSize: 128,
    highestRate: 0.003)

  /// A single step of length ε from the image itself, as in FGSM: a recipe for
  /// seeing what can go wrong.
  ///
  /// Of each box the network then meets a single point, and can learn to spoil
  /// the one step that leads there. The label may leak through it (Kurakin,
  /// Goodfellow and Bengio, ICLR 2017, arXiv:1611.01236), and accuracy under
  /// PGD may collapse while that under FGSM stays high: catastrophic
  /// overfitting (Wong, Rice and Kolter, arXiv:2001.03994).
  public static let oneStepWithoutRandomStart = AdversarialTraining(
    growthShare: 0.1, attackSteps: 1, stepFactor: 1, startsAtRandom: false,
    epochs: 3, highestRate: 0.002, rateSchedule: .constant)
}

extension AdversarialTraining {
  /// ε where so much of the training, 0...1, is done.
  public func epsilon(at progress: Float) -> Epsilon {
    growthShare > 0
      ? .pixels(epsilon.pixels * min(1, progress / growthShare)) : epsilon
  }

  /// How long a step of the attack is; no pixel has farther to go than 1.
  public func stepSize(for epsilon: Epsilon) -> Epsilon {
    .pixels(min(1, stepFactor * epsilon.pixels))
  }

  /// The learning rate where so much of the training, 0...1, is done.
  public func learningRate(at progress: Float) -> Float {
    switch rateSchedule {
    case .constant: highestRate
    case .riseAndFall:
      highestRate * min(progress / 0.4, (1 - progress) / 0.6)
    }
  }

  /// The attack that the model learns from.
  ///
  /// - Parameters:
  ///   - progress: How much of the training, 0...1, is done.
  ///   - seed: Decides the random start, if there is one.
  /// - Returns: Projected gradient descent, of one step or several.
  public func attack(at progress: Float, seed: UInt64) -> PGD {
    let epsilon = epsilon(at: progress)
    return PGD(
      epsilon: epsilon, stepSize: stepSize(for: epsilon), steps: attackSteps,
      seed: startsAtRandom ? seed : nil)
  }

  /// Attacks the model as it is and asks for the gradients of the mean loss.
  ///
  /// - Parameters:
  ///   - model: The model in training.
  ///   - batch: Clean images with their labels.
  ///   - progress: How much of the training, 0...1, is done.
  ///   - seed: That of this step: `derivedSeed(seed, .step, step)`, counted
  ///     from 0 over all epochs.
  /// - Returns: What one step of the optimizer needs.
  public func gradients(
    of model: Sequential, on batch: Batch, at progress: Float, seed: UInt64
  ) -> BatchGradients {
    AdversarialMix.gradients(
      of: model, on: batch, attack: attack(at: progress, seed: seed), share: 1)
  }
}
