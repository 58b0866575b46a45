import Shared

/// What the monitor saw, and what to notice in it.
func layerTable(_ page: Page, _ monitor: ActivationMonitor) {
  page.table(
    "Outputs of each layer",
    columns: [
      "layer", "shape", "mean", "std. dev.", "min", "max", "zeros", "dead",
    ],
    rows: monitor.layers.map { layer in
      [
        layer.name, layer.shape.times, layer.mean.decimals(3),
        layer.standardDeviation.decimals(3), layer.minimum.decimals(2),
        layer.maximum.decimals(2), layer.zeroShare.percent(1),
        layer.name.hasPrefix("relu")
          ? "\(layer.deadUnits) of \(layer.unitCount)" : "–",
      ]
    })
  page.record("layers", monitor.layers.map(LayerRow.init))
  let rectifiers = monitor.layers.filter { $0.name.hasPrefix("relu") }
  let zeros = rectifiers.map { "\($0.name) \($0.zeroShare.percent(0))" }
  let dead = rectifiers.reduce(0) { $0 + $1.deadUnits }
  page.say(
    """
    Three things to notice. The ReLUs put out mostly zeros
    (\(zeros.joined(separator: ", "))): most features are absent in most places,
    and that is what makes a feature tell something. Pooling has fewer zeros
    than the ReLU before it, because the largest of four is zero only if all
    four are. And *dead* units, those that no image here ever switched on,
    number \(dead): they cost work, contribute nothing, and their gradient is
    zero on all these images.
    """)
}

private struct LayerRow: Encodable {
  var layer: String
  var shape: [Int]
  var mean, standardDeviation: Double
  var minimum, maximum: Float
  var zeroShare: Double
  var deadUnits, units, images: Int

  init(_ statistics: ActivationStatistics) {
    layer = statistics.name
    shape = statistics.shape
    mean = statistics.mean
    standardDeviation = statistics.standardDeviation
    minimum = statistics.minimum
    maximum = statistics.maximum
    zeroShare = statistics.zeroShare
    deadUnits = statistics.deadUnits
    units = statistics.unitCount
    images = statistics.images
  }
}

/// The 32 windows of the first convolution.
func filterFigure(_ page: Page, _ model: Sequential) throws {
  guard let weights = model.parameterTensors["conv1.weight"] else { return }
  let filters = weights.filtersAsImages
  var grid = ImageGrid(columns: 8)
  grid.addRow(filters, .signed(weights.maximumMagnitude))
  page.say(
    """
    Chapter 1 chose a window of weights by hand and found edges with it. Nobody
    chose these: they began as random numbers, and training made of them what
    was useful. In the figure red weights count a pixel for, blue ones against.
    Look for windows that are red on one side and blue on the other: edge
    detectors, in all directions.
    """)
  try page.figure(
    "filters", grid, scale: 16,
    caption: "the \(filters.shape[0]) learned 3 × 3 windows of `conv1`.",
    alternative: "A grid of squares of nine cells each, red for positive and "
      + "blue for negative weights; many are red on one side and blue on the "
      + "other.")
}

/// What the convolutions make of one digit.
func featureMaps(_ page: Page, _ model: Sequential, _ one: Batch) throws {
  let activations = page.show {
    model.activations(of: one.images)
  }
  for (name, columns) in [("relu1", 8), ("relu2", 16)] {
    guard let output = activations.first(where: { $0.name == name })?.output
    else { continue }
    let maps = output.channelsAsImages
    var grid = ImageGrid(columns: columns)
    grid.addRow(maps, .gray(0...maps.maximumMagnitude))
    if name == "relu1" {
      let liveliest = (0..<maps.shape[0]).sorted {
        contrast(maps.rows($0..<$0 + 1)) > contrast(maps.rows($1..<$1 + 1))
      }.prefix(2)
      page.pictures(
        Tensor(
          concatenating: [one.images]
            + liveliest.map {
              maps.rows($0..<$0 + 1) * (1 / maps.maximumMagnitude)
            }),
        captions: ["the digit"] + liveliest.map { "relu1, channel \($0)" })
    }
    try page.figure(
      "\(name)", grid,
      caption: "all \(maps.shape[0]) outputs of `\(name)` for one digit; black "
        + "is zero. "
        + (name == "relu1"
          ? "The digit is still readable in most of them."
          : "Half the width, more features, and less and less like the digit."),
      alternative: "\(maps.shape[0]) grey maps of \(maps.shape[1]) × "
        + "\(maps.shape[2]) values; bright spots where a feature was found.")
  }
}

/// How much the values of a map differ from their mean.
private func contrast(_ map: Tensor) -> Double {
  let mean = Float(map.mean)
  return map.map { $0 - mean }.norm
}

/// How far noise and attack move each layer.
func driftTable(
  _ page: Page, _ noise: [LayerDrift], _ attack: [LayerDrift], images: Int
) throws {
  page.table(
    "Relative change of each layer's output, mean of \(images) images",
    columns: ["layer", "random signs", "FGSM", "ratio"],
    rows: zip(noise, attack).map { noise, attack in
      let ratio = attack.relativeDistance / max(noise.relativeDistance, 1e-9)
      return [
        noise.name, noise.relativeDistance.decimals(3),
        attack.relativeDistance.decimals(3), ratio.decimals(2),
      ]
    })
  page.record("driftNoise", noise)
  page.record("driftFGSM", attack)
  guard let firstNoise = noise.first, let firstAttack = attack.first,
    let lastNoise = noise.last, let lastAttack = attack.last
  else { return }
  let start = firstAttack.relativeDistance / firstNoise.relativeDistance
  let end = lastAttack.relativeDistance / lastNoise.relativeDistance
  page.say(
    """
    At the input the attack is \(start.decimals(2)) times as long as the noise,
    at the logits \(end.decimals(2)) times. Neither grows in every layer, and
    some layers shrink both. Look at the ratio instead: where many inputs are
    summed up, the noise's contributions have random signs and partly cancel,
    and the attack's were chosen to agree.
    """)
  func series(_ name: String, _ drift: [LayerDrift]) -> LinePlot.Series {
    LinePlot.Series(
      name,
      points: drift.enumerated().map {
        (Double($0.offset + 1), $0.element.relativeDistance)
      })
  }
  try page.figure(
    "drift",
    LinePlot(
      "Relative change of each layer's output at ε = 0.1",
      xLabel: "layer (1 = normalize, \(noise.count) = fc2)",
      yLabel: "‖a(x′) − a(x)‖ / ‖a(x)‖",
      series: [series("FGSM", attack), series("random signs", noise)],
      legend: .lowerRight),
    caption: "the same numbers as two curves, from the input to the logits.")
}

/// The same for a single digit, in pictures and answers.
func oneDigit(
  _ page: Page, _ model: Sequential, _ test: ImageSet, _ epsilon: Epsilon
) {
  // The first digit that FGSM turns and noise does not.
  let candidates = test.first(300)
  let control = RandomSigns(epsilon: epsilon, seed: page.options.seed)
  let noisy = control.perturb(
    candidates.images, labels: candidates.labels, against: model)
  let attacked = FGSM(epsilon: epsilon).perturb(
    candidates.images, labels: candidates.labels, against: model)
  let answers = [candidates.images, noisy, attacked].map {
    predictions(model.logits(of: $0))
  }
  let found = candidates.labels.indices.first {
    answers[0][$0] == candidates.labels[$0]
      && answers[1][$0] == candidates.labels[$0]
      && answers[2][$0] != candidates.labels[$0]
  }
  guard let found else { return }
  page.say(
    """
    One digit of them, test image \(found): clean it is read as
    \(answers[0][found]), with random signs as \(answers[1][found]), under FGSM
    as \(answers[2][found]).
    """)
  page.pictures(
    Tensor(
      concatenating: [candidates.images, noisy, attacked].map {
        $0.rows(found..<found + 1)
      }),
    captions: [
      "clean: \(answers[0][found])", "random signs: \(answers[1][found])",
      "FGSM: \(answers[2][found])",
    ])
  page.record("turnedImage", found)
}

/// What stands in for the learner's warm-up.
func libraryShareOfZeros(_ activations: Tensor) throws(Unsolved) -> Double {
  Double(activations.scalars.count { $0 == 0 }) / Double(activations.count)
}
