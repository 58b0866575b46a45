import Foundation
import Testing

@testable import Shared

/// Damaged files of every format that is read, thousands of each.
///
/// More of them, and from elsewhere:
///
///     FUZZ_MUTANTS=1000000 FUZZ_SEED=2 swift test --filter Fuzz
///
/// Every mutant follows from the seed and its number alone. If a reader stops
/// the process, the file `fuzz-FORMAT` in the temporary folder has the number
/// of its last one, for a replay:
///
///     FUZZ_FIRST=4711 FUZZ_MUTANTS=1 swift test --filter Fuzz
@Suite struct FuzzTests {
  private static func setting(_ name: String, default value: Int) -> Int {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? value
  }

  private let seed = setting("FUZZ_SEED", default: 1)
  private let first = setting("FUZZ_FIRST", default: 0)
  private let count = setting("FUZZ_MUTANTS", default: 10_000)

  @Test(arguments: FuzzFormat.all)
  func `files without a fault are read, and small`(format: FuzzFormat) {
    for file in format.seeds {
      #expect(format.verdict(file) == .read)
      #expect(file.count <= 4096)
    }
  }

  @Test(arguments: FuzzFormat.all)
  func `damaged files are read or refused with a sentence`(
    format: FuzzFormat
  ) throws {
    let note = FileManager.default.temporaryDirectory
      .appendingPathComponent("fuzz-\(format.name)")
    try Data().write(to: note)
    let handle = try FileHandle(forWritingTo: note)
    var readCount = 0
    for number in first..<first + count {
      try handle.seek(toOffset: 0)
      try handle.write(contentsOf: Data("\(number)".utf8))
      var mutator = Mutator(
        seed: derivedSeed(UInt64(seed), .coins, number))
      switch format.verdict(format.mutant(&mutator)) {
      case .read: readCount += 1
      case .refused: break
      case .broken(let fault):
        Issue.record("\(format.name), seed \(seed), mutant \(number) \(fault)")
        return
      }
    }
    try FileManager.default.removeItem(at: note)
    // Where every mutant is refused at the door, nothing behind it is tested.
    #expect(readCount > count / 100 || count < 1000)
  }
}
