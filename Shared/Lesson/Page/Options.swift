import Foundation
import Shared

/// The flags a chapter was started with.
public struct Options: Sendable, Equatable {
  /// The seed if none is given.
  public static let defaultSeed: UInt64 = 2

  /// What the terminal shall do and leave.
  var terminal = Terminal.Wishes()
  /// Where files go.
  public var output = PackageFiles.output
  /// A folder with another data set in IDX files.
  public var data: URL?
  /// Decides everything random.
  public var seed = Options.defaultSeed
  /// The number of workers; nil for one a core.
  public var threads: Int?
  /// Whether to use fewer images and steps.
  public var isQuick = false
  /// Whether to replace a longer training without asking.
  public var force = false
  /// Whether to save the run as text, too.
  public var savesTranscripts = false
  /// Passes over the training images (chapter 3).
  public var epochs: Int?
  /// Images a step (chapter 3).
  public var batchSize: Int?
  /// Step size of the optimizer (chapter 3).
  public var learningRate: Float?
  /// A model to look at instead of the learner's (chapters 4 to 6).
  public var model: URL?
  /// A picture of a handwritten digit (chapter 5).
  public var image: URL?
  /// An attack to run instead of the lesson (chapter 5).
  var attack = AttackWishes()
  /// The one part to print (chapter 6).
  public var only: String?
  /// The defence to train anew (chapter 6).
  var retrain: String?
  /// A requirement to check instead of the lesson (chapter 6).
  var gate = GateWishes()
  /// What somebody wants instead of the lesson.
  var request: Request?
  /// Whether to print the flags and stop.
  public var wantsHelp = false

  /// A flag that asks for something else than the lesson, with its value.
  struct Request: Sendable, Equatable {
    var flag: String
    var value: String
  }

  /// Reads command line arguments, without the program's name.
  ///
  /// - Parameters:
  ///   - arguments: What the learner typed.
  ///   - flags: The flags to take.
  /// - Throws: A `UsageError` that names the flag.
  init(_ arguments: [String], taking flags: [Flag]) throws {
    var rest = arguments[...]
    try arguments.forEach(Self.requireText)
    while let flag = rest.popFirst() {
      let parts = flag.split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false
      ).map(String.init)
      let known = flags.first {
        $0.name == parts.first || $0.name == "--help" && flag == "-h"
      }
      guard let known else { throw unknown(flag) }
      guard let valueName = known.valueName else {
        guard parts.count == 1 else {
          throw wrong("\(known.name) takes no value, got `\(parts[1])`")
        }
        _ = try known.apply(&self, "")
        continue
      }
      let next = parts.count == 2 ? parts[1] : rest.popFirst()
      guard let value = next, !value.hasPrefix("--") else {
        throw wrong("\(known.name) needs a value: \(known.name) \(valueName)")
      }
      guard try known.apply(&self, value) else {
        throw wrong("\(known.name) takes \(known.takes), got `\(value)`")
      }
    }
    guard attack.isAsked || attack == AttackWishes() else {
      throw wrong(
        "the flags of an attack need the attack: --attack NAME; "
          + "`--attack list` names them")
    }
    try checkGate()
  }

  /// Whoever asks for a check shall not get something else, with exit code 0.
  private func checkGate() throws {
    guard gate.requirement != nil || gate.images == nil else {
      throw wrong(
        "--images N counts the images of a requirement and needs one: "
          + "--require \"clean>=0.97\"")
    }
    let other =
      only != nil ? "--only" : retrain != nil ? "--retrain" : request?.flag
    if gate.isAsked, let other {
      throw wrong("--require and \(other) are two wishes; give one")
    }
  }

  /// What the system could not decode arrives with marks in its place, and a
  /// line break would fall apart in a sentence or a command.
  private static func requireText(_ argument: String) throws {
    let isWhole = argument.unicodeScalars.allSatisfy {
      $0 != "\u{FFFD}" && $0.properties.generalCategory != .control
    }
    guard isWhole else {
      throw UsageError(
        "`\(argument)` holds a line break, a control character or bytes that "
          + "are not UTF-8; rename the file or folder.")
    }
  }

  private func wrong(_ what: String) -> UsageError { UsageError("\(what).") }

  private func unknown(_ flag: String) -> UsageError {
    wrong("\(flag) is not a flag of this chapter; `--help` lists them")
  }

  /// The text of `--help`.
  static func help(chapter: String, taking flags: [Flag]) -> String {
    let lines = flags.map { flag in
      let left = flag.name + (flag.valueName.map { " \($0)" } ?? "")
      let gap = String(repeating: " ", count: max(2, 24 - left.count))
      return "  \(left)\(gap)\(flag.help)"
    }
    return "Usage: swift run \(chapter) [flags]\n\n"
      + lines.joined(separator: "\n")
  }
}
