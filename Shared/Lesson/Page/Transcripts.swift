import Foundation

/// A run as plain text, as narrow and as wide terminals would show it.
struct Transcripts {
  static let widths = [60, 80, 120]
  static let folder = "transcripts"

  /// The blocks of a run, from its head to its foot.
  var blocks: [Block]

  /// The run for a terminal that is `width` columns wide, without colour.
  func text(width: Int) -> String {
    let renderer = TerminalRenderer(
      terminal: Terminal(width: width, hasColor: false))
    return blocks.flatMap(renderer.lines).joined(separator: "\n") + "\n"
  }

  /// Writes `transcripts/03-Training-60.txt` and the like.
  ///
  /// - Throws: A `TutorialError` if a file cannot be written.
  func write(to workspace: Workspace, chapter: String) throws {
    for width in Self.widths {
      try workspace.write(
        Data(text(width: width).utf8),
        to: "\(Self.folder)/\(chapter)-\(width).txt")
    }
  }
}
