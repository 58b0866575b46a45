import Foundation
import Testing

@testable import Lesson
@testable import Shared

@Suite struct SyntaxColoringTests {
  /// Lines of Swift, each with a letter below every character: k keyword,
  /// s string, c comment, n number, T type.
  private static let samples = [
    (
      #"let x: Float = 0.1 // "ε" 1"#,
      #"kkk    TTTTT   nnn cccccccc"#
    ),
    (
      #"a /* b /* c */ "d" */ e / f"#,
      #"  ccccccccccccccccccc      "#
    ),
    (
      #"1e-7+0xFF-10_000...2 conv2 $0 0b101 0xE-1"#,
      #"nnnn nnnn nnnnnn   n          nnnnn nnn n"#
    ),
    (
      #"print("a\"b\\", /* " */ c) // d"#,
      #"      ssssssss  ccccccc    cccc"#
    ),
    (
      #""a \(f("b", (1)) + let) e" + "unfinished \(1"#,
      #"sssss  sss   n     kkkssss   ssssssssssssssn"#
    ),
    (
      ###"#"a"\(1)\#(2)"# + ##"b"#c"## + "" + #/["](/# as B"###,
      #"sssssssssssnsss   ssssssssss   ss   ssssssss kk T"#
    ),
    (
      "@Test func `let in`() throws { #expect(.init(in: self)) }",
      "kkkkk kkkk            kkkkkk   kkkkkkk           kkkk    "
    ),
    (
      "func show(for name: Text, as kind: some View) -> Self? { nil }",
      "kkkk                TTTT           kkkk TTTT     kkkk    kkk  "
    ),
    (
      "default: for x in values where x is Int { Self.self }",
      "kkkkkkk  kkk   kk        kkkkk   kk TTT   kkkk kkkk  "
    ),
  ]

  @Test(arguments: samples)
  func `characters get their color`(line: String, expected: String) {
    #expect(marks(SyntaxColoring.spans(line), line: line) == expected)
  }

  @Test func `literals and comments go on from line to line`() {
    let lines = [
      #"say(""" "#, #"  let "it" be \(let "#, "  func", #"  """, 1)"#,
      "/* let", "  var */ var", #"x = "open"#, "let",
    ]
    let expected = [
      #"    ssss"#, #"sssssssssssssssskkk "#, "ssssss", #"sssss  n "#,
      "cccccc", "cccccccc kkk", #"    sssss"#, "kkk",
    ]
    let spans = SyntaxColoring.spans(ofLines: lines)
    #expect(zip(spans, lines).map { marks($0, line: $1) } == expected)
  }

  /// At the end of a file that compiles, every literal has been closed.
  @Test func `this package stays as it is`() throws {
    var files = 0
    for folder in ["Chapters", "Shared", "Tests"] {
      let root = PackageFiles.root.appending(path: folder)
      let paths = FileManager.default.enumerator(
        at: root, includingPropertiesForKeys: nil)
      while let file = paths?.nextObject() as? URL {
        guard file.pathExtension == "swift" else { continue }
        let text = try String(contentsOf: file, encoding: .utf8)
        let lines = text.components(separatedBy: "\n") + ["let end"]
        let spans = SyntaxColoring.spans(ofLines: lines)
        let joined = spans.map { $0.map(\.text).joined() }
        #expect(joined.map { Array($0.utf8) } == lines.map { Array($0.utf8) })
        #expect(spans.last?.first?.kind == .keyword, "\(file.path)")
        #expect(spans.allSatisfy { $0.allSatisfy { !$0.text.isEmpty } })
        files += 1
      }
    }
    #expect(files > 100)
  }

  private func marks(_ spans: [SyntaxColoring.Span], line: String) -> String {
    #expect(spans.map(\.text).joined() == line)
    return spans.map { text, kind in
      let mark: Character =
        switch kind {
        case .plain: " "
        case .keyword: "k"
        case .string: "s"
        case .comment: "c"
        case .number: "n"
        case .type: "T"
        }
      return String(repeating: mark, count: text.count)
    }.joined()
  }
}
