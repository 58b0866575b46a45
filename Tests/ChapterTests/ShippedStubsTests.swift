import Foundation
import Testing

@testable import Lesson
@testable import Shared

/// What holds for the exercises as they ship, before anybody edits them.
@Suite(
  .enabled(
    if: isAsShipped,
    "Stubs are there to be edited; AS_SHIPPED=1 looks at them as shipped."))
struct ShippedStubsTests {
  @Test(arguments: chapters)
  func `every stub is a solution without its body`(chapter: String) throws {
    let stubs = try StubFile(contentsOf: StubFile.url(of: chapter))
    let solutions = try StubFile(
      contentsOf: StubFile.solutionsURL(of: chapter))
    #expect(!stubs.regions.isEmpty)
    #expect(stubs.regions.map(\.name) == solutions.regions.map(\.name))
    for region in stubs.regions {
      #expect(region.lines == solutions[region.name]?.stub)
    }
  }

  @Test(arguments: chapters)
  func `every stub is unsolved, has hints, and no check crashes`(
    chapter: String
  ) throws {
    try inFolder { folder in
      let output = ["--output", folder.path]
      let stubs = try StubFile(contentsOf: StubFile.url(of: chapter))
      for region in stubs.regions {
        let check = try runChapter(chapter, ["--check", region.name] + output)
        #expect(check.status == 3, "\(region.name): \(check.output)")
        #expect(check.output.contains("still a stub"))
        for number in 1...3 {
          let hint = try runChapter(chapter, ["--hint", region.name] + output)
          #expect(hint.output.contains("Hint \(number) of 3"))
        }
        let last = try runChapter(chapter, ["--hint", region.name] + output)
        #expect(last.output.contains("That was the last one."))
      }
      let board = try runChapter(chapter, ["--exercises"] + output)
      #expect(board.output.contains("0 of 30 steps solved."), "\(board.output)")
      #expect(board.output.contains("3 of 3"))
    }
  }

  @Test func `all exercises and warm-ups are there`() throws {
    let names = try chapters.flatMap {
      try StubFile(contentsOf: StubFile.url(of: $0)).regions.map(\.name)
    }
    #expect(Set(names).count == names.count)
    let numbers = Set(names.map { $0.filter { !("a"..."z" ~= $0) } })
    #expect(
      numbers == [
        "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13",
        "14", "W1", "W2", "W3", "W4", "W5",
      ]
    )
  }
}
