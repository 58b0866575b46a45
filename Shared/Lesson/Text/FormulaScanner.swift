import Foundation

/// Reads the single parts of a formula: names, numbers, symbols.
struct FormulaScanner {
  private let characters: [Character]
  private(set) var position = 0
  /// ᵢⱼ is i and j, where "ij" would be a name.
  private let separatesLetters: Bool

  init(_ text: String, separatesLetters: Bool = false) {
    characters = Array(text)
    self.separatesLetters = separatesLetters
  }

  var next: Character? { self[0] }

  /// The character so many places ahead, or behind if negative.
  subscript(offset: Int) -> Character? {
    let index = position + offset
    return characters.indices.contains(index) ? characters[index] : nil
  }

  mutating func skip(_ count: Int = 1) {
    position = min(position + count, characters.count)
  }

  mutating func skipSpace() {
    while next?.isWhitespace == true { skip() }
  }

  mutating func goBack(to position: Int) {
    self.position = position
  }

  /// The characters as long as they are in the table, looked up there.
  mutating func run(in table: [Character: Character]) -> String? {
    let run = characters[position...].prefix { table[$0] != nil }
    skip(run.count)
    return run.isEmpty ? nil : String(run.compactMap { table[$0] })
  }

  /// One part that needs no other to be understood.
  mutating func part(afterOperand: Bool) -> Formula? {
    guard let character = next else { return nil }
    if let name = name() { return .identifier(name) }
    if let number = number() { return .number(number) }
    skip()
    return accented(character) ?? single(character, afterOperand: afterOperand)
  }

  /// Two Latin letters or more, and digits that follow: `fc2`.
  private mutating func name() -> String? {
    guard !separatesLetters else { return nil }
    let letters = characters[position...].prefix { $0.isASCII && $0.isLetter }
    guard letters.count > 1 else { return nil }
    let digits = characters[letters.endIndex...].prefix(while: Self.isDigit)
    skip(letters.count + digits.count)
    return String(letters + digits)
  }

  /// `0.1`, `421,642`, `1e-7`.
  private mutating func number() -> String? {
    let start = position
    digits()
    guard position > start else { return nil }
    if position - start <= 3, characters[start] != "0" {
      while next == ",", (1...3).allSatisfy({ Self.isDigit(self[$0]) }),
        !Self.isDigit(self[4])
      {
        skip(4)
      }
    }
    if next == ".", Self.isDigit(self[1]) {
      skip()
      digits()
    }
    if next == "e", ["-", "−"].contains(self[1]), Self.isDigit(self[2]) {
      skip(2)
      digits()
    }
    return String(characters[start..<position])
  }

  private mutating func digits() {
    while Self.isDigit(next) { skip() }
  }

  private static func isDigit(_ character: Character?) -> Bool {
    character.map { ("0"..."9").contains($0) } ?? false
  }

  /// A letter with a hat is one character, however it was typed.
  private func accented(_ character: Character) -> Formula? {
    let scalars = Array(
      String(character).decomposedStringWithCanonicalMapping.unicodeScalars)
    guard scalars.count == 2,
      let mark = FormulaCharacters.accents[scalars[1]]
    else { return nil }
    return .accented(.identifier(String(scalars[0])), mark: mark)
  }

  private func single(_ character: Character, afterOperand: Bool) -> Formula {
    let text = String(character)
    if let large = FormulaCharacters.largeOperators[character] {
      return .largeOperator(String(large))
    }
    if FormulaCharacters.isScript(character) { return .text(text) }
    if FormulaCharacters.isIdentifier(character) { return .identifier(text) }
    if character.isNumber { return .number(text) }
    guard FormulaCharacters.isSymbol(character) else { return .text(text) }
    return .symbol(
      character == "-" ? "−" : text,
      isPrefix: !afterOperand && FormulaCharacters.signs.contains(character))
  }
}
