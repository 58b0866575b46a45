/// How far long work has come, for whoever waits.
///
/// Networks report the images that pass through them; a loop over batches or
/// over an attack's steps need not know that somebody is counting.
public struct WorkReport: Sendable {
  /// Images that have passed since the last report, each way on its own:
  /// forward counts one, forward and backward together three.
  public var passes: Int
  /// The mean loss, if this was a step of a training.
  public var loss: Double?

  /// The passes of one image on its way forward and back.
  public static let passesOfGradient = 3
  /// The passes of one image whose bounds are computed: the center of its box
  /// and the radius.
  public static let passesOfBounds = 2

  /// Who is told; nobody unless somebody asks.
  @TaskLocal public static var observer: (any WorkObserver)?

  static func send(passes: Int, loss: Double? = nil) {
    observer?.add(WorkReport(passes: passes, loss: loss))
  }
}

/// Somebody who waits for long work, such as a progress bar.
public protocol WorkObserver: Sendable {
  /// Takes in what a network has done since the last report.
  func add(_ report: WorkReport)
}
