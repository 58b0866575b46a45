@testable import Lesson
@testable import Shared

extension FuzzFormat {
  /// There is no wrong formula; but its markup could be wrong.
  static let formula = FuzzFormat(
    "formula",
    seeds: [
      "min_w 1⁄N Σ_{n=1}^{N} max_{‖δₙ‖∞ ≤ ε} loss(w, xₙ + δₙ, yₙ)",
      "learningRate · (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)",
      "(∂loss⁄∂x)⁄‖a(x′) − a(x)‖₂ = −1·0.5 + 421,642e-7", "p(y | x) ∈ [0, 1]",
      "ŷ = argmaxₖ zₖ",
    ].map(parts),
    words: [
      "<", ">", "&", "\"", "<script>", "&lt;", "]]>", "\0", "\u{1B}[2J",
      "\u{85}", "\u{7F}", "\u{FFFE}", "\u{FFFF}", "\u{202E}",
      "\u{301}", "x\u{302}", "√", "⁄", "_{", "^{", "}", "(", ")", "|", "‖",
      "\r\n", "🙂", "′", "∫",
    ].map { Array($0.utf8) },
    read: { MathML.render(String(decoding: $0, as: UTF8.self)) },
    fault: { markup, _ in
      let hasControl = markup.unicodeScalars.contains {
        $0.properties.generalCategory == .control
      }
      if hasControl { return "becomes markup with a control character" }
      if markup.contains("<script") { return "becomes a script" }
      let faults = try ReadMathML(markup).faults
      return faults.isEmpty ? nil : "becomes markup with a wrong \(faults)"
    })
}
