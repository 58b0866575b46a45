import Lesson
import Shared

/// What is made once and put on any image: a perturbation and a patch.
func oneForAll(
  _ page: Page, _ model: Sequential, _ mnist: MNIST, _ few: Batch
) throws {
  let epsilon = Epsilon.pixels(0.2)
  let side = 9
  let steps = page.full(200, quick: 20)
  let seed = page.options.seed
  let training = mnist.training.first(page.full(2000, quick: 200))
  page.say(
    """
    An attack can also be made once for all images. A *universal perturbation*
    (Moosavi-Dezfooli et al. 2017, arXiv:1610.08401) is one pattern within
    $ε = \(epsilon.pixels)$. A *patch* (Brown et al. 2017, arXiv:1712.09665) may
    change a square completely, here \(side) × \(side) pixels at a random place.
    Both are made with the weights, on \(training.count.grouped) other images:
    """)
  let (universal, patch) = try page.progress(
    "One for all",
    passes: 2 * WorkReport.passesOfGradient * steps * min(training.count, 100)
  ) {
    (
      UniversalPerturbation.made(
        against: model, from: training, epsilon: epsilon, steps: steps,
        seed: seed),
      try AdversarialPatch.made(
        against: model, from: training, side: side, steps: steps, seed: seed)
    )
  }
  try picture(page, model, mnist, few, universal, patch)
  // With the same seed it comes to lie where the patch does.
  let gray = AdversarialPatch(
    Tensor(shape: patch.patch.shape, repeating: 0.5), seed: seed)
  let noise = RandomSigns(epsilon: epsilon, seed: seed)
  compare(
    page, few,
    clean: model.evaluate(on: few.images, labels: few.labels).accuracy,
    noise: model.accuracy(under: noise, on: few),
    universal: model.accuracy(under: universal, on: few),
    gray: model.accuracy(under: gray, on: few),
    patch: model.accuracy(under: patch, on: few), epsilon, side: side)
}

/// Both alone and on an image, one that both turn if there is one.
private func picture(
  _ page: Page, _ model: Sequential, _ mnist: MNIST, _ few: Batch,
  _ universal: UniversalPerturbation, _ patch: AdversarialPatch
) throws {
  let clean = predictions(model.logits(of: few.images))
  let attacks: [any Attack] = [universal, patch]
  let attacked = attacks.map {
    $0.perturb(few.images, labels: few.labels, against: model)
  }
  let answers = attacked.map { predictions(model.logits(of: $0)) }
  let shown =
    few.labels.indices.first { image in
      clean[image] == few.labels[image]
        && answers.allSatisfy { $0[image] != few.labels[image] }
    } ?? 0
  let pattern = universal.perturbation
  let black = Tensor(shape: [1] + few.images.shape.dropFirst())
  let names = answers.map { mnist.classNames[$0[shown]] }
  var grid = ImageGrid()
  grid.keepsRowsWhole = true
  grid.headings = [
    "for all images", "read as \(names[0])", "the patch",
    "read as \(names[1])",
  ]
  grid.addRow(
    Tensor(concatenating: [
      pattern.reshaped(to: [1] + pattern.shape), attacked[0].rows([shown]),
      patch.perturb(black, labels: [0], against: model),
      attacked[1].rows([shown]),
    ]),
    colorings: [
      .signed(universal.epsilon.pixels), .gray(0...1), .gray(0...1),
      .gray(0...1),
    ])
  let label = mnist.classNames[few.labels[shown]]
  try page.figure(
    "one-for-all", grid, scale: 6,
    caption:
      "the universal perturbation ({red|+ and #} brighter, {blue|- and =} "
      + "darker); an image of class \(label) with it, read as \(names[0]); the "
      + "patch; the image with the patch, read as \(names[1]).",
    alternative:
      "Four pictures: a pattern of red and blue pixels, an image with the "
      + "pattern added, a small square on black, and the image with the square "
      + "on it.")
}

/// The accuracies and what may be concluded from them.
private func compare(
  _ page: Page, _ few: Batch, clean: Proportion, noise: Proportion,
  universal: Proportion, gray: Proportion, patch: Proportion,
  _ epsilon: Epsilon, side: Int
) {
  let square = "\(side) × \(side)"
  page.table(
    "Accuracy on the first \(few.count.grouped) test images",
    columns: ["added to each image", "accuracy under it"],
    rows: [
      ["nothing", clean.withInterval],
      [
        "random signs, drawn for each, ε = \(epsilon.pixels)",
        noise.withInterval,
      ],
      [
        "the one perturbation, ε = \(epsilon.pixels)",
        universal.withInterval,
      ],
      ["a grey square, \(square)", gray.withInterval],
      ["the patch, \(square), same places", patch.withInterval],
    ],
    [
      "universal": universal, "universalControl": noise, "patch": patch,
      "patchControl": gray,
    ])
  page.say(
    """
    \(noise.lead95(over: universal).lowerBound > 0
      ? "One pattern, made from other images, takes "
        + "\((noise.value - universal.value).points) more from these than a "
        + "draw of noise for each."
      : "Whether the one pattern does more than noise, these images do not "
        + "tell.")
    \(gray.lead95(over: patch).lowerBound > 0
      ? "The patch takes \((gray.value - patch.value).points) more than a grey "
        + "square at the same places: what is on it counts, not only what it "
        + "covers."
      : "Whether the patch does more than cover what lies below it, these "
        + "images do not tell.")
    """)
}

extension Double {
  /// A difference of two shares: `12.3 points`.
  fileprivate var points: String { "\((self * 100).decimals(1)) points" }
}
