import Lesson
import Shared

/// An attack that wants one answer: on one image, from every class to every
/// other, and counted.
func thisOneASeven(
  _ page: Page, _ model: Sequential, _ mnist: MNIST, _ few: Batch
) throws {
  let epsilon = Epsilon.pixels(0.2)
  let steps = page.full(20, quick: 5)
  // However few the steps, together they can cross the box.
  let attack = PGD(
    epsilon: epsilon, stepSize: .pixels(2.5 * epsilon.pixels / Float(steps)),
    steps: steps, seed: page.options.seed)
  let answers = predictions(model.logits(of: few.images))
  let right = few.labels.indices.filter { answers[$0] == few.labels[$0] }
  let (row, target) = chosen(few, right, mnist)
  try attackOne(
    page, model, mnist, few[row..<row + 1], target, attack, epsilon)
  try targetsFigure(page, model, mnist, few, right, attack)
  countTargets(
    page, model, mnist, few.prefix(page.full(100, quick: 20)), attack)
}

/// The first 3 that is read right, and 7; of other data the first image that is
/// read right, and the next class.
private func chosen(_ few: Batch, _ right: [Int], _ mnist: MNIST)
  -> (row: Int, target: Int)
{
  if mnist.isShipped, let three = right.first(where: { few.labels[$0] == 3 }) {
    return (three, 7)
  }
  let row = right.first ?? 0
  return (row, (few.labels[row] + 1) % mnist.classNames.count)
}

/// What a target changes, and one image before and after.
private func attackOne(
  _ page: Page, _ model: Sequential, _ mnist: MNIST, _ image: Batch,
  _ target: Int, _ attack: PGD, _ epsilon: Epsilon
) throws {
  let label = image.labels[0]
  let (from, to) = (mnist.classNames[label], mnist.classNames[target])
  let wish =
    mnist.isShipped && label == 3
    ? "turn a \(from) into a \(to)"
    : "turn an image of class \(from) into one of class \(to)"
  page.say(
    """
    So far any wrong answer would do. A *targeted* attack wants one. That turns
    the sign: a step no longer climbs the loss of the right class but goes *down* the
    loss $L$ with the target as label, $x ← x − α·sign(∂L/∂x)$. PGD, with
    \(attack.steps) steps of $α = \(Double(attack.stepSize).shortest)$ within
    $ε = \(epsilon.pixels)$, is to \(wish):
    """)
  let attacked = page.show {
    attack.perturb(
      image.images, goals: [.reach(target, from: label)], against: model)
  }
  let both = Tensor(concatenating: [image.images, attacked])
  let probabilities = softmax(model.logits(of: both))
  let answers = predictions(probabilities)
  page.record("targetedAnswers", answers)
  var grid = ImageGrid()
  grid.keepsRowsWhole = true
  grid.addRow(
    Tensor(concatenating: [
      image.images, attacked - image.images, attacked,
    ]),
    colorings: [.gray(0...1), .signed(epsilon.pixels), .gray(0...1)])
  let confidence = probabilities[1, answers[1]].percent(1)
  try page.figure(
    "target", grid, scale: 6,
    caption: "clean (\(from)), what the attack adds, and the sum, read as "
      + "\(mnist.classNames[answers[1]]) (\(confidence)).",
    alternative: "An image of class \(from), a pattern of red and blue pixels, "
      + "and their sum.")
}

/// Rows of images as they were made for each target.
private func targetsFigure(
  _ page: Page, _ model: Sequential, _ mnist: MNIST, _ few: Batch,
  _ right: [Int], _ attack: PGD
) throws {
  let classes = Array(mnist.classNames.indices.prefix(10))
  let rows = classes.compactMap { label in
    right.first { few.labels[$0] == label }
  }
  let pairs = rows.flatMap { row in
    classes.filter { $0 != few.labels[row] }.map { target in
      (row: row, goal: Goal.reach(target, from: few.labels[row]))
    }
  }
  guard !pairs.isEmpty else { return }
  let attacked = attack.perturb(
    few.images.rows(pairs.map { $0.row }), goals: pairs.map { $0.goal },
    against: model)
  let answers = predictions(model.logits(of: attacked))
  let met = pairs.indices.filter { pairs[$0].goal.isMet(by: answers[$0]) }
  let places = Dictionary(
    uniqueKeysWithValues: met.map { (pairs[$0].goal, $0) })
  let black = Tensor(shape: [1] + few.images.shape.dropFirst())
  var grid = ImageGrid(columns: classes.count)
  for row in rows {
    let label = few.labels[row]
    let cells = classes.map { target -> Tensor in
      if target == label { return few.images.rows([row]) }
      let place = places[Goal.reach(target, from: label)]
      return place.map { attacked.rows([$0]) } ?? black
    }
    grid.addRow(Tensor(concatenating: cells))
  }
  let kinds = mnist.isShipped ? "digit" : "class"
  let names =
    classes.count == mnist.classNames.count
    ? "each \(kinds)" : "each of the first \(classes.count) classes"
  try page.figure(
    "targets", grid,
    caption:
      "a row for the first image of \(names) that is read right, a column "
      + "for each target, the image itself on the diagonal. Black: failed "
      + "(\(pairs.count - met.count) of \(pairs.count)).",
    alternative:
      "\(rows.count) rows of \(classes.count) pictures: an image of each "
      + "\(kinds), changed toward each \(kinds).")
  page.record("targetsReached", [met.count, pairs.count])
}

/// How often each target is reached from each class.
private func countTargets(
  _ page: Page, _ model: Sequential, _ mnist: MNIST, _ some: Batch,
  _ attack: PGD
) {
  let names = mnist.classNames
  let cost = WorkReport.passesOfGradient * attack.steps + 1
  // Toward all classes but its own, and once toward any wrong answer.
  let (table, anyWrong) = page.progress(
    "Every target", passes: some.count * names.count * cost
  ) {
    (
      SuccessTable(
        ofEveryTarget: attack, on: some, against: model, classes: names.count),
      AttackRun(attack, on: some, against: model).success
    )
  }
  page.record(
    "targetedSuccess",
    names.indices.map { label in
      names.indices.map { table.success(from: label, to: $0) }
    })
  page.record("untargetedSuccess", anyWrong)
  if names.count <= 10, page.hasRoom(forNumbersUnder: names) {
    targetsTable(page, table, names, some)
  }
  guard let all = table.success() else { return }
  page.say(
    """
    Toward a given answer these steps succeed in \(all.successes.grouped) of
    \(all.total.grouped) cases (\(all.value.percent(1))). With any wrong answer
    as the goal they succeed on \(anyWrong.successes) of the same
    \(anyWrong.total) images. \(hardest(of: table, names))
    """)
}

private func targetsTable(
  _ page: Page, _ table: SuccessTable, _ names: [String], _ images: Batch
) {
  func row(_ name: String, _ label: Int?) -> [String] {
    [name]
      + names.indices.map { target in
        table.success(from: label, to: target)
          .map { ($0.value * 100).decimals(0) } ?? "–"
      }
  }
  let labels = names.indices.filter { table.success(from: $0) != nil }
  page.table(
    "Success in %, from class (row, images) to target (column)",
    columns: ["of class"] + names,
    rows: labels.map { label in
      row("\(names[label]) (\(images.labels.count { $0 == label }))", label)
    } + [row("all", nil)])
}

/// The hardest target, if the images tell it from the next.
private func hardest(of table: SuccessTable, _ names: [String]) -> String {
  let targets = names.indices.compactMap { target in
    table.success(to: target).map { (name: names[target], success: $0) }
  }.sorted { $0.success.value < $1.success.value }
  guard targets.count > 1,
    targets[1].success.lead95(over: targets[0].success).lowerBound > 0
  else { return "" }
  return """
    The hardest target is \(targets[0].name) (\(targets[0].success.successes) of
    \(targets[0].success.total)).
    """
}
