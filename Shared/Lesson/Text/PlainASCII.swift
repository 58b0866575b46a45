import Foundation

extension String {
  /// The text for a terminal that knows nothing but ASCII.
  ///
  /// What lines are drawn with keeps its width; Greek letters and some signs
  /// are spelt out.
  var plainASCII: String {
    if utf8.allSatisfy({ $0 < 0x80 }) { return self }
    return map { character in
      if character.isASCII { return String(character) }
      if character.isBraille { return "*" }
      return Self.substitutes[character] ?? character.withoutAccent
    }.joined()
  }

  private static let substitutes: [Character: String] = {
    let drawn = [
      ("─━═‖–—−‐‑", "-"), ("│┃▏▎▍▌▋▊▉", "|"), ("┌┐└┘├┤┬┴┼", "+"),
      ("█▇▆▅▄▀", "#"), ("▃▂▁░▒▓", "="), ("•·⋅", "*"), ("×", "x"),
      ("\u{A0}\u{202F}\u{2009}", " "), ("“”„«»", "\""), ("‘’′", "'"),
      ("⁰₀", "0"), ("¹₁", "1"), ("²₂", "2"), ("³₃", "3"), ("⁴₄", "4"),
      ("⁵₅", "5"), ("⁶₆", "6"), ("⁷₇", "7"), ("⁸₈", "8"), ("⁹₉", "9"),
      ("∂", "d"), ("ℓ", "l"), ("↪", ">"), ("≈", "~"),
    ]
    let spelt = [
      ("α", "alpha"), ("β", "beta"), ("γ", "gamma"), ("δ", "delta"),
      ("ε", "eps"), ("η", "eta"), ("θ", "theta"), ("λ", "lambda"),
      ("μ", "mu"), ("σ", "sigma"), ("φ", "phi"), ("∇", "grad "),
      ("√", "root "), ("∞", "inf"), ("½", "1/2"), ("±", "+-"), ("→", "->"),
      ("←", "<-"), ("≤", "<="), ("≥", ">="), ("…", "..."), ("ß", "ss"),
    ]
    return (drawn + spelt).reduce(into: [:]) { table, entry in
      for character in entry.0 { table[character] = entry.1 }
    }
  }()
}

extension Character {
  fileprivate var isBraille: Bool {
    unicodeScalars.allSatisfy { (0x2800...0x28FF).contains($0.value) }
  }

  /// `e` for `é`; a question mark for what has no ASCII at its heart.
  fileprivate var withoutAccent: String {
    let base = String(self).decomposedStringWithCanonicalMapping
      .unicodeScalars.filter(\.isASCII)
    return base.isEmpty ? "?" : String(String.UnicodeScalarView(base))
  }
}
