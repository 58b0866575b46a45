import Foundation
import Testing

@testable import Lesson
@testable import Shared

/// A copy of the package in which somebody has worked on the exercises.
///
/// It builds the package once more, which takes minutes, so only under
/// `.ci/run`.
@Suite(
  .serialized,
  .enabled(
    if: isAsShipped,
    "Builds copies of the package; AS_SHIPPED=1 does it."))
struct SolvedCheckoutTests {
  @Test func `every state of a learner's checkout is right`() throws {
    try inFolder { folder in
      let checkout = try Checkout(in: folder)
      // Everything solved: whole chapters and their tests work with it.
      for chapter in chapters { try checkout.solve(chapter) }
      let solved = try checkout.swift("test", "--filter", "Learners|QuickRun")
      #expect(solved.status == 0, "\(solved.output.suffix(3000))")
      #expect(!solved.output.contains("still a stub"))
      for chapter in chapters {
        let run = try checkout.runChapter(chapter)
        #expect(run.status == 0, "\(chapter): \(run.error)")
        let names = try StubFile(
          contentsOf: StubFile.solutionsURL(of: chapter)
        ).regions.map(\.name)
        let solvedCount =
          run.output.split(separator: "\n").joined(separator: " ").replacing(
            "▌ ", with: ""
          ).matches(of: /is solved\. From here on your version runs/).count
        #expect(solvedCount == names.count, "\(chapter): \(run.output)")
      }
      // Half of it: right, wrong, crashing and untouched side by side.
      try checkout.unsolve("03-Training", "5b", body: ["  unsolved()"])
      try checkout.unsolve(
        "05-Attacks", "6a", body: ["  return min(max(candidate, 0), 1)"])
      try checkout.unsolve(
        "05-Attacks", "6c",
        body: [
          "  var start = images",
          "  start.scalars[images.count] = epsilon.pixels",
          "  return start",
        ])
      let half = try checkout.swift("test", "--filter", "Learners")
      #expect(half.status != 0)
      #expect(half.output.contains("Exercise 5 has a stub"))
      #expect(half.output.contains("looks like"))
      #expect(half.output.contains("no projection"))
      #expect(half.output.contains("your code crashed: Index out of range"))
      let caller = try checkout.runChapter("03-Training", ["--check", "5c"])
      #expect(caller.status == 3)
      #expect(
        caller.output.contains("calls 5b, which is still a stub"),
        "\(caller.output)")
      let training = try checkout.runChapter("03-Training")
      #expect(training.status == 0, "\(training.error)")
      #expect(training.output.contains("is yours to write"))
      let attacks = try checkout.runChapter("05-Attacks")
      #expect(attacks.status == 0, "\(attacks.error)")
      #expect(attacks.output.contains("is not right yet"))
      #expect(attacks.output.contains("does not come to an end"))
      // Back to the stub, with a copy.
      let reset = try checkout.runChapter("05-Attacks", ["--reset", "6"])
      #expect(reset.status == 0, "\(reset.error)")
      let solution = try StubFile(
        contentsOf: StubFile.solutionsURL(of: "05-Attacks"))
      let stubs = try checkout.stubs("05-Attacks")
      #expect(stubs["6a"]?.lines == solution["6a"]?.stub)
      #expect(stubs["9"]?.lines == solution["9"]?.lines)
      let kept = try String(
        contentsOf: folder.appendingPathComponent(
          "out/quick/kept/05-Attacks-1.swift"), encoding: .utf8)
      #expect(kept.contains("start.scalars[images.count] = epsilon.pixels"))
    }
  }
}
