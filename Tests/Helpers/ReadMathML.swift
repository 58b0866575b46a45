import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// MathML as an XML parser sees it.
struct ReadMathML {
  var elements: Set<String>
  var text: String
  /// Elements with another number of children than MathML Core gives them.
  var faults: [String]

  init(_ source: String) throws {
    let reader = Reader()
    let parser = XMLParser(data: Data(source.utf8))
    parser.delegate = reader
    try #require(parser.parse(), "\(source)")
    (elements, text, faults) = (reader.elements, reader.text, reader.faults)
  }

  private final class Reader: NSObject, XMLParserDelegate {
    var elements: Set<String> = []
    var text = ""
    var faults: [String] = []
    private var children = [0]
    private let arity = [
      "mfrac": 2, "msub": 2, "msup": 2, "msubsup": 3, "munder": 2, "mover": 2,
      "munderover": 3, "mi": 0, "mn": 0, "mo": 0, "mtext": 0,
    ]

    func parser(
      _ parser: XMLParser, didStartElement name: String,
      namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      elements.insert(name)
      children[children.count - 1] += 1
      children.append(0)
    }

    func parser(
      _ parser: XMLParser, didEndElement name: String,
      namespaceURI: String?, qualifiedName: String?
    ) {
      let count = children.removeLast()
      if let arity = arity[name], arity != count { faults.append(name) }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
      text += string
    }
  }
}
