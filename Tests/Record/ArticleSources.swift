import Foundation
import Shared

/// The Markdown files of the article, seen from the package, in order.
func articlePaths() throws -> [String] {
  let folder = PackageFiles.root.appendingPathComponent("Article")
  return try FileManager.default.contentsOfDirectory(atPath: folder.path)
    .filter { $0.hasSuffix(".md") }.sorted().map { "Article/\($0)" }
}

/// A text file of the package.
func packageText(_ path: String) throws -> String {
  try String(
    contentsOf: PackageFiles.root.appendingPathComponent(path),
    encoding: .utf8)
}
