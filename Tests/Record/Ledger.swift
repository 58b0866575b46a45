import Foundation
import Lesson
import Shared

/// Every number that the chapters gave, as `Article/results.json` holds it.
///
/// Without what differs between two runs of the same code: seconds, dates, and
/// hashes of files with a date in them; without which exercises are solved; and
/// without what is written for people: tables and outputs are in the recorded
/// transcripts.
struct Ledger {
  static let path = "Article/results.json"

  /// By chapter; under "seeds", what other seeds gave, and under "recordedOn",
  /// with which compiler and processor.
  private var entries: [String: Any]

  /// What such a file holds.
  init(json: Data) throws {
    entries =
      try JSONSerialization.jsonObject(with: json) as? [String: Any] ?? [:]
  }

  /// As recorded with the package.
  static var recorded: Ledger {
    get throws {
      let file = PackageFiles.root.appendingPathComponent(path)
      return try Ledger(json: Data(contentsOf: file))
    }
  }

  /// What the runs gave, with the other seeds as recorded.
  init(_ runs: ChapterRuns) throws {
    try self.init(runs, seeds: Self.recorded.entries["seeds"] as? [Any] ?? [])
  }

  /// The same, with the other seeds run anew.
  init(measuring runs: ChapterRuns) throws {
    try self.init(
      runs,
      seeds: [1, 3, 4, 5].map { seed in
        let folder = runs.folder.appendingPathComponent("seed-\(seed)")
        for chapter in ["03-Training", "05-Attacks"] {
          try runs.run(chapter, ["--seed", "\(seed)"], in: folder)
        }
        let results = try Self.results(
          "05-Attacks", in: folder.appendingPathComponent("out"))
        return Self.ofSeeds(results)
      })
  }

  private init(_ runs: ChapterRuns, seeds: [Any]) throws {
    var entries: [String: Any] = [:]
    for chapter in ChapterName.allCases.map(\.rawValue) {
      entries[chapter] = try Self.timeless(
        Self.results(chapter, in: runs.output(.full)))
    }
    entries["seeds"] = Self.sorted(seeds, with: entries["05-Attacks"])
    entries["recordedOn"] = try Self.recorded.entries["recordedOn"]
    self.entries = entries
  }

  /// The same, made on a machine.
  func signed(by machine: RecordingMachine) -> Ledger {
    var ledger = self
    ledger.entries["recordedOn"] = machine.entry
    return ledger
  }

  /// The default run among the others, in the order of the seeds.
  private static func sorted(_ others: [Any], with own: Any?) -> [Any] {
    let own = ofSeeds(own as? [String: Any] ?? [:])
    func seed(_ run: Any) -> Int {
      ((run as? [String: Any])?["seed"] as? NSNumber)?.intValue ?? 0
    }
    let all = others.filter { seed($0) != seed(own) } + [own]
    return all.sorted { seed($0) < seed($1) }
  }

  /// What is kept of the run of one seed: what `SeedStudy` reads.
  private static func ofSeeds(_ results: [String: Any]) -> [String: Any] {
    ["seed", "fgsm", "randomSigns", "pgd", "worstCase"].reduce(into: [:]) {
      $0[$1] = results[$1]
    }
  }

  private static func results(_ chapter: String, in folder: URL) throws
    -> [String: Any]
  {
    let data = try Data(
      contentsOf: folder.appendingPathComponent("\(chapter).json"))
    return try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
  }

  static func timeless(_ value: Any) -> Any {
    switch value {
    case let object as [String: Any]:
      object.filter { key, _ in
        !["date", "modelSHA256", "tables", "outputs"].contains(key)
          && !key.lowercased().contains("seconds")
          && !key.hasPrefix("exercise.")
      }.mapValues(timeless)
    case let list as [Any]: list.map(timeless)
    default: value
    }
  }

  var json: Data {
    get throws {
      try JSONSerialization.data(
        withJSONObject: entries, options: [.prettyPrinted, .sortedKeys])
        + Data("\n".utf8)
    }
  }

  /// What lies at a place: one value, unless the path says `[*]` or the entry
  /// is `*`.
  func values(at path: LedgerPath) throws -> [Any] {
    let names =
      path.entry == "*" ? ChapterName.allCases.map(\.rawValue) : [path.entry]
    return try names.flatMap { name in
      guard let entry = entries[name] else {
        throw TutorialError("the ledger has no entry \(name)")
      }
      return try path.values(in: entry)
    }
  }
}
