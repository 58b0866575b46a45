import Foundation
import Shared

// swift run Benchmarks [--only NAME] [--row NAME] [--repeat N]
//
// Times the work of the tutorial and compares it with what this machine's
// multiply-add units could do at most. Medians; the spread stands beside them,
// and, where `perf` is installed, the share of the time that multiplications
// took. `--only` takes the rows whose names contain something, `--row` one.

struct Settings {
  var only: String?
  var row: String?
  var repeats = 5

  init(_ arguments: [String]) throws {
    var rest = arguments[...]
    while let flag = rest.popFirst() {
      let value = rest.popFirst()
      switch (flag, value, value.flatMap { Int($0) }) {
      case ("--only", let name?, _): only = name
      case ("--row", let name?, _): row = name
      case ("--repeat", _, let count?) where (1...1000).contains(count):
        repeats = count
      default:
        throw TutorialError(
          "usage: swift run Benchmarks [--only NAME] [--row NAME] "
            + "[--repeat 1...1000].")
      }
    }
  }
}

do {
  let settings = try Settings(Array(CommandLine.arguments.dropFirst()))
  let bench = try Bench(settings)
  bench.run()
} catch let error as TutorialError {
  FileHandle.standardError.write(Data("error: \(error)\n".utf8))
  exit(2)
}
