import Foundation
import Shared

/// Where the links of the article lead on its page.
struct ArticleLinks {
  var article: Article
  /// The folder of the page.
  var folder: URL
  /// The chapters that have a page in the same folder.
  var chapters: Set<ChapterName>

  /// The address of a link as the page needs it.
  ///
  /// - Parameters:
  ///   - address: As the article has it, seen from its own folder.
  ///   - document: The file in which it stands.
  /// - Returns: nil if it would lead nowhere there.
  func target(of address: String, in document: Article.Document) -> String? {
    let isElsewhere = ["https://", "http://"].contains {
      address.lowercased().hasPrefix($0)
    }
    if isElsewhere { return address }
    let file = String(address.prefix { $0 != "#" })
    let fragment = String(address.dropFirst(file.count + 1))
    let name = file.isEmpty ? document.file : file
    if let other = article.documents.first(where: { $0.file == name }) {
      return "#\(place(fragment, in: other))"
    }
    if let main = file.wholeMatch(of: #/\.\.\/Chapters\/([^\/]+)\/main\.swift/#)
    {
      let chapter = ChapterName(rawValue: String(main.1))
      return chapter.flatMap {
        chapters.contains($0) ? "\($0.rawValue).html" : nil
      }
    }
    return packageFile(file)
  }

  private func place(_ fragment: String, in document: Article.Document)
    -> String
  {
    guard !fragment.isEmpty else { return document.id }
    return [fragment, document.id(ofHeading: fragment)].first {
      article.ids.contains($0)
    } ?? document.id
  }

  /// A page in the package's own output folder knows where the package is; a
  /// browser shows no Markdown.
  private func packageFile(_ path: String) -> String? {
    let package = article.package.standardizedFileURL.path + "/"
    let file = article.folder.appendingPathComponent(path).standardizedFileURL
      .path
    guard let wayUp, file.hasPrefix(package), !file.hasSuffix(".md"),
      FileManager.default.fileExists(atPath: file)
    else { return nil }
    return wayUp + String(file.dropFirst(package.count))
  }

  /// From the page to the package.
  private var wayUp: String? {
    let output = article.package.appendingPathComponent(
      PackageFiles.output.lastPathComponent)
    func path(isQuick: Bool) -> String {
      Workspace(output: output, isQuick: isQuick).folder.standardizedFileURL
        .path
    }
    return switch folder.standardizedFileURL.path {
    case path(isQuick: false): "../"
    case path(isQuick: true): "../../"
    default: nil
    }
  }
}
