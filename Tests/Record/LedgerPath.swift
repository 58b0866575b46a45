import Foundation
import Shared

/// Where a number lies in the ledger: `pgd[epsilon=0.1].accuracy`.
///
/// Names are joined by dots. `[2]` is an element of a list by its index,
/// `[epsilon=0.1]` the first one whose value of that name is this, and `[*]`
/// each of them. A space in a name or a value is written as `_`.
struct LedgerPath {
  /// The chapter, or `seeds`; `*` for each chapter.
  let entry: String
  let path: String

  /// What lies there: one value without `[*]`.
  func values(in root: Any) throws -> [Any] {
    try values(at: path[...], in: root)
  }

  private func values(at rest: Substring, in value: Any) throws -> [Any] {
    guard let first = rest.first else { return [value] }
    if first == "[" {
      guard let end = rest.firstIndex(of: "]"), let list = value as? [Any]
      else { throw nothing(at: rest) }
      let tail = rest[rest.index(after: end)...]
      return try elements(rest[..<end].dropFirst(), of: list).flatMap {
        try values(at: tail, in: $0)
      }
    }
    // A name may hold dots of its own: the longest that fits.
    let name = first == "." ? rest.dropFirst() : rest
    guard let object = value as? [String: Any],
      let key = object.keys.filter({ begins(name, with: $0) })
        .max(by: { $0.count < $1.count }),
      let inner = object[key]
    else { throw nothing(at: rest) }
    return try values(at: name.dropFirst(key.count), in: inner)
  }

  private func begins(_ rest: Substring, with key: String) -> Bool {
    guard rest.hasPrefix(written(key)) else { return false }
    let next = rest.dropFirst(key.count).first
    return next == nil || next == "." || next == "["
  }

  private func elements(_ selector: Substring, of list: [Any]) throws -> [Any] {
    if selector == "*" { return list }
    if let index = Int(selector), list.indices.contains(index) {
      return [list[index]]
    }
    let parts = selector.split(separator: "=", maxSplits: 1)
    guard parts.count == 2,
      let element = list.first(where: {
        has(String(parts[1]), as: String(parts[0]), in: $0)
      })
    else { throw nothing(at: selector) }
    return [element]
  }

  private func has(_ text: String, as name: String, in element: Any) -> Bool {
    let object = element as? [String: Any] ?? [:]
    let value = object.first { written($0.key) == name }?.value
    if let value = value as? String { return written(value) == text }
    guard let number = value as? NSNumber, let wanted = Float(text) else {
      return false
    }
    return number.floatValue == wanted
  }

  private func written(_ name: String) -> String {
    name.replacing(" ", with: "_")
  }

  private func nothing(at rest: Substring) -> TutorialError {
    TutorialError("\(entry) has no single \"\(rest)\" as in \(path)")
  }
}
