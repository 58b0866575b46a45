import Foundation
import Lesson
import Shared

/// A long training is worth more than a short one: ask before replacing it.
func refuseToShorten(_ page: Page, epochs: Int) throws {
  guard page.workspace.has(TrainedModel.fileName), !page.options.force else {
    return
  }
  try page.workspace.requirePlace(for: TrainedModel.fileName)
  let earlier = try withRemedy("add `--force` to replace it") {
    try page.workspace.load(TrainedModel.fileName)
  }
  guard !earlier.isForeign else {
    throw TutorialError(
      "\(earlier.url.path) was not written by this chapter; add `--force` to "
        + "replace it, or `--output DIR` to keep both.")
  }
  guard let before = earlier["epochs"].flatMap(Int.init), before > epochs else {
    return
  }
  let fact =
    "\(earlier.url.path) was trained for \(before) epochs, this run "
    + "trains for \(epochs)"
  switch page.confirm("\(fact). Replace it?") {
  case true?: return
  case false?:
    page.say("Nothing was changed.")
    exit(0)
  case nil:
    throw TutorialError(
      "\(fact); add `--force` to replace it, or `--output DIR` to keep both.")
  }
}
