import Foundation

/// Interval training: a network learns from whole boxes of images, not from
/// single ones.
///
/// Bounds are carried through the network, from all images within ε of one to
/// the worst logits that any of them could have, and both count:
///
///     loss = κ · crossEntropy(logits) + (1 − κ) · crossEntropy(worst logits)
///
/// Gowal et al., "On the Effectiveness of Interval Bound Propagation for
/// Training Verifiably Robust Models", 2018, arXiv:1810.12715. Interval bounds
/// of a network that did not learn from them tend to be far too wide to say
/// anything; one that does makes them narrow. It begins with ε = 0 and κ = 1,
/// and the task changes slowly from the ordinary one to that of the bounds. The
/// optimizer is Adam, and dropout is off.
///
/// The schedules are meant for `Sequential.intervalNetwork`, whose first
/// weights keep the bounds narrow enough for short ones (Shi et al. 2021,
/// arXiv:2103.17268).
///
/// A recipe is a value: start from one of those below and change what you want.
public struct IntervalTraining: Sendable, Equatable {
  /// Passes over the training images.
  public var epochs = 20
  /// Images a step of the optimizer.
  public var batchSize = 128
  /// The learning rate until it begins to fall.
  public var highestRate: Float = 0.0015
  /// The largest change of any pixel, once it has grown: more than is to be
  /// certified.
  public var epsilon = Epsilon.pixels(0.35)
  /// The change for which validation images are to be certified.
  public var certifiedEpsilon = Epsilon.pixels(0.3)
  /// The share of the training, at its start, in which ε grows evenly from 0
  /// and κ falls evenly from 1 to 0.
  public var rampShare: Float = 0.6
  /// The share of the training, at its end, in which the learning rate falls to
  /// 0 along half a cosine.
  public var decayShare: Float = 0.4
}

extension IntervalTraining {
  /// For certificates at 0.3.
  public static let large = IntervalTraining()

  /// For certificates at 0.1.
  public static let small = IntervalTraining(
    epsilon: .pixels(0.17), certifiedEpsilon: .pixels(0.1))
}

extension IntervalTraining {
  /// ε, κ and the learning rate where so much of the training, 0...1, is done.
  func schedule(at progress: Float)
    -> (epsilon: Epsilon, kappa: Float, learningRate: Float)
  {
    let ramp = done(of: rampShare, from: 0, at: progress)
    let decay = done(of: decayShare, from: 1 - decayShare, at: progress)
    return (
      epsilon: .pixels(epsilon.pixels * ramp),
      kappa: 1 - ramp,
      learningRate: highestRate * (1 + cos(Float.pi * decay)) / 2
    )
  }

  /// How much of a part of the training, 0...1, is done.
  private func done(of length: Float, from start: Float, at progress: Float)
    -> Float
  {
    guard length > 0 else { return progress < start ? 0 : 1 }
    return min(max((progress - start) / length, 0), 1)
  }
}
