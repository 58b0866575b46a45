import Shared

extension RobustnessReport {
  /// The report as Markdown: a function of its numbers, and of nothing else.
  public var markdown: String {
    let parts: [[String]] = [
      ["# Robustness of `\(code(model.file))`\(isQuick ? " (quick run)" : "")"],
      isQuick
        ? [
          "**Quick run: few images, weak attacks. Nothing should be decided "
            + "by it.**"
        ] : [],
      [summary],
      section("The model", modelPart),
      section("The threat model", threatModel),
      section("What was tried", attackTable),
      section("The worst case", worstCase),
      section("What is certified", certified),
      section("Whether the attack works", auditPart),
      section("Beyond the box", beyondPart),
      section("Other networks, the same images", comparison),
      section("What was not tried", notTried),
      section("Limits", limits),
      section("Recommendation", recommendationPart),
      section("To repeat it", commands),
      ["Signed: ______________________________  Date: ______________"],
    ]
    return parts.flatMap { $0 }.joined(separator: "\n\n") + "\n"
  }

  /// The worst case at each ε, a line each.
  public var worstCaseLines: [String] {
    let epsilons = Set(attacks.filter(\.isWorstCase).map(\.left.epsilon))
      .sorted { $0.pixels < $1.pixels }
    return epsilons.compactMap { epsilon in
      worst(at: epsilon).map { worst in
        let share = worst.left.accuracy
        return "ε = \(inAllUnits(epsilon)): **\(share.withInterval)** of the "
          + "first \(share.total.grouped) images are left; without an attack "
          + "it reads \(worst.clean) of them"
      }
    }
  }

  private var summary: String {
    let clean = model.clean.accuracy
    return """
      This network reads \(clean.withInterval) of \(clean.total.grouped) test \
      images as they come. Brackets hold 95 % intervals throughout. What \
      attacks leave is an upper bound: a stronger one may leave less. \
      **Recommendation:** \(recommendationInWords)
      """
  }

  private var modelPart: [String] {
    func stated(_ text: String?) -> String {
      text.map { "`\(code($0))`" } ?? "not stated"
    }
    let isSame = model.trainingData == model.measuredData
    return [
      """
      - File: `\(code(model.file))`
      - SHA-256: `\(code(model.sha256))`
      - Layers: `\(code(model.architecture))`
      - Parameters: \(model.parameters.grouped)
      - Seed of its training: \(stated(model.seed))
      - Trained on the training images of the data with SHA-256: \
      \(stated(model.trainingData))
      - Measured on the test images of \
      \(isSame ? "the same data" : stated(model.measuredData))
      - Clean accuracy, stated: \
      \(model.statedAccuracy?.percent() ?? "not stated")
      - Clean accuracy, measured: \(model.clean.accuracy.withInterval), \
      \(model.clean.accuracy.total.grouped) images
      """
    ]
  }

  private var threatModel: [String] {
    let epsilons = Set(attacks.map(\.left.epsilon))
      .sorted { $0.pixels < $1.pixels }
    let deviation = model.standardDeviation
    let asksForScores = attacks.contains { $0.queries != nil }
    return [
      """
      - Goal: any wrong answer (untargeted).
      - Knowledge: everything, weights and gradients included.\
      \(asksForScores
        ? " One attack asks for scores only, to notice gradients that lead "
          + "nowhere." : "")
      - Capability: each pixel may change by at most ε and stays in 0...1 (the \
      box, ℓ∞).
      """,
      table(
        ["ε, pixels", "levels of 255", "normalized"],
        epsilons.map { epsilon in
          [
            epsilon.shortest, epsilon.levels.decimals(1),
            deviation.map {
              epsilon.normalized(standardDeviation: $0).decimals(4)
            } ?? "–",
          ]
        }),
      deviation.map {
        "Normalized units are pixels divided by this model's own standard "
          + "deviation, \(Double($0).shortest)."
      } ?? "This model's first layer does not normalize.",
    ]
  }

  private var attackTable: [String] {
    [
      table(
        [
          "ε", "attack", "steps", "starts", "queries", "images", "clean",
          "left",
        ],
        attacks.map { tried in
          let budget = [tried.steps, tried.starts, tried.queries].map {
            $0?.grouped ?? "–"
          }
          let shares = [
            tried.left.accuracy.total.grouped,
            tried.clean,
            tried.left.accuracy.withInterval,
          ]
          return [tried.left.epsilon.shortest, tried.attack] + budget + shares
        }),
      """
      *Clean* is the accuracy on the same images without an attack. Where a \
      name begins with +, an image counts only if it also withstands the lines \
      above it, down from the one without a plus. PGD starts at a random point \
      and makes steps of ε/8. A dash stands where there is no such number; \
      chapter 5, if it has measured, states its budgets in `05-Attacks.json`.
      """,
    ]
  }

  private var worstCase: [String] {
    let lines = worstCaseLines
    return [
      lines.isEmpty
        ? "No worst case was measured."
        : lines.map { "- \($0)" }.joined(separator: "\n")
    ]
  }

  private var recommendationPart: [String] {
    [
      recommendationInWords,
      "Decided at ε = \(Self.decidingEpsilon.shortest) by whether the whole "
        + "interval lies below or above \(Self.decidingShare.percent(0)). "
        + "Whoever uses the model should set a threshold of their own: what a "
        + "wrong answer costs, no measurement of the model can say.",
    ]
  }

  private func inAllUnits(_ epsilon: Epsilon) -> String {
    let levels = "\(epsilon.levels.decimals(1))/255"
    guard let deviation = model.standardDeviation else {
      return "\(epsilon.shortest) (\(levels))"
    }
    let normalized = epsilon.normalized(standardDeviation: deviation)
    return "\(epsilon.shortest) (\(levels), \(normalized.decimals(4)) "
      + "normalized)"
  }
}
