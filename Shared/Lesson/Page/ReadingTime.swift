import Foundation
import Shared

/// How long a chapter takes to read, from the words in its source files.
///
/// The head is printed before the chapter has run, so its text is not there to
/// be counted yet. The string literals that it will be made of are.
struct ReadingTime {
  /// How fast prose with numbers and code is read.
  ///
  /// Without them it would be about 238 words a minute (Brysbaert 2019, Journal
  /// of Memory and Language 109, 104047).
  private static let wordsPerMinute = 200

  /// The words of the text.
  let words: Int

  /// The minutes, at least one.
  var minutes: Int { max(1, (words + 100) / Self.wordsPerMinute) }

  /// Counts the words of a chapter; none if its source files are gone.
  init(chapter: String) {
    let folder = PackageFiles.root.appendingPathComponent("Chapters/\(chapter)")
    let files =
      (try? FileManager.default.contentsOfDirectory(
        at: folder, includingPropertiesForKeys: nil)) ?? []
    words = files.filter { $0.pathExtension == "swift" }.reduce(0) {
      sum, file in
      let source = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
      return sum + Self.words(in: source)
    }
  }

  /// The words in the string literals of source text that are long enough to be
  /// prose.
  static func words(in source: String) -> Int {
    source.matches(of: #/"""(?s:.*?)"""|"(?:[^"\\\n]|\\.)*"/#).reduce(0) {
      let words = $1.0.split { $0.isWhitespace }
      let count = words.count { $0 != "\"\"\"" }
      return count < 4 ? $0 : $0 + count
    }
  }
}
