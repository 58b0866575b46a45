import Foundation
import Testing

@testable import Lesson
@testable import Shared

/// A copy of the package and what can be done to it.
struct Checkout {
  let folder: URL
  let root: URL

  init(in folder: URL) throws {
    self.folder = folder
    root = folder.appendingPathComponent("package")
    try FileManager.default.createDirectory(
      at: root, withIntermediateDirectories: true)
    for name in [
      "Package.swift", "Chapters", "Shared", "Article", "Tests", "README.md",
    ] {
      try FileManager.default.copyItem(
        at: PackageFiles.root.appendingPathComponent(name),
        to: root.appendingPathComponent(name))
    }
  }

  private func url(_ chapter: String) -> URL {
    root.appendingPathComponent("Chapters/\(chapter)/Exercises.swift")
  }

  func stubs(_ chapter: String) throws -> StubFile {
    try StubFile(contentsOf: url(chapter))
  }

  /// Puts the solutions in the place of the stubs.
  func solve(_ chapter: String) throws {
    let solutions = try Data(contentsOf: StubFile.solutionsURL(of: chapter))
    try solutions.write(to: url(chapter))
  }

  /// Gives one exercise another body.
  func unsolve(_ chapter: String, _ name: String, body: [String]) throws {
    let file = try stubs(chapter)
    let stub = try #require(file[name]).stub
    let lines = Array(stub[..<(stub.count - 2)]) + body + ["}"]
    try Data(file.source(replacing: name, with: lines).utf8)
      .write(to: url(chapter))
  }

  func swift(_ arguments: String...) throws -> ChapterRun {
    try run(
      URL(fileURLWithPath: "/usr/bin/env"), ["swift"] + arguments,
      environment: ["AS_SHIPPED": "", "RUNS": ""], in: root)
  }

  /// Runs a chapter of the copy, quick.
  func runChapter(_ chapter: String, _ arguments: [String] = []) throws
    -> ChapterRun
  {
    try run(
      URL(fileURLWithPath: "/usr/bin/env"),
      ["swift", "run", chapter] + arguments
        + ["--quick", "--output", folder.appendingPathComponent("out").path],
      environment: ["AS_SHIPPED": "", "RUNS": ""], in: root)
  }

  /// Changes lines of a file; each must be there once.
  func edit(_ file: String, _ changes: [(old: String, new: String)]) throws {
    let url = root.appendingPathComponent(file)
    var text = try String(contentsOf: url, encoding: .utf8)
    for (old, new) in changes {
      try #require(
        text.components(separatedBy: old).count == 2, "\(file): \(old)")
      text = text.replacing(old, with: new)
    }
    try Data(text.utf8).write(to: url)
  }
}
