import Foundation
import Lesson
import Shared

/// Recorded transcripts and pages: which they are and how they are compared.
enum Golden {
  /// What is compared, seen from the output folder.
  static let fileNames = ChapterName.allCases.map(\.rawValue).flatMap {
    chapter in
    [60, 80, 120].map { "transcripts/\(chapter)-\($0).txt" }
      + ["\(chapter).html"]
  }

  /// A text without what differs between two runs or two machines (seconds),
  /// and without what nobody reads in a difference (pictures, styles, data).
  static func masked(_ text: String) -> String {
    text
      .replacing(#/Done in [0-9.]+ s/#, with: "Done in … s")
      .replacing(#/trained for [0-9]+ s/#, with: "trained for … s")
      // The column of seconds: narrow, wide, and on a page.
      .replacing(#/sec\.: [0-9.]+/#, with: "sec.: …")
      .replacing(#/(?<row> %.*[0-9]) +[0-9]+\.[0-9]\n/#) {
        "\($0.output.row)  …\n"
      }
      .replacing(#/<td class="numeric">[0-9]+\.[0-9]<\/td><\/tr>/#) { _ in
        "<td class=\"numeric\">…</td></tr>"
      }
      .replacing(#/data:image\/png;base64,[A-Za-z0-9+\/=]+/#, with: "data:…")
      .replacing(
        #/<style>.*?<\/style>/#.dotMatchesNewlines(),
        with: "<style>…</style>"
      )
      .replacing(
        #/<script type="application\/json">.*?<\/script>/#
          .dotMatchesNewlines(),
        with: "<script type=\"application/json\">…</script>")
  }

  /// Where two texts part, with both versions; nil if they are equal.
  static func firstDifference(_ new: String, _ old: String) -> String? {
    guard new != old else { return nil }
    let newLines = new.components(separatedBy: "\n")
    let oldLines = old.components(separatedBy: "\n")
    let index =
      zip(newLines, oldLines).enumerated().first {
        $0.element.0 != $0.element.1
      }?
      .offset ?? min(newLines.count, oldLines.count)
    func line(_ lines: [String]) -> String {
      lines.indices.contains(index) ? lines[index] : "(the end)"
    }
    return """
      line \(index + 1):
      recorded: \(line(oldLines))
      now:      \(line(newLines))
      """
  }
}
