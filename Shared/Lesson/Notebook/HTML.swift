import Foundation
import Shared

/// Small pieces of HTML as text.
enum HTML {
  /// Text that means nothing to a browser, in content and in attributes.
  static func escape(_ text: some StringProtocol) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      case "\n", "\t": escaped.unicodeScalars.append(scalar)
      default:
        escaped.unicodeScalars.append(
          scalar.isPrintable ? scalar : "\u{FFFD}")
      }
    }
    return escaped
  }

  /// An element around finished HTML; attributes are escaped here.
  static func element(
    _ name: String, _ attributes: KeyValuePairs<String, String> = [:],
    around content: String
  ) -> String {
    "\(tag(name, attributes))\(content)</\(name)>"
  }

  /// An element that holds nothing, or the beginning of one that does.
  static func tag(
    _ name: String, _ attributes: KeyValuePairs<String, String> = [:]
  ) -> String {
    let list = attributes.map { " \($0.key)=\"\(escape($0.value))\"" }
    return "<\(name)\(list.joined())>"
  }

  /// A picture inside the page itself.
  static func image(_ png: PNG, alternative: String, scale: Int) -> String {
    tag(
      "img",
      [
        "src": "data:image/png;base64,\(png.encoded.base64EncodedString())",
        "alt": alternative, "width": "\(png.width * scale)",
        "height": "\(png.height * scale)",
      ])
  }

  /// A whole page that loads nothing, and by its policy cannot.
  static func page(
    title: String, description: String, stylesheet: String, body: String
  ) -> String {
    let policy =
      "default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
      + "script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta http-equiv="Content-Security-Policy" content="\(policy)">
      <meta name="description" content="\(escape(description))">
      <title>\(escape(title))</title>
      <style>
      \(stylesheet)</style>
      </head>
      <body>
      <a class="skip" href="#main">Skip to the text</a>
      \(body)
      </body>
      </html>

      """
  }
}

extension Unicode.Scalar {
  /// Whether it may stand in a document: neither a control character nor one
  /// of the two that XML forbids.
  var isPrintable: Bool {
    properties.generalCategory != .control
      && !(0xFFFE...0xFFFF).contains(value)
  }
}

/// Names for places on a page, each given once.
struct Anchors {
  private var used: Set<String>

  init(reserved: Set<String>) { used = reserved }

  /// A name made of the letters and digits of a title.
  mutating func name(for title: String) -> String {
    let words = title.lowercased().split {
      !($0.isASCII && ($0.isLetter || $0.isNumber))
    }
    let base = words.isEmpty ? "part" : words.joined(separator: "-")
    var name = base
    var count = 1
    while !used.insert(name).inserted {
      count += 1
      name = "\(base)-\(count)"
    }
    return name
  }
}
