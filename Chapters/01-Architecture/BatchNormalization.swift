import Lesson
import Shared

/// What batch normalization is for.
func introduceNormalization(_ page: Page) {
  page.say(
    """
    While the first layers learn, what they hand on keeps changing its size, and
    the layers behind have to follow. *Batch normalization* (Ioffe and Szegedy
    2015, arXiv:1502.03167) gives each channel mean 0 and standard deviation 1
    over the batch, and then lets the layer choose a scale and a shift of its
    own. In use there may be no batch, so running means of the statistics are
    kept while training and used afterwards.

    It is a layer with a forward pass, a backward pass, and something to
    remember. All three are exercises; this is where your version would run:
    """)
}

/// One pass over some images with and without batch normalization.
func compareNormalization(
  _ page: Page, _ mnist: MNIST, _ functions: BatchNormalizationFunctions
) {
  let seed = page.options.seed
  let (plain, normalized) = page.show {
    let plain = Sequential.notebookNetwork(seed: seed)
    var normalized = plain
    normalized.layers.insert(
      ("norm1", BatchNormalization(32, functions: functions)), at: 2)
    normalized.layers.insert(
      ("norm2", BatchNormalization(64, functions: functions)), at: 6)
    return (plain, normalized)
  }
  let training = mnist.training.prefix(page.full(4000, quick: 1000))
  let test = mnist.test.prefix(page.full(2000, quick: 500))
  page.say(
    """
    Now one pass over the first \(training.count.grouped) training images for
    each. The statistics belong to the whole batch, so it goes through the
    network in one piece:
    """)
  let passes = 3 * training.count + test.count
  let runs = page.progress("Learning", passes: 2 * passes) {
    page.show {
      [plain, normalized].map { start in
        var (model, optimizer) = (start, Adam())
        var losses: [Double] = []
        let batches = training.batches(of: 64, seed: seed, epoch: 1)
        for (step, batch) in batches.enumerated() {
          let (logits, cache) = model.forward(
            batch.images,
            mode: .training(seed: derivedSeed(seed, .step, step)))
          let (loss, gradient) = softmaxCrossEntropy(
            logits: logits, labels: batch.labels)
          let gradients = model.parameterGradients(
            gradient * (1 / Float(batch.count)), cache: cache)
          optimizer.update(&model, with: gradients)
          model.absorbStatistics(cache)
          losses.append(loss.reduce(0, +) / Double(batch.count))
        }
        return (losses, model.evaluate(on: test))
      }
    }
  }
  report(page, runs, test: test.count)
}

private func report(
  _ page: Page, _ runs: [(losses: [Double], evaluation: Evaluation)], test: Int
) {
  func mean(_ losses: ArraySlice<Double>) -> Double {
    losses.reduce(0, +) / Double(losses.count)
  }
  page.table(
    "After one pass, accuracy on \(test.grouped) test images",
    columns: ["network", "loss: first 20", "last 20", "accuracy"],
    rows: zip(["as it is", "normalized"], runs).map { name, run in
      [
        name, mean(run.losses.prefix(20)).decimals(3),
        mean(run.losses.suffix(20)).decimals(3),
        run.evaluation.accuracy.withInterval,
      ]
    }, ["normalizationAccuracy": runs.map(\.evaluation.accuracy)])
  let first = runs.map { mean($0.losses.prefix(20)) }
  page.say(
    """
    Look at the mean loss of the first twenty steps: \(first[1].decimals(3)) with
    normalization, \(first[0].decimals(3)) without. \(first[1] < first[0]
      ? "It starts to learn faster." : "This time it did not learn faster.")
    Why it helps is less clear than it sounds: Santurkar et al. (2018,
    arXiv:1805.11604) found that it is not the steadier input, and suggest a
    smoother loss.
    """)
}
