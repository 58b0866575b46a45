import Lesson
import Shared

/// The confidence below which an alarm for unsure answers would ring.
private let threshold = 0.9

/// How sure the network is of the answers that it was fooled into.
func howSureWhenFooled(
  _ page: Page, _ model: Sequential, _ few: Batch, seed: UInt64
) {
  let epsilon = Epsilon.pixels(0.2)
  let steps = page.full(40, quick: 10)
  let some = few.prefix(page.full(500, quick: 100))
  let pgd = PGD(
    epsilon: epsilon, stepSize: .pixels(2.5 * epsilon.pixels / Float(steps)),
    steps: steps, seed: seed)
  var stopping = pgd
  stopping.stopsAtSuccess = true
  let attacks: [(name: String, attack: any Attack)] = [
    ("random signs", RandomSigns(epsilon: epsilon, seed: seed)),
    ("FGSM", FGSM(epsilon: epsilon)), ("PGD that stops", stopping),
    ("PGD", pgd),
  ]
  // FGSM asks for one gradient; every attack is judged by a forward pass.
  let gradients = WorkReport.passesOfGradient * (2 * steps + 1)
  let evaluations = page.progress(
    "Confidence", passes: some.count * (gradients + attacks.count)
  ) {
    attacks.map { one in
      model.evaluate(
        on: one.attack.perturb(
          some.images, labels: some.labels, against: model),
        labels: some.labels)
    }
  }
  page.say(
    """
    How sure is a fooled network? First \(some.count) images,
    $ε = \(epsilon.pixels)$, \(steps) steps from the same starts for a PGD that
    stops once an image is misread and one that goes on:
    """)
  let rows = zip(attacks, evaluations).map { FooledAnswers($0.name, $1) }
  page.table(
    "Wrong answers, and how sure the network is of them", "fooledConfidence",
    rows,
    [
      Column("attack") { $0.attack },
      Column("wrong") { "\($0.wrong) of \($0.images)" },
      Column("median confidence") { $0.medianConfidence?.percent(1) ?? "–" },
      Column("of these above \((threshold * 100).shortest) %") {
        $0.shareOfSure
      },
    ])
  guard rows[3].wrong > 0 else { return }
  page.say(
    """
    An alarm that rings below \((threshold * 100).shortest) % would miss
    \(rows[3].sure) of PGD's \(rows[3].wrong) wrong answers.
    \(pairedInWords(stopped: evaluations[2], wentOn: evaluations[3]))
    """)
}

/// What one attack has left of the answers.
private struct FooledAnswers: Encodable, Sendable {
  var attack: String
  var wrong: Int
  var images: Int
  var medianConfidence: Double?
  /// How many wrong answers are surer than the threshold.
  var sure: Int

  init(_ attack: String, _ evaluation: Evaluation) {
    let confidences = evaluation.mistakes.map {
      Double(evaluation.confidences[$0])
    }.filter(\.isFinite)
    self.attack = attack
    wrong = evaluation.mistakes.count
    images = evaluation.labels.count
    medianConfidence = median(confidences)
    sure = confidences.count { $0 > threshold }
  }

  var shareOfSure: String {
    wrong > 0 ? Proportion(sure, of: wrong).withInterval : "–"
  }
}

/// The same images under the PGD that stops and the one that goes on.
private func pairedInWords(stopped: Evaluation, wentOn: Evaluation) -> String {
  let both = stopped.mistakes.filter {
    wentOn.predictions[$0] != wentOn.labels[$0]
  }
  guard !both.isEmpty else { return "" }
  let surer = both.count { wentOn.confidences[$0] > stopped.confidences[$0] }
  let isRule = Proportion(surer, of: both.count).interval95.lowerBound > 0.5
  return """
    On \(surer) of the \(both.count) images that are wrong under both PGDs, the
    network is surer under the one that goes on.
    \(isRule ? "So the attacker can make wrong answers sure." : "")
    """
}
