import Foundation
import Shared

extension Page {
  /// Asks before a model is replaced by one that was trained for a shorter time:
  /// a long training is worth more.
  ///
  /// Ends the process if the answer is no.
  ///
  /// - Parameters:
  ///   - name: The file of the model.
  ///   - epochs: How long this run trains.
  /// - Throws: A `TutorialError` if nobody is there to be asked, or if the file is
  ///   not one of this tutorial.
  public func refuseToShorten(_ name: String, epochs: Int) throws {
    guard workspace.has(name), !options.force else {
      return
    }
    try workspace.requirePlace(for: name)
    let earlier = try withRemedy("add `--force` to replace it") {
      try workspace.load(name)
    }
    guard !earlier.isForeign else {
      throw TutorialError(
        "\(earlier.url.path) was not written by this chapter; add `--force` to "
          + "replace it, or `--output DIR` to keep both.")
    }
    guard let before = earlier["epochs"].flatMap(Int.init), before > epochs
    else {
      return
    }
    let fact =
      "\(earlier.url.path) was trained for \(before) epochs, this run "
      + "trains for \(epochs)"
    switch confirm("\(fact). Replace it?") {
    case true?: return
    case false?:
      say("Nothing was changed.")
      exit(0)
    case nil:
      throw TutorialError(
        "\(fact); add `--force` to replace it, or `--output DIR` to keep both.")
    }
  }
}
