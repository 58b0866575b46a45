import Synchronization

/// How often an attack has used a network for one image.
public struct Passes: Sendable, Hashable {
  /// Times an image, or a changed copy of it, went through to the logits.
  public var forward = 0
  /// Times a gradient came back from a loss to the pixels.
  public var backward = 0

  public static func + (left: Passes, right: Passes) -> Passes {
    Passes(
      forward: left.forward + right.forward,
      backward: left.backward + right.backward)
  }

  /// The mean of some images' passes.
  static func mean(of passes: [Passes]) -> (forward: Double, backward: Double) {
    let total = passes.reduce(Passes(), +)
    let count = Double(max(passes.count, 1))
    return (Double(total.forward) / count, Double(total.backward) / count)
  }
}

/// Counts the passes of every image of one run.
///
/// The attack does not count: the model that it asks does.
final class PassCounter: Sendable {
  private let passes: Mutex<[Passes]>

  init(images: Int) {
    passes = Mutex(Array(repeating: Passes(), count: images))
  }

  /// Adds the same to some of the images.
  func add(_ more: Passes, to images: [Int]) {
    passes.withLock { passes in
      for image in images { passes[image] = passes[image] + more }
    }
  }

  /// What has been counted so far.
  var counts: [Passes] { passes.withLock { $0 } }
}
