import Foundation
import Shared

/// The article that is read beside the chapters, as its Markdown has it.
struct Article {
  /// One of its files.
  struct Document {
    /// The file's name, `06-attacking.md`.
    var file: String
    var blocks: [ArticleBlock]

    /// The name of its place on the page.
    var id: String { Article.id(ofFile: file) }

    /// Its heading; nil if it has none.
    var heading: ArticleText? {
      blocks.lazy.compactMap { block -> ArticleText? in
        if case .heading(1, let text) = block { text } else { nil }
      }.first
    }

    var title: String { heading?.words.plainText ?? file }

    /// The name of a smaller heading's place: that which a code host gives it,
    /// reduced to letters and digits, behind the name of the file's own.
    func id(ofHeading words: String) -> String {
      let parts = words.lowercased()
        .filter {
          $0.isASCII && ($0.isLetter || $0.isNumber || " -".contains($0))
        }
        .split { " -".contains($0) }
      return ([id] + parts.map(String.init)).joined(separator: "-")
    }
  }

  static let introduction = "README.md"
  static let references = "references.md"
  private static let largestFile = 1 << 20

  /// Where its files are.
  let folder: URL
  /// Its files, in the order in which they are read.
  let documents: [Document]
  /// The names of all places on the page.
  let ids: Set<String>
  /// The names of the entries in the list of references.
  let keys: Set<String>

  /// Reads the files.
  ///
  /// - Returns: nil if there are none, or one of them cannot be read.
  init?(folder: URL = PackageFiles.article) {
    let names =
      (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    let files = Self.inOrder(names)
    let texts = try? files.map {
      try readFile(
        folder.appendingPathComponent($0), atMost: Self.largestFile)
    }
    guard let texts, !texts.isEmpty else { return nil }
    self.folder = folder
    documents = zip(files, texts).map {
      Document(
        file: $0,
        blocks: ArticleReader.blocks(of: String(decoding: $1, as: UTF8.self)))
    }
    ids = Set(documents.flatMap(Self.places))
    keys = Set(
      documents.filter { $0.file == Self.references }.flatMap(Self.names))
  }

  /// The package that the article belongs to.
  var package: URL { folder.deletingLastPathComponent() }

  /// `s06` for a section, `glossary` for the glossary.
  static func id(ofFile file: String) -> String {
    if let number = file.prefixMatch(of: #/([0-9]+)-/#) {
      "s\(number.1)"
    } else {
      file.prefix { $0 != "." }.lowercased()
    }
  }

  /// The files that belong to the article: its introduction, the sections, and
  /// what one looks up.
  private static func inOrder(_ names: [String]) -> [String] {
    let sections = names.filter {
      $0.wholeMatch(of: #/[0-9][0-9]-.+\.md/#) != nil
    }
    return
      ([introduction] + sections.sorted() + ["glossary.md", references])
      .filter { names.contains($0) }
  }

  private static func places(in document: Document) -> [String] {
    let headings = document.blocks.compactMap { block -> String? in
      guard case .heading(_, let text) = block, text != document.heading else {
        return nil
      }
      return document.id(ofHeading: text.words.plainText)
    }
    return [document.id] + headings + names(in: document)
  }

  /// The names that the Markdown itself gives.
  private static func names(in document: Document) -> [String] {
    document.blocks.flatMap(\.texts).flatMap(\.ids)
  }
}

extension PackageFiles {
  /// The article that is read beside the chapters.
  static let article = root.appendingPathComponent("Article")
}

extension ChapterName {
  /// The sections of the article that are read beside the chapter, as names of
  /// files in its folder.
  var sections: [String] {
    switch self {
    case .architecture, .data, .training: ["03-network.md"]
    case .hooks: ["05-inside.md"]
    case .attacks: ["06-attacking.md"]
    case .security: ["08-defences.md", "09-certificates.md"]
    }
  }

  /// Those of them that the package has.
  var sectionsAtHand: [String] {
    sections.filter {
      FileManager.default.fileExists(
        atPath: PackageFiles.article.appendingPathComponent($0).path)
    }
  }
}
