import Foundation
import Lesson
import Shared

/// A file of the package as it should be.
struct RecordedFile {
  /// Seen from the package.
  var path: String
  var content: Data

  private var url: URL { PackageFiles.root.appendingPathComponent(path) }

  var isAsRecorded: Bool { (try? Data(contentsOf: url)) == content }

  func write() throws {
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try content.write(to: url, options: .atomic)
  }

  /// Where the recorded one and this one part.
  var difference: String {
    guard let old = try? Data(contentsOf: url) else {
      return "\(path) is not there"
    }
    let texts = [content, old].map { String(data: $0, encoding: .utf8) }
    guard let new = texts[0], let old = texts[1],
      let difference = Golden.firstDifference(new, old)
    else { return "\(path) differs" }
    return "\(path), \(difference)"
  }
}

/// All that is made from the runs.
func recordedFiles(of runs: ChapterRuns, _ ledger: Ledger) throws
  -> [RecordedFile]
{
  try [
    recordedModel(runs),
    RecordedFile(path: Ledger.path, content: ledger.json),
    readme(runs, ledger),
  ] + articleFiles(ledger) + figures(runs) + goldenFiles(runs)
}

/// The model as chapter 3 saved it; the recorded file itself if only its date
/// differs.
private func recordedModel(_ runs: ChapterRuns) throws -> RecordedFile {
  let file = runs.output(.full).appendingPathComponent(TrainedModel.fileName)
  let new = try LoadedCheckpoint(file)
  let old = try? LoadedCheckpoint(PackageFiles.pretrained)
  let isSame =
    old?.contents.tensors == new.contents.tensors
    && ["seed", "accuracy", "history"].allSatisfy { old?[$0] == new[$0] }
  return RecordedFile(
    path: "Shared/Pretrained/\(TrainedModel.fileName)",
    content: try Data(contentsOf: isSame ? PackageFiles.pretrained : file))
}

private func readme(_ runs: ChapterRuns, _ ledger: Ledger) throws
  -> RecordedFile
{
  let path = "README.md"
  let text = try withSample(
    runs.transcript(.full, "03-Training"), in: packageText(path))
  return RecordedFile(
    path: path,
    content: try Data(withNumbers(of: ledger, in: text, path: path).utf8))
}

/// The article with its numbers, of the ledger and of the references.
private func articleFiles(_ ledger: Ledger) throws -> [RecordedFile] {
  let references = References(try packageText(References.path))
  return try articlePaths().map { path in
    let text = try withNumbers(of: ledger, in: packageText(path), path: path)
    let numbered =
      try path == References.path
      ? References(text).numbered
      : references.numbering(citationsIn: text, path: path)
    return RecordedFile(path: path, content: Data(numbered.utf8))
  }
}

/// The figures that the article shows.
private func figures(_ runs: ChapterRuns) throws -> [RecordedFile] {
  let names = try articlePaths().flatMap { path in
    try packageText(path).matches(of: #/\((figures/[^)]+)\)/#).map {
      String($0.output.1)
    }
  }
  return try Set(names).sorted().map { name in
    RecordedFile(
      path: "Article/\(name)",
      content: try Data(
        contentsOf: runs.output(.full).appendingPathComponent(name)))
  }
}

private func goldenFiles(_ runs: ChapterRuns) throws -> [RecordedFile] {
  try Golden.fileNames.map { name in
    let file = runs.output(.quick).appendingPathComponent(name)
    let text = try Golden.masked(String(contentsOf: file, encoding: .utf8))
    return RecordedFile(
      path: "Tests/Golden/\(file.lastPathComponent)", content: Data(text.utf8))
  }
}
