import Testing

@testable import Shared

@Suite struct TutorialErrorTests {
  @Test(arguments: ["a", "\u{1B}", "\0", "é🙂"])
  func `a sentence stays short whatever it quotes`(piece: String) {
    let name = String(repeating: piece, count: 2000)
    let scalars = TutorialError("\(name) is no file.").description
      .unicodeScalars
    #expect(scalars.count == 1200)
    #expect(!scalars.contains { $0.properties.generalCategory == .control })
    #expect(String(scalars).hasSuffix(" is no file."))
  }
}
