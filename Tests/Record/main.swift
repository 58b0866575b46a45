import Foundation
import Shared

// swift build && swift run Record
//
// Makes anew whatever in this package states or shows what the chapters give:
// the model that ships with it, Article/results.json, the numbers of README
// and Article, the figures, and the recorded transcripts and pages. It runs the
// chapters for that: once in full, once quick, and chapters 3 and 5 with other
// seeds. About ten minutes on two cores.
//
//   --check   write nothing, but say what is not as recorded; other seeds are
//             taken from Article/results.json, not run again
//   --runs DIR   keep the runs there, or use those that are there already
//   --keep-seeds   take other seeds from Article/results.json, not run again:
//             enough where chapters 3 and 5 have not changed
//   --surrogates   instead of all this, train the two small networks that ship
//             for attacks which are carried over; about a minute
//   --defenses   instead of all this, train the defended models of chapter 6
//             that ship, and keep the losses of their first hundred steps;
//             about twenty minutes (with --check only the losses)

struct Settings {
  var checks = false
  var keepsSeeds = false
  var runs: URL?
  var makesSurrogates = false
  var makesDefenses = false

  init(_ arguments: [String]) throws {
    var rest = arguments[...]
    while let flag = rest.popFirst() {
      switch flag {
      case "--check": checks = true
      case "--keep-seeds": keepsSeeds = true
      case "--surrogates": makesSurrogates = true
      case "--defenses": makesDefenses = true
      case "--runs" where !rest.isEmpty:
        runs = URL(fileURLWithPath: rest.removeFirst())
      default:
        throw TutorialError(
          "usage: swift run Record [--check] "
            + "[--surrogates | --defenses | --runs DIR [--keep-seeds]].")
      }
    }
  }
}

func record(_ settings: Settings) throws {
  guard PeakProbe.roundsOnce else {
    throw TutorialError(
      "this processor does not round a multiply-add once, so its numbers "
        + "differ from the recorded ones: record and check on another.")
  }
  if settings.makesSurrogates {
    return try settle(surrogateFiles(), settings)
  }
  if settings.makesDefenses {
    let losses = try firstLosses()
    return try settle(
      settings.checks ? [losses] : [losses] + defenseFiles(), settings)
  }
  try ChapterRuns.with(folder: settings.runs) { runs in
    let ledger =
      try settings.checks || settings.keepsSeeds
      ? Ledger(runs) : Ledger(measuring: runs)
    let signed = settings.checks ? ledger : ledger.signed(by: .current)
    try settle(recordedFiles(of: runs, signed), settings)
  }
}

/// Writes what has changed, or says so.
func settle(_ recorded: [RecordedFile], _ settings: Settings) throws {
  let changed = recorded.filter { !$0.isAsRecorded }
  for file in changed {
    print(settings.checks ? file.difference : "wrote \(file.path)")
    if !settings.checks { try file.write() }
  }
  print("\(recorded.count - changed.count) of \(recorded.count) as recorded.")
  if settings.checks && !changed.isEmpty {
    let flag =
      settings.makesSurrogates
      ? " --surrogates" : settings.makesDefenses ? " --defenses" : ""
    throw TutorialError(
      "\(changed.map(\.path).joined(separator: ", ")): not as recorded. "
        + "If that is meant: swift build && swift run Record\(flag).")
  }
}

do {
  try record(Settings(Array(CommandLine.arguments.dropFirst())))
} catch {
  FileHandle.standardError.write(Data("error: \(error)\n".utf8))
  exit(1)
}
