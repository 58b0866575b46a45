import Lesson
import Shared

/// One pass over some images with and without batch normalization.
func compareNormalization(
  _ page: Page, _ inputs: TrainingInputs,
  _ exercises: (
    forward: Exercise<BatchNormalizationFunctions.Forward>,
    backward: Exercise<BatchNormalizationFunctions.Backward>,
    statistics: Exercise<BatchNormalizationFunctions.Update>
  )
) {
  page.say(
    """
    While the first layers learn, what they hand on keeps changing its size, and
    the layers behind have to follow. *Batch normalization* (Ioffe and Szegedy
    2015, arXiv:1502.03167) gives each channel mean 0 and standard deviation 1
    over the batch, and then lets the layer choose a scale and a shift of its
    own: $y = scale · (x − mean)⁄√(variance + 10⁻⁵) + shift$, where the
    *variance* is the square of the standard deviation. Going backward one must
    remember that mean and variance depend on every $x$ of the batch: there are
    paths through them, too. With $x̂ = (x − mean)⁄√(variance + 10⁻⁵)$ and $g$
    the slopes of $y$, the slope of the shift is $Σ g$, that of the scale
    $Σ g · x̂$, and that of an $x$ is $scale⁄√(variance + 10⁻⁵)$ times
    $g$ less the mean of all $g$ and less $x̂$ times the mean of all $g · x̂$,
    over all numbers of the channel in the batch. In use there may be no batch, so running means of
    the statistics are kept while training and used afterwards.

    It is a layer with a forward pass, a backward pass, and something to
    remember. All three are exercises; this is where your version would run:
    """)
  let (forward, backward, update) = page.exercises(
    exercises.forward, exercises.backward, exercises.statistics)
  let functions = BatchNormalizationFunctions(
    forward: forward, backward: backward, update: update)
  let (plain, normalized) = page.show {
    let plain = Sequential(
      inputs.model.layers.filter { !($0.layer is BatchNormalization) })
    var normalized = plain
    for index in plain.layers.indices.reversed() {
      guard let conv = plain.layers[index].layer as? Conv2D else { continue }
      let norm = BatchNormalization(
        conv.weight.shape[0], functions: functions)
      normalized.layers.insert(
        ("\(plain.layers[index].name).norm", norm), at: index + 1)
    }
    return (plain, normalized)
  }
  let images = page.full(4096, quick: 1024)
  let training = inputs.training.prefix(images)
  let validation = inputs.validation.prefix(page.full(2000, quick: 500))
  let seed = page.options.seed
  page.say(
    """
    Now one pass over the same \(training.count.grouped) training images for
    each. The statistics belong to the whole batch, so the threads that share its
    images meet at each such layer:
    """)
  let passes = 3 * training.count + validation.count
  let runs = page.progress("Learning", passes: 2 * passes) {
    page.show {
      [plain, normalized].map { start in
        var model = start
        var adam: any Optimizer = Adam()
        let losses = train(
          &model, by: &adam, on: training, batchSize: 64,
          steps: (training.count + 63) / 64, seed: seed)
        return (losses, model.evaluate(on: validation))
      }
    }
  }
  report(page, runs, start: inputs.model, images: validation.count)
  inviteToTry(page, inputs.model)
}

private func report(
  _ page: Page, _ runs: [(losses: [Double], evaluation: Evaluation)],
  start: Sequential, images: Int
) {
  guard let plain = runs.first, let normalized = runs.last else { return }
  // Of few steps the first and the last must not be the same.
  let some = max(1, min(20, plain.losses.count / 2))
  func mean(_ losses: ArraySlice<Double>) -> Double {
    losses.reduce(0, +) / Double(max(losses.count, 1))
  }
  let without = isNormalized(start) ? "without" : "as it is"
  let steps = some == 1 ? "first step" : "first \(some) steps"
  page.table(
    "After one pass, accuracy on \(images.grouped) validation images",
    columns: ["network", "loss: \(steps)", "last \(some)", "accuracy"],
    rows: zip([without, "normalized"], runs).map { name, run in
      [
        name, mean(run.losses.prefix(some)).decimals(3),
        mean(run.losses.suffix(some)).decimals(3),
        run.evaluation.accuracy.withInterval,
      ]
    }, ["normalizationAccuracy": runs.map(\.evaluation.accuracy)])
  let before = mean(plain.losses.prefix(some))
  let after = mean(normalized.losses.prefix(some))
  page.say(
    """
    Look at the mean loss of the \(steps): \(after.decimals(3)) with
    normalization, \(before.decimals(3)) without. \(after < before
      ? "In this run the loss fell sooner." : "In this run it fell no sooner.")
    Why it often helps is less clear than it sounds: Santurkar et al. (2018,
    arXiv:1805.11604) found that it is not the steadier input, and suggest a
    smoother loss.
    """)
}

private func isNormalized(_ model: Sequential) -> Bool {
  model.layers.contains { $0.layer is BatchNormalization }
}

/// A network that has the layer already needs no invitation.
private func inviteToTry(_ page: Page, _ model: Sequential) {
  let convolution = model.layers.compactMap { name, layer in
    (layer as? Conv2D).map { (name: name, channels: $0.weight.shape[0]) }
  }.first
  guard let convolution, !isNormalized(model) else { return }
  page.say(
    """
    **Try it:** put `"norm1": BatchNormalization(\(convolution.channels))` behind
    `\(convolution.name)` in `Shared/Models/NotebookNetwork.swift` and run this
    chapter and those after it again. Every one works with it.
    """)
}
