import Foundation
import Shared

/// A chapter's `Exercises.swift`, cut into its exercises.
///
/// A line `// EXERCISE 6b · intermediate · title` begins one; it runs to the
/// next such line. The solutions lie in a file of the same shape under
/// `Tests/Solutions`, so the difference of the two is the answer, and a
/// solution without its body is the stub.
struct StubFile: Equatable {
  /// One exercise in the file.
  struct Region: Equatable {
    var name: String
    var level: String
    var title: String
    /// The number of the heading's line, from 1.
    var firstLine: Int
    /// From the heading to the last line that is not empty.
    var lines: [String]

    /// The text with which a check was made.
    var text: String { lines.joined(separator: "\n") }

    /// The heading, the task and the signature, with nothing done yet.
    var stub: [String] {
      guard let start = lines.firstIndex(where: { $0.hasPrefix("func ") }),
        let open = lines[start...].firstIndex(where: { $0.hasSuffix("{") })
      else { return lines }
      return lines[...open] + ["  unsolved()", "}"]
    }

    /// The stub, and after it whatever else stands here: helpers, and the next
    /// exercise's function if its heading is gone.
    func lines(puttingBack stub: [String]) -> [String] {
      var rest = Array(lines.drop { $0.isEmpty || $0.hasPrefix("//") })
      let name = stub.first { $0.hasPrefix("func ") }?.prefix { $0 != "(" }
      if let name,
        let start = rest.firstIndex(where: { $0.hasPrefix(name + "(") }),
        let end = rest[start...].firstIndex(of: "}")
      {
        rest.removeSubrange(start...end)
        if start < rest.count, rest[start].isEmpty { rest.remove(at: start) }
      }
      let last = rest.lastIndex { !$0.isEmpty }.map { $0 + 1 } ?? 0
      return stub + (last > 0 ? [""] + rest[..<last] : [])
    }
  }

  /// What stands before the first exercise.
  private var preamble: [String]
  private(set) var regions: [Region]
  /// How the file ends its lines.
  private let lineEnd: String

  /// Cuts source text at its headings.
  init(_ source: String) {
    let lines = source.textLines
    lineEnd = source.contains("\r\n") ? "\r\n" : "\n"
    let starts = lines.indices.filter { Self.heading(lines[$0]) != nil }
    preamble = Array(lines[..<(starts.first ?? lines.endIndex)])
    regions = zip(starts, starts.dropFirst() + [lines.endIndex])
      .compactMap { start, end in
        guard let (name, level, title) = Self.heading(lines[start]) else {
          return nil
        }
        let last = lines[start..<end].lastIndex { !$0.isEmpty } ?? start
        return Region(
          name: name, level: level, title: title, firstLine: start + 1,
          lines: Array(lines[start...last]))
      }
  }

  /// Reads a file; one that is not there has no exercises.
  ///
  /// - Throws: A `TutorialError` if it is there and cannot be read.
  init(contentsOf url: URL) throws {
    guard FileManager.default.fileExists(atPath: url.path) else {
      self.init("")
      return
    }
    self.init(String(decoding: try readFile(url), as: UTF8.self))
  }

  /// The exercise of that name.
  subscript(name: String) -> Region? { regions.first { $0.name == name } }

  /// The exercise that a line, counted from 1, belongs to.
  func region(atLine line: Int?) -> Region? {
    line.flatMap { line in regions.last { $0.firstLine <= line } }
  }

  /// The source text.
  var source: String {
    let start = preamble.joined(separator: "\n").trimmingCharacters(
      in: .newlines)
    let text =
      ([start] + regions.map(\.text)).joined(separator: "\n\n") + "\n"
    return text.textLines.joined(separator: lineEnd)
  }

  /// The source text with other lines for one exercise.
  func source(replacing name: String, with lines: [String]) -> String {
    var copy = self
    for index in regions.indices where regions[index].name == name {
      copy.regions[index].lines = lines
    }
    return copy.source
  }

  private static func heading(_ line: String)
    -> (name: String, level: String, title: String)?
  {
    let parts = line.components(separatedBy: " · ")
    guard parts.count >= 3, parts[0].hasPrefix("// EXERCISE ") else {
      return nil
    }
    return (
      String(parts[0].dropFirst(12)), parts[1],
      parts[2...].joined(separator: " · ")
    )
  }
}

extension StubFile {
  /// Where a chapter's stubs are.
  static func url(of chapter: String) -> URL {
    PackageFiles.root.appendingPathComponent(
      "Chapters/\(chapter)/Exercises.swift")
  }

  /// Where their solutions are.
  static func solutionsURL(of chapter: String) -> URL {
    PackageFiles.root.appendingPathComponent("Tests/Solutions/\(chapter).swift")
  }
}
