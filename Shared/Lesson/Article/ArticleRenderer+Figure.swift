import Foundation
import Shared

extension ArticleRenderer {
  /// A picture with its caption.
  mutating func html(of image: ArticleImage) -> String {
    let caption = image.caption.map {
      "\n" + HTML.element("figcaption", around: content($0))
    }
    return """
      <figure class="drawing">
      \(picture(image))\(caption ?? "")
      </figure>
      """
  }

  /// The largest file that a page takes in.
  private static let largestPicture = 1 << 22

  /// The picture inside the page itself, or its words where there is none.
  private func picture(_ image: ArticleImage) -> String {
    let path = #/figures\/[A-Za-z0-9_-][A-Za-z0-9._-]*\.(png|svg)/#
    guard let match = image.path.wholeMatch(of: path),
      let file = try? readFile(
        links.article.folder.appendingPathComponent(image.path),
        atMost: Self.largestPicture)
    else { return HTML.element("p", around: HTML.escape(image.alternative)) }
    let isPlot = match.1 == "svg"
    let kind = isPlot ? "image/svg+xml" : "image/png"
    let tag = HTML.tag(
      "img",
      [
        "src": "data:\(kind);base64,\(file.base64EncodedString())",
        "alt": image.alternative,
      ])
    return isPlot
      ? HTML.element("div", ["class": "plot"], around: tag) : tag
  }

  /// Code with the place where it stands, if it is found there.
  func html(ofCode lines: [String], from file: String?) -> String {
    if let file, let first = firstLine(of: lines, in: file) {
      return notebook.html(
        of: Block.code(Code(file: file, firstLine: first, lines: lines)))
    }
    return HTML.element(
      "pre", ["tabindex": "0"],
      around: HTML.element(
        "code", around: HTML.escape(lines.joined(separator: "\n"))))
  }

  /// The number of the line where a quotation begins, whose indentation may
  /// have been taken away.
  private func firstLine(of lines: [String], in file: String) -> Int? {
    let url = links.article.package.appendingPathComponent(file)
    guard !lines.isEmpty, let data = try? readFile(url, atMost: 1 << 20) else {
      return nil
    }
    func trimmed(_ line: String) -> Substring {
      line.drop(while: \.isWhitespace)
    }
    let source = String(decoding: data, as: UTF8.self).textLines.map(trimmed)
    let quoted = lines.map(trimmed)
    guard quoted.count <= source.count else { return nil }
    return (0...source.count - quoted.count).first {
      source[$0..<$0 + quoted.count].elementsEqual(quoted)
    }.map { $0 + 1 }
  }
}
