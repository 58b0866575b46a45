import Foundation

extension Page {
  /// Writes an explorer as a page of its own and says where and what it shows.
  ///
  /// - Parameters:
  ///   - name: The end of the file's name.
  ///   - explorer: The figure.
  ///   - caption: What to look for, as plain text.
  /// - Throws: A `TutorialError` if the file cannot be written.
  public func figure(
    _ name: String, _ explorer: EpsilonExplorer, caption: String
  ) throws {
    let html = """
      <!doctype html>
      <html lang="en">
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <meta name="color-scheme" content="light dark">
      <link rel="icon" href="data:,">
      <title>\(chapter): \(escaped(name))</title>
      <style>
      html { font-size: 112.5%; }
      body { max-width: 40rem; margin: 1rem auto; padding: 0 .75rem;
        font: 1rem/1.5 system-ui, sans-serif; }
      </style>
      \(try explorer.html)
      <p>Figure: \(escaped(caption))</p>
      </html>

      """
    try saveFigure("\(name).html", Data(html.utf8), caption: caption)
  }

  private func escaped(_ text: String) -> String {
    text.replacingOccurrences(of: "&", with: "&amp;")
      .replacingOccurrences(of: "<", with: "&lt;")
  }
}
