import Shared

// The second half of the Markdown: what stands beside the attacks.
extension RobustnessReport {
  var certified: [String] {
    guard !certificates.isEmpty else {
      return ["Nothing: interval bounds do not know a layer of this network."]
    }
    return [
      table(
        ["ε", "images", "certified"],
        certificates.map {
          [
            $0.epsilon.shortest, $0.accuracy.total.grouped,
            $0.accuracy.withInterval,
          ]
        }),
      """
      By interval bounds: for so many images no change in the box alters the \
      right answer. This is a lower bound; a low one is no verdict on a \
      network that was not trained for it.
      """,
    ]
  }

  var auditPart: [String] {
    guard let audit else {
      return ["No audit: the scores of this model are not finite numbers."]
    }
    let broken = audit.broken.sorted { $0.key < $1.key }.map {
      "\($0.key) on \($0.value.grouped) images"
    }
    return [
      """
      Audit of \(audit.attack) with \(audit.steps.grouped) steps at \
      ε = \(Double(audit.epsilon).shortest), on the first \
      \(audit.images.grouped) images. Promises: \
      \(broken.isEmpty
        ? "all kept" : "**broken** (\(broken.joined(separator: ", ")))").
      """,
      table(
        ["expected", "found", "measured"],
        audit.lines.map {
          [$0.expectation, $0.verdict.rawValue, $0.measured]
        }),
    ]
  }

  var beyondPart: [String] {
    guard !beyond.isEmpty else { return ["Not measured."] }
    return [
      table(
        ["change", "images", "still read"],
        beyond.map { change in
          [
            change.name, change.images.grouped,
            Proportion(change.right, outOf: change.images)?.withInterval ?? "–",
          ]
        }),
      "The box does not describe these changes, and no number above covers "
        + "them.",
    ]
  }

  var comparison: [String] {
    guard !defended.isEmpty else { return ["None was at hand."] }
    func points(_ lead: Double) -> String { (lead * 100).decimals(1) }
    return [
      table(
        ["network", "ε", "images", "its worst case", "this model", "lead"],
        defended.map { other in
          let start = [other.network, Double(other.epsilon).shortest]
          guard let pairs = other.pairs else { return start + ["–"] }
          let lead = pairs.lead95
          return start + [
            pairs.total.grouped,
            Proportion(pairs.both + pairs.onlyFirst, of: pairs.total)
              .value.percent(),
            Proportion(pairs.both + pairs.onlySecond, of: pairs.total)
              .value.percent(),
            "\(points(pairs.lead)) (\(points(lead.lowerBound)) to "
              + "\(points(lead.upperBound)))",
          ]
        }),
      "Leads are in points, from the same images, image by image. An interval "
        + "that holds 0 shows no difference.",
    ]
  }

  var notTried: [String] {
    var lines = [
      "One particular wrong answer as the attacker's aim.",
      "More steps, starts or queries than the table states.",
      "Other norms: \(beyond.isEmpty ? "few pixels changed at will, or " : "")the "
        + "length of the whole change.",
      "Adaptive attacks by people who study this very model.",
      "Images from elsewhere than this test set.",
      "Poisoned training data, a stolen copy of the model, training images "
        + "drawn out of it.",
      "Physical changes: before a camera, on paper, under another light.",
    ]
    if beyond.isEmpty {
      lines.insert("Changes outside the box: rotation, blur, a patch.", at: 0)
    }
    if !untried.isEmpty {
      let names = untried.map { "`\($0)`" }.joined(separator: ", ")
      lines.insert(
        "Attacks of this package that do not count in any line: \(names).",
        at: 0)
    }
    return [lines.map { "- \($0)" }.joined(separator: "\n")]
  }

  var limits: [String] {
    let counts = attacks.filter(\.isWorstCase).map(\.left.accuracy.total)
    let images = counts.max().map { "at most \($0.grouped)" } ?? "no"
    return [
      """
      - The worst case stands on \(images) of \
      \(model.clean.accuracy.total.grouped) test images. Intervals treat them \
      as if drawn at random, and say nothing of the luck of training.
      - One network, one training, attacks with one seed (\(seed)).
      - ε says how far a pixel may move, not what people see. Attacked images \
      are 32-bit floats, not rounded to 256 levels.
      """ + (isQuick ? "\n- A quick run: few images, weak attacks." : "")
    ]
  }

  var commands: [String] {
    [
      """
      ```sh
      swift run 05-Attacks\(flags)
      swift run 06-Security\(flags)
      swift run 06-Security --require "worst@0.1>=0.70"\(flags)
      ```
      """,
      "The last line measures the worst case by the standard set (`--images N` "
        + "says on how many images) and exits with 0 if the requirement is met, "
        + "4 if it is not, 1 if it could not be measured.",
    ]
  }

  func section(_ title: String, _ paragraphs: [String]) -> [String] {
    ["## \(title)"] + paragraphs
  }

  /// A table; the sign between its columns is written out within a cell.
  func table(_ headings: [String], _ rows: [[String]]) -> String {
    let rule = headings.map { _ in "---" }
    return ([headings, rule] + rows).map { cells in
      let padded = headings.indices.map { $0 < cells.count ? cells[$0] : "" }
      return "| "
        + padded.map { $0.replacing("|", with: "\\|") }
        .joined(separator: " | ") + " |"
    }.joined(separator: "\n")
  }

  /// Text from a file, to stand between backticks on one line.
  func code(_ text: String) -> String {
    text.replacing("`", with: "'").split(whereSeparator: \.isNewline)
      .joined(separator: " ")
  }
}

extension RobustnessReport.Tried {
  /// The share of the same images that is read right without an attack.
  var clean: String {
    Proportion(cleanRight, outOf: left.accuracy.total)?.value.percent() ?? "–"
  }
}

extension RobustnessReport.Compared {
  /// It first, the model of the report second; nil if the counts are none.
  var pairs: PairedProportions? {
    let counts = [both, onlyIt, onlyModel, neither]
    guard counts.allSatisfy({ (0...1_000_000).contains($0) }),
      counts.contains(where: { $0 > 0 })
    else { return nil }
    return PairedProportions(
      both: both, onlyFirst: onlyIt, onlySecond: onlyModel, neither: neither)
  }
}

extension Proportion {
  /// nil if these are not so many out of so many.
  fileprivate init?(_ right: Int, outOf total: Int) {
    guard total > 0, (0...total).contains(right) else { return nil }
    self.init(right, of: total)
  }
}
