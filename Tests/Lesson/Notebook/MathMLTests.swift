import Foundation
import Testing

@testable import Lesson
@testable import Shared

@Suite struct MathMLTests {
  /// The notation, and the elements a hand would write for it.
  @Test(arguments: [
    ("", ""),
    ("x", "<mi>x</mi>"),
    ("a < b", "<mrow><mi>a</mi><mo>&lt;</mo><mi>b</mi></mrow>"),
    ("x²", "<msup><mi>x</mi><mn>2</mn></msup>"),
    ("w₁₂", "<msub><mi>w</mi><mn>12</mn></msub>"),
    ("wᵢⱼ", "<msub><mi>w</mi><mrow><mi>i</mi><mi>j</mi></mrow></msub>"),
    ("xₘₐₓ", "<msub><mi>x</mi><mi>max</mi></msub>"),
    ("β₁ᵗ", "<msubsup><mi>β</mi><mn>1</mn><mi>t</mi></msubsup>"),
    (
      "10⁻³",
      "<msup><mn>10</mn><mrow><mo form=\"prefix\">−</mo><mn>3</mn></mrow></msup>"
    ),
    (
      "x^{t+1}",
      "<msup><mi>x</mi><mrow><mi>t</mi><mo>+</mo><mn>1</mn></mrow></msup>"
    ),
    ("x_i", "<msub><mi>x</mi><mi>i</mi></msub>"),
    ("x′₁", "<msub><mrow><mi>x</mi><mo>′</mo></mrow><mn>1</mn></msub>"),
    (
      "∂loss⁄∂x",
      "<mfrac><mrow><mi>∂</mi><mi>loss</mi></mrow>"
        + "<mrow><mi>∂</mi><mi>x</mi></mrow></mfrac>"
    ),
    (
      "(a + b)⁄(c + d)",
      "<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow>"
        + "<mrow><mi>c</mi><mo>+</mo><mi>d</mi></mrow></mfrac>"
    ),
    ("√(x²)", "<msqrt><msup><mi>x</mi><mn>2</mn></msup></msqrt>"),
    (
      "Σ_{n=1}^N xₙ",
      "<mrow><munderover><mo>∑</mo>"
        + "<mrow><mi>n</mi><mo>=</mo><mn>1</mn></mrow><mi>N</mi></munderover>"
        + "<msub><mi>x</mi><mi>n</mi></msub></mrow>"
    ),
    (
      "‖w‖∞",
      "<msub><mrow><mo stretchy=\"false\">‖</mo><mi>w</mi>"
        + "<mo stretchy=\"false\">‖</mo></mrow><mi>∞</mi></msub>"
    ),
    (
      "−log p",
      "<mrow><mo form=\"prefix\">−</mo><mi>log</mi>"
        + "<mspace width=\"0.17em\"/><mi>p</mi></mrow>"
    ),
    (
      "ŷ",
      "<mover accent=\"true\"><mi>y</mi><mo stretchy=\"false\">^</mo></mover>"
    ),
    ("421,642", "<mn>421,642</mn>"),
    (
      "0,255", "<mrow><mn>0</mn><mo>,</mo><mn>255</mn></mrow>"
    ),
    ("\u{FFFE}", "<mtext>\u{FFFD}</mtext>"),
    ("&<\u{301}", "<mrow><mtext>&amp;</mtext><mo>&lt;\u{301}</mo></mrow>"),
  ])
  func `notation becomes elements`(notation: String, elements: String) {
    #expect(MathML.render(notation) == "<math>\(elements)</math>")
  }

  @Test func `a line of its own shows limits above and below`() {
    #expect(
      MathML.render("x", isBlock: true)
        == "<math display=\"block\"><mi>x</mi></math>")
  }

  @Test func `bars find their partners`() {
    let brackets = { (notation: String) in
      FormulaParser.parse(notation).filter {
        if case .bracketed = $0 { true } else { false }
      }.count
    }
    #expect(brackets("‖a‖ / ‖b‖") == 2)
    #expect(brackets("|a||b|") == 2)
    #expect(brackets("| |a| − |b| |") == 1)
    #expect(brackets("y | x") == 0)
  }

  /// Formulas of the chapters and of the sources' comments.
  private static let formulas = [
    "(loss(w + h) − loss(w − h)) / 2h", "n + 2p − k + 1",
    "28 → 14 → 7 → 3136", "−1·0 + 0·0 + 1·1 = 1", "28 × 28", "−log p",
    "64 · 7 · 7 = 3136", "−log 0.1 = 2.303", "‖∂L/∂w‖", "p = 0.1", "½",
    "‖a(x′) − a(x)‖ / ‖a(x)‖", "‖a(x′) − a(x)‖₂⁄‖a(x)‖₂", "2·x₁ − 3·x₂",
    "x = (0.6, 0.3)", "2·0.6 − 3·0.3 = 0.3", "ε·‖w‖₁", "ε = 0.1", "±ε",
    "∂loss/∂x = (−0.812, 1.218)", "x′ = (0.50, 0.40)", "‖x′ − x‖∞ ≤ ε",
    "x′ = clip(x + ε · sign(∂loss⁄∂x), 0, 1)", "α = 1.25 ε", "ℓ₂", "ℓ∞",
    "x′ = clamp(x + ε · sign(∂loss/∂x), 0…1)", "0 ≤ x′ ≤ 1",
    "x ← project(x + stepSize · sign(∂loss/∂x))", "[0, 1)", "[0,255]",
    "min_w 1⁄N Σ_{n=1}^{N} max_{‖δₙ‖∞ ≤ ε} loss(w, xₙ + δₙ, yₙ)",
    "softmax(z)ᵢ = exp(zᵢ) / Σⱼ exp(zⱼ)", "m ← β₁ m + (1 − β₁) g",
    "softmax(z)ᵢ = exp(zᵢ)⁄(Σⱼ exp(zⱼ))", "v ← β₂ v + (1 − β₂) g²",
    "learningRate · (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)",
    "w ← w − η m̂⁄(√v̂ + ε)", "√(6 / ((1 + a²) · fanIn))", "a = √5",
    "output[n, o] = bias[o] + Σ weight[o, i] · input[n, i]", "1⁄√fanIn",
    "y_{i,j} = b + Σ_{u=−1}^{1} Σ_{v=−1}^{1} w_{u,v} x_{i+u,j+v}",
    "x^{t+1} = clip(xᵗ + α sign(∇ₓ loss(xᵗ)))", "10⁻³ ≈ 0.001",
    "p(y | x) ∈ [0, 1]", "∂loss/∂logits = softmax(logits) − onehot(label)",
    "Gᵀ · X", "ŷ = argmaxₖ zₖ", "x ↦ max(0, x)", "(x − 0.1307)⁄0.3081",
  ]

  @Test(arguments: formulas)
  func `every formula of the chapters is understood`(notation: String) throws {
    let page = try ReadMathML(MathML.render(notation))
    #expect(!page.elements.contains("mtext"))
    #expect(page.faults == [])
    #expect(skeleton(page.text) == skeleton(notation))
  }

  /// Whatever is written, the result is well-formed and nothing gets lost.
  @Test func `any text can be set`() throws {
    let pieces = Array("ab1,.()[]{}|‖ ⁄√Σ_^ᵢ²⁻′x̂∞ℓ−+=<&\"🙂ŷ…%").map(String.init)
    var generator = SeededGenerator(seed: 1)
    for length in 1...500 {
      let notation = (0..<length % 30).map { _ in
        pieces[Int(generator.next() % UInt64(pieces.count))]
      }.joined()
      let page = try ReadMathML(MathML.render(notation))
      #expect(page.faults == [], "\(notation)")
      #expect(
        skeleton(page.text).sorted() == skeleton(notation).sorted(),
        "\(notation)")
    }
  }

  @Test(arguments: [
    "(", "‖", "√", "x_{", "x^", "a⁄", "√Σ_{", "1⁄Σ_{", "(1⁄", "1⁄(", "′", "₍",
    ")", "x_√", "| ",
  ])
  func `endless formulas end`(piece: String) throws {
    let notation = String(repeating: piece, count: 3_000)
    #expect(try ReadMathML(MathML.render(notation)).faults == [])
  }

  /// The characters that remain when the layout is taken away.
  private func skeleton(_ text: String) -> String {
    let scripts = FormulaCharacters.subscripts.merging(
      FormulaCharacters.superscripts
    ) { first, _ in first }
    let symbols = text.decomposedStringWithCanonicalMapping.filter {
      !$0.isWhitespace && !"_^{}()⁄√".contains($0)
    }
    return String(symbols.map { scripts[$0] ?? $0 })
      .unicodeScalars.filter { $0 != "\u{302}" && $0 != "^" }
      .map { $0 == "Σ" ? "∑" : String($0) }.joined()
      .filter { !"()".contains($0) }
  }
}
