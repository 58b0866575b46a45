import Foundation

/// What the classes of a data set are called, and how its files number them.
struct DataClasses {
  let names: [String]
  /// 0, or 1: EMNIST's letters are numbered from 1.
  let firstLabel: Int

  /// - Parameters:
  ///   - labels: All labels, of training and test images.
  ///   - folder: Where `classes.txt` may lie, with a name a line.
  /// - Throws: A `TutorialError` if there is one class only, or if the names do
  ///   not match the labels.
  init(labels: [UInt8], in folder: URL) throws {
    let low = Int(labels.min() ?? 0)
    let high = Int(labels.max() ?? 0)
    let names = try Self.names(in: folder)
    firstLabel = low == 1 && high != (names?.count ?? 0) - 1 ? 1 : 0
    let count = high - firstLabel + 1
    guard low < high else {
      throw TutorialError(
        "All images in \(folder.path) have the label \(low), so there is "
          + "nothing to tell apart; a data set needs two classes.")
    }
    if let names, names.count != count {
      throw TutorialError(
        "\(Self.url(in: folder).path) names \(names.count.grouped) classes, "
          + "and the labels go from \(firstLabel) to \(high); give each class "
          + "one line, in the order of the labels.")
    }
    let first = firstLabel
    self.names = names ?? (0..<count).map { "\($0 + first)" }
  }

  private static func url(in folder: URL) -> URL {
    folder.appendingPathComponent("classes.txt")
  }

  private static func names(in folder: URL) throws -> [String]? {
    let url = url(in: folder)
    guard FileManager.default.fileExists(atPath: url.path) else { return nil }
    func fail(_ what: String) -> TutorialError {
      TutorialError("\(url.path) \(what).")
    }
    guard
      let text = String(
        data: try readFile(url, atMost: 1 << 16), encoding: .utf8)
    else { throw fail("is not text in UTF-8; save it as such") }
    var names = text.split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline
    ).map { $0.trimmingCharacters(in: .whitespaces) }
    while names.last?.isEmpty == true { names.removeLast() }
    for (index, name) in names.enumerated() {
      let isPlain = name.unicodeScalars.allSatisfy {
        $0.properties.generalCategory != .control
      }
      guard !name.isEmpty, name.count <= 24, isPlain else {
        throw fail(
          "has no name of 1 to 24 characters in line \(index + 1); give each "
            + "class one")
      }
      guard names.firstIndex(of: name) == index else {
        throw fail("names two classes \(name); give each a name of its own")
      }
    }
    return names
  }
}
