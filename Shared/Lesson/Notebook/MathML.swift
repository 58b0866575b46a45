/// Formulas for browsers, in MathML Core (https://www.w3.org/TR/mathml-core/).
enum MathML {
  /// A `<math>` element for a formula in the notation of `Formula`.
  ///
  /// Never fails: what is no notation is set as text. A formula on a line of
  /// its own (`isBlock`) has its sums large, with limits above and below.
  static func render(_ notation: String, isBlock: Bool = false) -> String {
    let parts = FormulaParser.parse(notation)
    return element(
      "math", parts.isEmpty ? "" : row(parts),
      attributes: isBlock ? " display=\"block\"" : "")
  }

  /// Always exactly one element, as fractions and scripts require.
  private static func row(_ parts: [Formula]) -> String {
    let parts = withoutIdleSpace(parts)
    let rendered = parts.map(render).joined()
    return parts.count == 1 ? rendered : element("mrow", rendered)
  }

  /// Operators bring their own space; only that between operands is kept.
  private static func withoutIdleSpace(_ parts: [Formula]) -> [Formula] {
    parts.enumerated().filter { index, part in
      part != .space
        || index > 0 && index + 1 < parts.count && parts[index - 1].isOperand
          && parts[index + 1].isOperand
    }.map(\.element)
  }

  private static func render(_ part: Formula) -> String {
    switch part {
    case .identifier("∇"):
      element("mi", "∇", attributes: " mathvariant=\"normal\"")
    case .identifier(let name): element("mi", escaped(name))
    case .number(let digits): element("mn", escaped(digits))
    case .symbol(let symbol, let isPrefix):
      element(
        "mo", escaped(symbol), attributes: isPrefix ? " form=\"prefix\"" : "")
    case .largeOperator(let symbol): element("mo", symbol)
    case .bracketed(let open, let inside, let close):
      bracketed(open, inside, close)
    case .scripted(let base, let below, let above):
      scripted(base, below: below, above: above)
    case .primed(let base, let primes):
      // No superscript: most fonts have raised the character already.
      element("mrow", render(base) + element("mo", primes))
    case .accented(let base, let mark):
      element(
        "mover",
        render(base)
          + element("mo", mark, attributes: " stretchy=\"false\""),
        attributes: " accent=\"true\"")
    case .fraction(let above, let below):
      element("mfrac", row(above) + row(below))
    case .root(let inside): element("msqrt", row(inside))
    case .space: "<mspace width=\"0.17em\"/>"
    case .text(let text): element("mtext", escaped(text))
    }
  }

  private static func bracketed(
    _ open: String, _ inside: [Formula], _ close: String
  ) -> String {
    let grows = inside.contains(where: \.isTall)
    func fence(_ bracket: String) -> String {
      bracket.isEmpty
        ? ""
        : element(
          "mo", bracket, attributes: grows ? "" : " stretchy=\"false\"")
    }
    return element("mrow", fence(open) + row(inside) + fence(close))
  }

  private static func scripted(
    _ base: Formula, below: [Formula], above: [Formula]
  ) -> String {
    let limits = takesLimits(base)
    let scripts = limits ? limitBase(base) : render(base)
    return switch (below.isEmpty, above.isEmpty) {
    case (true, true): scripts
    case (false, true):
      element(limits ? "munder" : "msub", scripts + row(below))
    case (true, false):
      element(limits ? "mover" : "msup", scripts + row(above))
    case (false, false):
      element(
        limits ? "munderover" : "msubsup", scripts + row(below) + row(above))
    }
  }

  private static func takesLimits(_ base: Formula) -> Bool {
    switch base {
    case .largeOperator(let symbol): symbol != "∫"
    case .identifier(let name): limitNames.contains(name)
    default: false
    }
  }

  private static let limitNames: Set = ["argmax", "argmin", "max", "min"]

  /// As an operator, a name moves its limits aside inside a line, as a sum
  /// does.
  private static func limitBase(_ base: Formula) -> String {
    guard case .identifier(let name) = base else { return render(base) }
    return element(
      "mo", name,
      attributes: " lspace=\"0\" rspace=\"0\" movablelimits=\"true\"")
  }

  private static func element(
    _ name: String, _ content: String, attributes: String = ""
  ) -> String {
    "<\(name)\(attributes)>\(content)</\(name)>"
  }

  /// Scalar by scalar: `<` with an accent on it is a character of its own.
  private static func escaped(_ text: String) -> String {
    text.unicodeScalars.map {
      switch $0 {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      default:
        $0.isPrintable ? String($0) : "\u{FFFD}"
      }
    }.joined()
  }
}
