import Lesson
import Shared

/// Compares a gradient from the backward pass with a finite difference.
func checkGradient(_ page: Page, _ model: Sequential, _ batch: Batch) {
  guard let weights = model.parameters.first?.name else { return }
  page.say(
    """
    With finite differences, \(model.parameterCount.grouped) parameters would
    cost twice as many runs for one step of training; the backward pass gets all
    slopes in one sweep. It is also easy to get wrong, so here is one weight of
    the real network both ways: of \(owner(of: weights, in: model)), the one
    with the steepest slope on \(inWords(batch.count)) images.
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
    And by trying: the mean loss with that weight changed, from both sides, for
    several $h$. Imagine the loss drawn against this one weight: a curve,
    with a corner wherever a change of the weight switches a ReLU or gives a
    pooling block another winner.
    """)
  let loss = page.show {
    { (change: Float) -> Double in
      var changed = model
      changed.visitParameters { name, value in
        if name == weights { value.scalars[largest] += change }
      }
      return changed.evaluate(on: batch.images, labels: batch.labels)
        .meanLoss
    }
  }
  let widths: [Float] = [0.3, 0.1, 0.03, 0.01, 1e-3, 1e-4, 1e-5, 1e-6]
  let differences = widths.map { h in (loss(h) - loss(-h)) / (2 * Double(h)) }
  page.table(
    "Backward pass against finite difference, `\(weights)`, entry \(largest)",
    columns: ["h", "finite difference", "backward pass", "relative error"],
    rows: zip(widths, differences).map { h, difference in
      [
        "\(Double(h).shortest)", difference.decimals(7), backward.decimals(7),
        abs(difference / backward - 1).percent(3),
      ]
    },
    [
      "gradientBackward": backward, "gradientFiniteDifferences": differences,
    ], isSameWhenQuick: true)
  let best = differences.indices.min {
    abs(differences[$0] - backward) < abs(differences[$1] - backward)
  }
  guard let best else { return }
  page.say(
    """
    The two agree best at $h = \(Double(widths[best]).shortest)$, to
    \(abs(differences[best] / backward - 1).percent(3)). A large $h$ leaves the
    nearly straight part of the curve and may step over corners. A tiny
    $h$ drowns in rounding: 32-bit numbers carry about seven digits, the two
    losses then differ only in the last ones, and how well a row fits is luck.
    """)
}

/// The layer of a parameter, as the text speaks of it.
private func owner(of parameter: String, in model: Sequential) -> String {
  let layer = parameter.split(separator: ".").dropLast().joined(separator: ".")
  return model[layer] is Conv2D ? "the first convolution" : "`\(layer)`"
}
