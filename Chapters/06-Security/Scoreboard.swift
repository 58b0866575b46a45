import Lesson
import Shared

/// Who stands where: all defences of this run in one table.
func scoreboard(_ page: Page, _ lab: Lab) {
  let boxes = ["plain", "one-step", "four-steps", "interval"]
  let few = lab.few
  let epsilon = Epsilon.pixels(0.3)
  let pgd = PGD(
    epsilon: epsilon, stepSize: .pixels(0.03), steps: page.full(20, quick: 5),
    seed: page.options.seed)
  for name in boxes {
    let network =
      name == "plain"
      ? lab.plain : name == "one-step" ? lab.hardened : lab.defenses[name]
    guard let network else { continue }
    let certified =
      name == "plain" && !lab.canBeBounded
      ? nil : try? network.isCertified(on: few, epsilon: epsilon)
    lab.note(
      Score(
        defense: name,
        clean: network.evaluate(on: few.images, labels: few.labels).accuracy,
        unaware: network.accuracy(under: FGSM(epsilon: epsilon), on: few),
        adaptive: network.accuracy(under: pgd, on: few),
        worstCase: lab.worstCases[name]?.accuracy,
        certified: certified.map {
          Proportion($0.count { $0 }, of: $0.count)
        }, training: cost(name), inference: "1"))
  }
  func share(_ accuracy: Proportion?) -> String {
    accuracy.map { ($0.value * 100).decimals(0) } ?? "–"
  }
  page.table(
    "The scoreboard, in per cent (the first images, as many as in each part)",
    "scoreboard", lab.scores,
    [
      Column("defence") { $0.defense }, Column("clean") { share($0.clean) },
      Column("static") { share($0.unaware) },
      Column("adaptive") { share($0.adaptive) },
      Column("worst") { share($0.worstCase) },
      Column("proved") { share($0.certified) },
      Column("training") { $0.training }, Column("passes") { $0.inference },
    ])
  page.say(
    """
    The networks at the end were attacked at $ε = 0.3$ (*static* is FGSM, *adaptive*
    PGD, *worst* the set of attacks), distillation at 0.3, preprocessing and
    detectors at 0.2, where a rejected image counts as defended. *Training* counts
    the gradients a batch, *passes* those of one answer.

    Read the column *static* first, as a paper without an adaptive attack would
    print it, and then the ones to its right. What is left there is what
    was bought: by training on attacks, or by training on bounds. Nothing that
    was put in front of a network bought as much, but for the threshold, and
    that is MNIST's doing.
    """)
}

/// What training costs, as gradients a batch; intervals go through twice.
private func cost(_ name: String) -> String {
  switch name {
  case "one-step": "2"
  case "four-steps": "5"
  case "interval": "3, small"
  default: "1"
  }
}
