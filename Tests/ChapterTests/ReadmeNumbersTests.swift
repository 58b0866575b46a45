import Foundation
import Lesson
import Shared
import Testing

/// README and Article state what one run with default settings gives.
///
/// And they show its figures. Seconds and the ranges over several seeds are not
/// compared.
@Suite(
  .enabled(
    if: ProcessInfo.processInfo.environment["GOLDEN"] == "check",
    "runs all chapters in full, so only when GOLDEN=check asks for it"))
struct ReadmeNumbersTests {
  let run: DefaultRun
  let readme: MarkdownFile
  let article: MarkdownFile

  init() throws {
    run = try DefaultRun.shared.get()
    readme = try MarkdownFile("README.md")
    article = try MarkdownFile("Article/README.md")
  }

  @Test func `the shipped model is what chapter 3 makes`() throws {
    let shipped = try LoadedCheckpoint(PackageFiles.pretrained)
    #expect(shipped.contents.tensors == run.model.contents.tensors)
    for fact in ["seed", "accuracy", "history"] {
      #expect(shipped[fact] != nil)
      #expect(shipped[fact] == run.model[fact])
    }
  }

  @Test func `the sample output is chapter 3's`() {
    let sample = readme.lines
      .drop { $0 != "    4  Epoch by epoch" }
      .prefix { $0.isEmpty || $0.hasPrefix("    ") }
      .map { $0.dropFirst(4) }.filter { !$0.isEmpty && $0 != "…" }
    #expect(sample.count == 14)
    for line in sample {
      // The last column of an epoch is its seconds.
      let isEpoch = line.contains(/^ +\d .*%/)
      let timeless = isEpoch ? line.replacing(#/ +[\d.]+$/#, with: "") : line
      let isPrinted = run.trainingTranscript.contains(timeless)
      #expect(isPrinted, "\(line)")
    }
  }

  @Test(arguments: [0, 0.05, 0.1, 0.2, 0.3] as [Float])
  func `the table of results is chapter 5's`(epsilon: Float) {
    func cell(_ points: [RobustnessPoint], decimals: Int = 2) -> String {
      points.first { $0.epsilon.pixels == epsilon }
        .map { $0.accuracy.inText(decimals: decimals) + " " } ?? ""
    }
    let results = run.attacks
    let name = Double(epsilon).shortest
    #expect(
      readme.line("| \(name) |") == "| \(name) | \(cell(results.randomSigns))"
        + "| \(cell(results.fgsm))| \(cell(results.pgd, decimals: 1))|")
  }

  @Test func `the exam of the hardened model is chapter 6's`() {
    let exam = run.security
    for (index, name) in ["random signs", "FGSM", "PGD-40"].enumerated() {
      let plain = exam.examPlain[index].accuracy.value.percent(1)
      let hardened = exam.examHardened[index].accuracy.value.percent(1)
      #expect(
        article.line("| \(name) |") == "| \(name) | \(plain) | \(hardened) |")
    }
    #expect(
      article.line("| clean, all 10,000 |")
        == "| clean, all 10,000 | \(exam.cleanPlain.percent()) "
        + "| \(exam.cleanHardened.percent()) |")
  }

  @Test func `the sentences say what was measured`() {
    let (data, exam) = (run.data, run.security)
    let clean = Proportion(
      Int((exam.cleanHardened * 1e4).rounded()), of: 10_000)
    let price = (exam.cleanPlain - exam.cleanHardened) * 100
    let fgsm = exam.examHardened[1].accuracy
    let pgd = exam.examHardened[2].accuracy
    let wrong = run.attacks.figureAnswers.enumerated().count { $0 != $1 }
    let count = ["none", "one", "two", "three", "four", "five", "six", "seven"]
    for sentence in [
      "of which the model misreads \(count[wrong]):",
      "FGSM \(fgsm.inText(decimals: 1, unit: " %")), "
        + "PGD-40 \(pgd.inText(decimals: 1, unit: " %")); clean, on all "
        + "10,000, \(clean.inText(decimals: 2, unit: " %")).",
    ] {
      let isThere = readme.prose.contains(sentence)
      #expect(isThere, "\(sentence)")
    }
    for sentence in [
      "\(data.exactlyBlack.percent(1)) of all training pixels are exactly "
        + "black, and only \(data.between.percent(1)) lie between",
      "at the price of \(price.decimals(2)) points of clean accuracy",
      "Even so, \(pgd.value.percent(1)) is an upper bound",
    ] {
      let isThere = article.prose.contains(sentence)
      #expect(isThere, "\(sentence)")
    }
  }

  @Test func `the Article shows the figures of this run`() throws {
    let folder = PackageFiles.root.appendingPathComponent("Article/figures")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(!names.isEmpty)
    for name in names {
      let shown = try Data(contentsOf: folder.appendingPathComponent(name))
      #expect(shown == run.figures[name], "\(name) is of another run")
    }
  }
}

/// A Markdown file, by lines and with its line breaks undone.
struct MarkdownFile {
  let lines: [String]
  let prose: String

  init(_ path: String) throws {
    lines = try String(
      contentsOf: PackageFiles.root.appendingPathComponent(path),
      encoding: .utf8
    ).components(separatedBy: "\n")
    prose = lines.joined(separator: " ")
  }

  /// The line that begins so.
  func line(_ start: String) -> String? {
    lines.first { $0.hasPrefix(start) }
  }
}

extension Proportion {
  /// As the README writes it: `99.14 (98.94–99.30)`.
  func inText(decimals: Int, unit: String = "") -> String {
    let share = (value * 100).decimals(decimals)
    let low = (interval95.lowerBound * 100).decimals(decimals)
    let high = (interval95.upperBound * 100).decimals(decimals)
    return "\(share)\(unit) (\(low)–\(high))"
  }
}
