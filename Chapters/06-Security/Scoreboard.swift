import Lesson
import Shared

/// One row of the scoreboard; nil where nothing was measured.
struct Score: Encodable, Sendable {
  var defense: String
  var clean: Proportion
  /// Under an attack that does not know of the defence.
  var fixed: Proportion?
  /// Under one that does.
  var adaptive: Proportion?
  /// Under several attacks together.
  var worstCase: Proportion?
  var certified: Proportion?
  /// Multiply-adds of its training, chapter 3's taken as 1; nil if there is
  /// none.
  var training: Double?
  /// Multiply-adds of an answer, the plain network's taken as 1.
  var inference = 1.0
}

extension Lab {
  /// What a training of so many passes of a network costs, compared with
  /// chapter 3's.
  func trainingCost(passes: Int, of network: Sequential) -> Double {
    let plainPasses =
      TrainingSettings().epochs * WorkReport.passesOfGradient
      * mnist.training.count * 11 / 12
    return Double(passes) * inferenceCost(of: network) / Double(plainPasses)
  }

  /// What an answer of a network costs, compared with the plain one's.
  func inferenceCost(of network: Sequential) -> Double {
    Double(network.multiplyAdds(for: MNIST.imageShape))
      / Double(plain.multiplyAdds(for: MNIST.imageShape))
  }

  /// The smoothed classifier; its balls prove nothing about boxes.
  private func noteSmoothed() {
    guard let model = defenses.models["noise-0.5"], let smoothed else { return }
    note(
      Score(
        defense: "smoothed", clean: smoothed.accuracy,
        adaptive: smoothedUnderPGD,
        training: trainingCost(
          passes: model.recipe.work(on: mnist).passes, of: model.network),
        inference: Double(smoothed.answers.first?.votes.total ?? 1)))
  }

  /// The networks that were measured against the set of attacks.
  func noteNetworks(at epsilon: Epsilon) {
    let pgd = PGD(
      epsilon: epsilon, stepSize: .pixels(0.03),
      steps: page.full(20, quick: 5), seed: page.options.seed)
    let recipe = liveRecipe(page)
    let learned = mnist.training.count * 11 / 12
    var all: [(name: String, network: Sequential?, passes: Int)] = [
      (
        "plain", plain,
        TrainingSettings().epochs * WorkReport.passesOfGradient * learned
      ),
      ("one-step", hardened, recipe.passes(images: learned)),
    ]
    for name in ["four-steps", "interval"] {
      let model = defenses.models[name]
      let passes = model.map { $0.recipe.work(on: mnist).passes } ?? 0
      all.append((name, model?.network, passes))
    }
    for (name, network, passes) in all {
      guard let network else { continue }
      let certified = certified(network, few, epsilon)
      note(
        Score(
          defense: name,
          clean: network.evaluate(on: few.images, labels: few.labels).accuracy,
          fixed: network.accuracy(under: FGSM(epsilon: epsilon), on: few),
          adaptive: network.accuracy(under: pgd, on: few),
          worstCase: worstCases[name]?.accuracy,
          certified: certified.map {
            Proportion($0.count { $0 }, of: $0.count)
          }, training: trainingCost(passes: passes, of: network),
          inference: inferenceCost(of: network)))
    }
    noteSmoothed()
  }
}

/// Who stands where: all defences of this run in one table.
func scoreboard(_ page: Page, _ lab: Lab) {
  lab.noteNetworks(at: .pixels(0.3))
  func share(_ accuracy: Proportion?) -> String {
    accuracy.map { ($0.value * 100).decimals(0) } ?? "–"
  }
  func cost(_ cost: Double?) -> String {
    cost.map { $0.decimals($0 < 10 ? 1 : 0) } ?? "–"
  }
  page.table(
    "The scoreboard, in per cent", "scoreboard", lab.scores,
    [
      Column("defence") { $0.defense }, Column("clean") { share($0.clean) },
      Column("fixed") { share($0.fixed) },
      Column("adaptive") { share($0.adaptive) },
      Column("worst") { share($0.worstCase) },
      Column("proved") { share($0.certified) },
      Column("training") { cost($0.training) },
      Column("answer") { cost($0.inference) },
    ])
  page.say(
    """
    Each row has the images of its own part. *Fixed* is an attack that does not
    know of the defence, *adaptive* one that does; for the last networks, at
    $ε = 0.3$, they are FGSM and PGD, *worst* is the set. What stands before a
    network was attacked at 0.2, with rejected images counted as defended. The
    last columns compare multiply-adds with those of the plain network, for its
    training and for one answer.

    Read *fixed* first, as a paper without an adaptive attack would print it.
    \(whatHeld(lab.scores))
    """)
}

/// Which defences lost most, and which are left, as the numbers have it.
private func whatHeld(_ scores: [Score]) -> String {
  func names(_ scores: [Score]) -> String {
    scores.map { "*\($0.defense)*" }.joined(separator: ", ")
  }
  func last(_ score: Score) -> Proportion? {
    score.worstCase ?? score.adaptive
  }
  let fallen = scores.filter { score in
    guard let fixed = score.fixed, let last = last(score) else { return false }
    return fixed.lead95(over: last).lowerBound > 0.25
  }
  let held = scores.filter { (last($0)?.interval95.lowerBound ?? 0) > 0.5 }
  return """
    \(fallen.isEmpty
      ? "Then the columns to its right."
      : "Then the columns to its right: more than a quarter of the images are "
        + "lost by \(names(fallen)).")
    \(held.isEmpty
      ? "More than half of the images is left for certain by none."
      : "More than half of the images are left, with 95 % confidence, by "
        + "\(names(held)).")
    """
}
