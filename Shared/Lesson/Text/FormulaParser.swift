/// Reads a formula in one pass, without going back further than a character.
///
/// There is no wrong notation: what it does not know becomes text, and a
/// bracket that never closes stays open.
struct FormulaParser {
  private typealias End = (_ next: Character, _ afterOperand: Bool) -> Bool

  private var scanner: FormulaScanner
  /// Keeps a long row of opening brackets from using up the stack.
  private var depth = 0
  private static let maximumDepth = 24

  static func parse(_ notation: String) -> [Formula] {
    parse(FormulaScanner(notation))
  }

  private static func parse(_ scanner: FormulaScanner) -> [Formula] {
    var parser = FormulaParser(scanner: scanner)
    return parser.row { _, _ in false }
  }

  private init(scanner: FormulaScanner) {
    self.scanner = scanner
  }

  /// Parts up to a character that ends the row, which is left unread.
  private mutating func row(until ends: End) -> [Formula] {
    var parts: [Formula] = []
    var afterOperand = false
    while let next = scanner.next, !ends(next, afterOperand) {
      if next.isWhitespace {
        scanner.skipSpace()
        parts.append(.space)
        continue
      }
      if next == "⁄", let fraction = fraction(from: &parts, until: ends) {
        parts.append(fraction)
      } else if let term = term(afterOperand: afterOperand) {
        parts.append(term)
      }
      afterOperand = parts.last?.isOperand ?? false
    }
    return parts
  }

  /// An atom with its subscripts and superscripts.
  private mutating func term(afterOperand: Bool) -> Formula? {
    guard var base = atom(afterOperand: afterOperand) else { return nil }
    switch base {
    case .symbol, .text: return base
    default: break
    }
    var primes = ""
    var below: [Formula] = []
    var above: [Formula] = []
    while let next = scanner.next {
      if next == "′" || next == "″" {
        scanner.skip()
        primes.append(next)
      } else if next == "∞", base.hasNormBelow {
        scanner.skip()
        below.append(.identifier("∞"))
      } else if let script = script(FormulaCharacters.subscripts, or: "_") {
        below += script
      } else if let script = script(FormulaCharacters.superscripts, or: "^") {
        above += script
      } else {
        break
      }
    }
    if !primes.isEmpty { base = .primed(base, primes: primes) }
    return below.isEmpty && above.isEmpty
      ? base : .scripted(base, below: below, above: above)
  }

  private mutating func script(
    _ table: [Character: Character], or mark: Character
  ) -> [Formula]? {
    if let text = scanner.run(in: table) {
      let isName = text == "max" || text == "min"
      return Self.parse(FormulaScanner(text, separatesLetters: !isName))
    }
    guard scanner.next == mark, let first = scanner[1] else { return nil }
    return nested { parser in
      parser.scanner.skip()
      if first == "{" {
        parser.scanner.skip()
        defer { parser.scanner.skip() }
        return parser.row { next, _ in next == "}" }
      }
      return parser.operand().map { [$0] }
    }
  }

  private mutating func atom(afterOperand: Bool) -> Formula? {
    if scanner.next == "√" {
      let root = nested { parser in
        parser.scanner.skip()
        return parser.operand { $0.term(afterOperand: false) }
      }
      if let root { return .root(Self.unwrapped([root])) }
    }
    if let open = opening(afterOperand: afterOperand),
      let group = nested({ $0.bracketed(open) })
    {
      return group
    }
    return scanner.part(afterOperand: afterOperand)
  }

  /// The next part if it is an operand; else nothing is read.
  private mutating func operand(
    _ read: (inout Self) -> Formula? = { $0.atom(afterOperand: false) }
  ) -> Formula? {
    guard let next = scanner.next, FormulaCharacters.beginsOperand(next) else {
      return nil
    }
    return read(&self)
  }

  /// One level deeper; if that is too deep or fails, nothing is read.
  private mutating func nested<Result>(
    _ read: (inout Self) -> Result?
  ) -> Result? {
    guard depth < Self.maximumDepth else { return nil }
    let start = scanner.position
    depth += 1
    defer { depth -= 1 }
    if let result = read(&self) { return result }
    scanner.goBack(to: start)
    return nil
  }
}

// MARK: - Brackets

extension FormulaParser {
  /// A bar opens unless it has space on both sides, as in p(y | x).
  private func opening(afterOperand: Bool) -> Character? {
    guard let next = scanner.next else { return nil }
    if FormulaCharacters.bars.contains(next) {
      let standsAlone =
        scanner[-1]?.isWhitespace == true && scanner[1]?.isWhitespace == true
      return afterOperand && standsAlone ? nil : next
    }
    return FormulaCharacters.brackets[next] == nil ? nil : next
  }

  private mutating func bracketed(_ open: Character) -> Formula {
    scanner.skip()
    let inside =
      FormulaCharacters.bars.contains(open)
      ? row {
        $1 && $0 == open || FormulaCharacters.closingBrackets.contains($0)
      }
      : row { next, _ in FormulaCharacters.closingBrackets.contains(next) }
    guard let close = scanner.next,
      close == open || !FormulaCharacters.bars.contains(open)
    else { return .bracketed(open: String(open), inside, close: "") }
    scanner.skip()
    return .bracketed(open: String(open), inside, close: String(close))
  }
}

// MARK: - Fractions

extension FormulaParser {
  /// Numerator and denominator reach to the next space or operator.
  private mutating func fraction(
    from parts: inout [Formula], until ends: End
  ) -> Formula? {
    let start = scanner.position
    let spaces = parts.last == .space ? 1 : 0
    let above = parts.dropLast(spaces).reversed().prefix {
      if case .fraction = $0 { false } else { $0.isOperand }
    }
    scanner.skip()
    scanner.skipSpace()
    var below: [Formula] = []
    while let next = scanner.next, next != "⁄", !ends(next, !below.isEmpty),
      let part = operand({ $0.term(afterOperand: !below.isEmpty) })
    {
      below.append(part)
    }
    guard !above.isEmpty, !below.isEmpty else {
      scanner.goBack(to: start)
      return nil
    }
    parts.removeLast(above.count + spaces)
    return .fraction(
      Self.unwrapped(above.reversed()), over: Self.unwrapped(below))
  }

  /// Brackets around the whole of a numerator only hold it together.
  private static func unwrapped(_ parts: [Formula]) -> [Formula] {
    if parts.count == 1, case .bracketed("(", let inside, ")") = parts[0] {
      return inside
    }
    return parts
  }
}
