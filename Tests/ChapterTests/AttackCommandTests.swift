import Foundation
import Lesson
import Shared
import Testing

@Suite struct AttackCommandTests {
  @Test func `list names every attack, one a line`() throws {
    let run = try runChapter("05-Attacks", ["--attack", "list"])
    #expect(run.status == 0)
    let lines = run.output.split(separator: "\n")
    for recipe in AttackRecipe.all {
      #expect(
        lines.contains {
          $0.contains(" \(recipe.name) ") && $0.contains(recipe.summary)
        }, "\(recipe.name)")
    }
    #expect(lines.allSatisfy { $0.count <= 80 })
  }

  @Test(arguments: [
    (["--attack", "fgms"], "nearest name is fgsm"),
    (["--attack", "pgd", "--epsilon", "nan"], "--epsilon"),
    (["--attack", "pgd", "--epsilon", "-0.1"], "--epsilon"),
    (["--attack", "pgd", "--epsilon", "25.5"], "levels of 255, that is 0.1"),
    (["--attack", "pgd-l2", "--epsilon", "29"], "from 0 to 28"),
    (["--attack", "pgd", "--steps", "0"], "--steps"),
    (["--attack", "pgd", "--restarts", "0"], "--restarts"),
    (["--attack", "fgsm", "--steps", "3"], "fgsm takes no --steps"),
    (["--attack", "fgsm", "--target", "10"], "from 0 to 9"),
    (
      ["--attack", "fgsm", "--images", "1", "--target", "7"],
      "nothing to attack"
    ),
    (["--attack", "fgsm", "--images", "10001"], "there are 10,000"),
    (["--attack", "fgsm", "--images", "0"], "--images"),
    (["--attack", "pgd", "--thorough"], "--thorough"),
    (["--epsilon", "0.1"], "--attack NAME"),
  ])
  func `what makes no sense is refused in a sentence`(
    arguments: [String], words: String
  ) throws {
    try expectRefusal("05-Attacks", arguments, status: 2, naming: words)
  }

  @Test func `a patch larger than the image is refused`() throws {
    try expectRefusal(
      "05-Attacks", ["--attack", "patch", "--side", "29"], status: 1,
      naming: "A patch of 29 × 29 pixels does not fit")
  }

  @Test func `one attack is run, counted, audited and saved`() throws {
    try inFolder { folder in
      let run = try runChapter(
        "05-Attacks",
        [
          "--attack", "pgd", "--epsilon", "0.2", "--steps", "5", "--images",
          "30", "--output", folder.path,
        ])
      #expect(run.status == 0)
      for words in ["Promises kept", "Audit", "yes: size 0 changes nothing"] {
        #expect(run.output.contains(words), "\(run.output)")
      }
      let saved = try JSONDecoder().decode(
        Saved.self,
        from: Data(
          contentsOf: folder.appendingPathComponent("05-Attacks-pgd.json")))
      #expect(saved.images == 30 && saved.attack == "pgd")
      #expect(saved.stillRight.count == Int((saved.accuracy * 30).rounded()))
      #expect(saved.forwardPasses <= 5 && saved.backwardPasses <= 5)
      // Nothing of the lesson was run or replaced.
      let names = try FileManager.default.contentsOfDirectory(
        atPath: folder.path)
      #expect(!names.contains("05-Attacks.json"))
    }
  }

  @Test func `the images of the target's class are left out`() throws {
    try inFolder { folder in
      let run = try runChapter(
        "05-Attacks",
        [
          "--attack", "fgsm", "--target", "7", "--images", "20", "--output",
          folder.path,
        ])
      #expect(run.status == 0)
      #expect(run.output.contains("of the first 20 images are of class 7"))
      #expect(run.output.contains("answered 7:"))
    }
  }

  @Test func `the worst case says who brought down how many`() throws {
    try inFolder { folder in
      let run = try runChapter(
        "05-Attacks",
        [
          "--attack", "worst-case", "--epsilon", "0.3", "--images", "12",
          "--output", folder.path,
        ])
      #expect(run.status == 0)
      for words in ["APGD-CE", "Square", "fallen"] {
        #expect(run.output.contains(words), "\(run.output)")
      }
    }
  }

  private struct Saved: Decodable {
    var attack: String
    var images: Int
    var accuracy: Double
    var stillRight: [Int]
    var forwardPasses: Double
    var backwardPasses: Double
  }
}
