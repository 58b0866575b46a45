import Lesson
import Shared

/// One row of the scoreboard; nil where nothing was measured.
struct Score: Encodable, Sendable {
  var defense: String
  var clean: Proportion?
  /// Under an attack that was not made for the defence.
  var fixed: Proportion?
  /// Under one that was.
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
    Double(passes) * inferenceCost(of: network) / Double(plainPasses)
  }

  /// What an answer of a network costs, compared with the plain one's.
  func inferenceCost(of network: Sequential) -> Double {
    Double(network.multiplyAdds(for: MNIST.imageShape))
      / Double(plain.multiplyAdds(for: MNIST.imageShape))
  }

  private var plainPasses: Int {
    TrainingSettings().epochs * WorkReport.passesOfGradient * learnedCount
  }

  /// The networks themselves, and the smoothed one.
  func noteNetworks() {
    let recipe = liveRecipe(page)
    let hardeningPasses = hardenedPasses ?? recipe.passes(images: learnedCount)
    if let hardened { rungs.append(rung("one-step", hardened, strongest)) }
    let networks: [(name: String, network: Sequential?, passes: Int?)] =
      [("plain", plain, plainPasses), ("one-step", hardened, hardeningPasses)]
      + ["four-steps", "interval-0.3", "noise-0.5"].map { name in
        let model = defenses.models[name]
        return (name, model?.network, model?.recipe.work(on: mnist).passes)
      }
    for (name, network, passes) in networks {
      let isSmoothed = name == "noise-0.5"
      let called = isSmoothed ? "smoothed" : name
      guard let network, let passes,
        let rung = rungs.first(where: {
          $0.network == called && $0.epsilon == strongest
        })
      else { continue }
      let copies = isSmoothed ? smoothing()?.passes(images: 1) : nil
      note(
        Score(
          defense: called, clean: rung.shares[0], fixed: rung.shares[2],
          adaptive: rung.shares[3], worstCase: rung.shares[4],
          certified: rung.shares[5],
          training: trainingCost(passes: passes, of: network),
          inference: Double(copies ?? 1) * inferenceCost(of: network)))
    }
  }
}

/// Who stands where: all defences of this run in one table.
func scoreboard(_ page: Page, _ lab: Lab) {
  lab.noteNetworks()
  func share(_ accuracy: Proportion?) -> String {
    accuracy.map { ($0.value * 100).decimals(0) } ?? "–"
  }
  func cost(_ cost: Double?) -> String {
    cost.map {
      $0 < 0.05 ? "< 0.1" : $0 < 10 ? $0.decimals(1) : $0.rounded().shortest
    } ?? "–"
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
    Each row has the images of its own part. *Fixed* is an attack that knows
    nothing of the defence or follows its gradient as it comes (*naive* above),
    *adaptive* one that was made for it with all before it, *worst* the set. The networks
    at the end have nothing in front of them: there, at
    $ε = \(lab.strongest.pixels)$, they are FGSM, PGD and the worst case as on
    the ladder. A defence in front of a network was attacked at 0.2; a detector's
    clean images count if they are accepted, attacked ones also if they are
    rejected. *Smoothed* is judged here outside its norm. The last columns compare
    multiply-adds with those of the plain network, whose training has
    \(inWords(TrainingSettings().epochs)) epochs: for the training, and for one
    answer.

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
    return fixed.value - last.value > 0.25
  }
  let held = scores.filter { (last($0)?.interval95.lowerBound ?? 0) > 0.5 }
  return """
    \(fallen.isEmpty
      ? "Then the columns to its right."
      : "Then the columns to its right: more than a quarter of the images are "
        + "lost by \(names(fallen)).")
    \(held.isEmpty
      ? "More than half of the images is left for certain by none."
      : "Of the images and under the attacks of this run more than half are "
        + "left, with 95 % confidence, by \(names(held)).")
    """
}
