import Lesson
import Shared

/// The logits of one image, and how little turns its answer.
func leadOfTheWinner(
  _ page: Page, _ model: Sequential, _ turned: TurnedImage, _ mnist: MNIST
) {
  let logits = turned.versions.all.map { model.logits(of: $0) }
  guard let lead = LogitLead(logits[0]) else { return }
  scoreTable(page, logits, turned, mnist.classNames)
  let drifts = logits.map { $0.relativeDistance(from: logits[0]) }
  let leads = logits.map { $0.lead(of: lead.winner) }
  let (first, second) = (
    mnist.classNames[lead.winner], mnist.classNames[lead.runnerUp]
  )
  page.say(
    """
    The answer is the largest. In the clean image \(first) is ahead of
    \(second) by $g$ = \(lead.gap.decimals(2)). The shortest change of the
    logits that makes the two equal lowers one by $g⁄2$, raises the other by
    $g⁄2$ and leaves the rest alone. (If one falls by $s$ and the other rises by
    $t$, then $s + t = g$. And $s² + t² = ((s + t)² + (s − t)²)⁄2$ is
    smallest where $s − t$ is 0.) It is
    $g⁄√2$ = \(lead.shortestTurn.decimals(2)) long. Every other class is at least as far
    behind, so no shorter change can turn the answer. All logits together are
    $‖a‖$ = \(lead.length.decimals(2)) long. So a relative change of
    \(lead.relativeTurn.decimals(3)) is enough, if it goes straight at the
    runner-up.

    Random signs have moved these logits by \(drifts[1].decimals(3)) of their
    length, and \(first) is ahead of the best other class by
    \(leads[1].decimals(2)). FGSM has moved them by \(drifts[2].decimals(3)),
    and the lead is \(leads[2].decimals(2)): negative, another class has won.
    (All numbers are computed before they are rounded.)
    """)
  page.record("turnedImageLeads", leads)
  page.record("turnedImageDrifts", drifts)
}

/// A number a class if there is room, else the three largest.
private func scoreTable(
  _ page: Page, _ logits: [Tensor], _ turned: TurnedImage, _ classes: [String]
) {
  let title =
    "Logits of test image \(turned.index): clean, random signs (noise), FGSM"
  let versions = ["clean", "noise", "FGSM"]
  if page.hasRoom(forNumbersUnder: classes) {
    page.table(
      title, columns: ["image"] + classes,
      rows: zip(versions, logits).map { version, logits in
        [version] + logits.scalars.map { $0.decimals(1) }
      }, ["turnedImageLogits": logits])
    return
  }
  let places = Array(["first", "second", "third"].prefix(classes.count))
  page.table(
    title, columns: ["image"] + places,
    rows: zip(versions, logits).map { version, logits in
      let order = logits.scalars.indices.sorted {
        logits.scalars[$0] > logits.scalars[$1]
      }
      return [version]
        + order.prefix(places.count).map {
          "\(classes[$0]) \(logits.scalars[$0].decimals(1))"
        }
    }, ["turnedImageLogits": logits])
}

/// How little would turn most images, and how far they are moved.
func leadsOfMany(
  _ page: Page, _ model: Sequential, _ some: Batch, _ versions: Versions
) {
  let logits = versions.all.map { model.logits(of: $0) }
  let answers = logits.map(predictions)
  let right = some.labels.indices.filter { answers[0][$0] == some.labels[$0] }
  let needed = right.map {
    LogitLead(logits[0].rows($0..<$0 + 1))?.relativeTurn ?? .infinity
  }
  let inOrder = needed.sorted()
  guard !inOrder.isEmpty else { return }
  let median =
    (inOrder[(inOrder.count - 1) / 2] + inOrder[inOrder.count / 2]) / 2
  let moved = logits.map { changed in
    right.map { image in
      changed.rows(image..<image + 1)
        .relativeDistance(from: logits[0].rows(image..<image + 1))
    }
  }
  let drifts = moved.map { $0.reduce(0, +) / Double(right.count) }
  let long = moved.map { zip($0, needed).count { $0 >= $1 } }
  let turned = answers.map { answers in
    right.count { answers[$0] != some.labels[$0] }
  }
  page.record("medianRelativeTurn", median)
  page.record("meanLogitDrifts", drifts)
  page.record("movedFarEnough", long)
  page.record("turnedOfRight", turned)
  page.say(
    """
    And the others? Of these \(some.count) images \(right.count) are read right.
    For half of them a relative change of at most \(median.decimals(3)) would be
    enough, in the best direction. Random signs move the logits of those read
    right by \(drifts[1].decimals(3)) on average, FGSM by
    \(drifts[2].decimals(3)). Image by image: as far as its own answer would
    need, random signs have moved \(long[1]) of them, and FGSM \(long[2]). They
    have turned \(turned[1]) and \(turned[2]).
    \(long[2] > turned[2] || long[1] > turned[1]
      ? "Length alone is not enough, the change must also point the right way."
      : "")
    """)
}
