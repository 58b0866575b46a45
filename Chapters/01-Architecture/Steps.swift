import Shared

/// What the layer table says, computed from it.
func explainLayers(
  _ page: Page, _ model: Sequential, _ summary: [LayerSummary]
) {
  let total = model.parameterCount
  let work = summary.reduce(0) { $0 + $1.multiplyAdds }
  guard let largest = summary.max(by: { $0.parameters < $1.parameters }),
    let busiest = summary.max(by: { $0.multiplyAdds < $1.multiplyAdds })
  else { return }
  let size = Double(largest.parameters) / Double(total)
  let share = Double(busiest.multiplyAdds) / Double(work)
  page.say(
    """
    In all \(total.grouped) parameters and \(work.grouped) multiply-adds an
    image. Notice where they are. `\(largest.name)` holds \(size.percent(0)) of
    the parameters, but `\(busiest.name)` does \(share.percent(0)) of the work:
    a convolution uses each of its few weights at every pixel, a linear layer
    uses each of its many weights once.
    """)
}

/// Compares a gradient from the backward pass with a finite difference.
func checkGradient(_ page: Page, _ model: Sequential, _ batch: Batch) {
  page.say(
    """
    Training needs to know how the loss changes when one weight changes. There
    is an honest way to find out: change that weight a little, run the network
    again, and look. With \(model.parameterCount.grouped) weights, one step of
    training would need twice as many runs. The *backward pass* gets all of them
    in one sweep, by the chain rule. It is also easy to get wrong, so here is
    one weight both ways: of the first convolution, the one with the largest
    gradient.
    """)
  let gradient = page.show {
    model.parameterGradients(on: batch, mode: .inference).parameters[0]
  }
  let largest =
    gradient.scalars.indices.max {
      abs(gradient.scalars[$0]) < abs(gradient.scalars[$1])
    } ?? 0
  let backward = Double(gradient.scalars[largest])
  page.say(
    """
    And by hand, from both sides: $(L(w + h) − L(w − h)) / 2h$, where $L$ is
    the loss.
    """)
  let loss = page.show {
    { (change: Float) -> Double in
      var changed = model
      changed.visitParameters { name, value in
        if name == "conv1.weight" { value.scalars[largest] += change }
      }
      return changed.evaluate(on: batch.images, labels: batch.labels).meanLoss
    }
  }
  let steps: [Float] = [0.3, 0.1, 0.03, 0.01, 1e-3, 1e-4, 1e-5, 1e-6]
  let differences = steps.map { h in (loss(h) - loss(-h)) / (2 * Double(h)) }
  page.table(
    "Backward pass against finite difference, `conv1.weight`, entry \(largest)",
    columns: ["h", "finite difference", "backward pass", "relative error"],
    rows: zip(steps, differences).map { h, difference in
      [
        "\(Double(h).shortest)", difference.decimals(7), backward.decimals(7),
        abs(difference / backward - 1).percent(3),
      ]
    })
  page.record("gradientBackward", backward)
  page.record("gradientFiniteDifferences", differences)
  let best =
    differences.indices.min {
      abs(differences[$0] - backward) < abs(differences[$1] - backward)
    } ?? 0
  page.say(
    """
    The two agree best at $h = \(Double(steps[best]).shortest)$, to
    \(abs(differences[best] / backward - 1).percent(3)). A large $h$ leaves the
    straight part of the curve and steps over kinks of ReLU and pooling. A tiny
    $h$ drowns in rounding: 32-bit numbers carry about seven digits, the two
    losses then differ only in the last ones, and how well a row fits is luck.
    """)
}

/// Where nearly all the parameters are.
func revealLargest(
  _ page: Page, _ guess: PendingGuess, _ summary: [LayerSummary]
) throws {
  let counts = summary.map(\.parameters).filter { $0 > 0 }
  let largest = counts.indices.max { counts[$0] < counts[$1] } ?? 0
  try page.reveal(
    guess, outcome: Double(largest),
    "Most parameters, but not most work: compare the last two columns.")
}

/// What stands in for the learner's warm-up.
func libraryOutputSize(
  inputSize: Int, kernelSize: Int, padding: Int
) throws(Unsolved) -> Int {
  let convolution = Conv2D(
    weight: Tensor(shape: [1, 1, kernelSize, kernelSize]), bias: Tensor([0]),
    padding: padding)
  return convolution.outputShape(for: [inputSize, inputSize, 1])[0]
}
