/// A formula taken apart, from the notation in which the chapters write it.
///
/// The notation is plain text that a terminal prints as it is:
///
///     ‖x′ − x‖∞ ≤ ε          norms, primes, Greek letters
///     xᵢ  w₁₂  10⁻³  x²      Unicode's own subscripts and superscripts
///     x_{i,j}  x^{t+1}       what Unicode has no characters for
///     Σ_{n=1}^{N} xₙ         limits
///     ∂loss⁄∂x               a fraction, with the fraction slash U+2044
///     (a + b)⁄(c + d)        whose outer brackets only hold it together
///     √(v̂ + ε)               so do those under a root
///
/// Two or more Latin letters in a row are one name: `sign`, `conv1`.
indirect enum Formula: Equatable, Sendable {
  case identifier(String)
  case number(String)
  /// Anything that stands between operands, or as a prefix before one.
  case symbol(String, isPrefix: Bool)
  /// A sum or product, whose limits go below and above.
  case largeOperator(String)
  case bracketed(open: String, [Formula], close: String)
  case scripted(Formula, below: [Formula], above: [Formula])
  case primed(Formula, primes: String)
  case accented(Formula, mark: String)
  case fraction([Formula], over: [Formula])
  case root([Formula])
  /// Space the author put between two operands: `log p`.
  case space
  /// What is no part of the notation, as it was written.
  case text(String)

  /// Whether a minus sign after this is a subtraction.
  var isOperand: Bool {
    switch self {
    case .symbol, .largeOperator, .space: false
    case .scripted(let base, below: _, above: _): base.isOperand
    default: true
    }
  }

  /// Whether brackets around this have to grow.
  var isTall: Bool {
    switch self {
    case .fraction, .largeOperator: true
    case .scripted(let base, below: _, above: _): base.isTall
    case .bracketed(open: _, let inside, close: _), .root(let inside):
      inside.contains(where: \.isTall)
    default: false
    }
  }

  /// Whether ∞ right after this says which norm it is: ‖x‖∞, ℓ∞.
  var hasNormBelow: Bool {
    switch self {
    case .bracketed(open: "‖", _, close: "‖"), .identifier("ℓ"): true
    default: false
    }
  }
}

/// The characters with a meaning of their own.
enum FormulaCharacters {
  static let subscripts = table(
    "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ",
    "0123456789+−=()aehijklmnoprstuvxβγρφχ")
  static let superscripts = table(
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿ",
    "0123456789+−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθ")
  static let largeOperators = table("ΣΠ∑∏∫", "∑∏∑∏∫")
  static let brackets = table("([{⌊⌈⟨", ")]}⌋⌉⟩")
  static let closingBrackets = Set(brackets.values)
  static let bars: Set<Character> = ["‖", "|"]
  static let signs: Set<Character> = ["+", "−", "-", "±", "∓"]
  /// Combining characters, and the marks they put on a letter.
  static let accents: [Unicode.Scalar: String] = [
    "\u{302}": "^", "\u{303}": "~", "\u{304}": "¯", "\u{307}": "˙",
  ]

  static func isScript(_ character: Character) -> Bool {
    subscripts[character] != nil || superscripts[character] != nil
  }

  static func isSymbol(_ character: Character) -> Bool {
    character.isMathSymbol || ",;:/*!·-‖()[]{}⌊⌋⌈⌉⟨⟩".contains(character)
  }

  static func isIdentifier(_ character: Character) -> Bool {
    character.isLetter || "∂∇∞…".contains(character)
  }

  static func beginsOperand(_ character: Character) -> Bool {
    isIdentifier(character) && largeOperators[character] == nil
      || brackets[character] != nil || bars.contains(character)
      || character == "√"
      || !isSymbol(character) && !character.isWhitespace
  }

  private static func table(
    _ keys: String, _ values: String
  ) -> [Character: Character] {
    Dictionary(uniqueKeysWithValues: zip(keys, values))
  }
}
