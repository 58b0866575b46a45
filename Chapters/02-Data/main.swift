import Lesson
import Shared

let standardizedPixel = Exercise.standardizedPixel(standardized)

let chapter = Chapter(
  .data, title: "Data",
  question: "What exactly does the network get to see?",
  needs: "nothing",
  saves: "the data's statistics, fingerprint and validation split", seconds: 1,
  exercises: [standardizedPixel])

chapter.run { page in
  // MARK: - The format

  let mnist = try page.loadData()
  page.section("Sixteen bytes")
  try readHeader(page)

  // MARK: - What is in it

  page.section("Seventy thousand digits")
  page.say(
    """
    MNIST was put together by LeCun, Cortes and Burges from forms filled in by
    census employees and high-school students. It ships with this package:
    nothing is downloaded.
    """)
  countClasses(page, mnist)

  page.section("A look at them")
  page.say(
    """
    Always look at the data before you trust a number about it. The rows of the
    figure are the digits 0 to 9 as different people write them.
    """)
  let samples = mnist.training.first(4)
  page.pictures(
    samples.images, captions: samples.labels.map { "label \($0)" })
  var grid = ImageGrid()
  for digit in 0...9 {
    let indices = mnist.training.labels.indices.filter {
      mnist.training.labels[$0] == digit
    }
    grid.addRow(mnist.training.batch(Array(indices.prefix(12))).images)
  }
  try page.figure(
    "samples", grid, caption: "the first twelve training images of each digit.",
    alternative:
      "Ten rows of twelve handwritten digits, one row for each digit "
      + "from 0 to 9; every hand writes them differently.")

  // MARK: - Statistics

  page.section("Mean 0.1307, standard deviation 0.3081")
  let statistics = computeStatistics(page, mnist, standardizedPixel)

  page.section("Nearly black and white")
  try describePixels(page, statistics)

  // MARK: - Batches

  page.section("Batches in random order")
  showBatches(page, mnist.training)

  // MARK: - Splitting

  page.section("Three sets for three questions")
  page.say(
    """
    - The **training** images answer: which way should the weights move?
    - The **validation** images answer: which settings are best, when should I
      stop?
    - The **test** images answer, once: how good is the result?

    **Careful:** the last two must not be mixed. Whoever tries twenty settings and keeps the
    one with the best test accuracy has used the test set to choose, and its
    number is no longer an honest forecast: the best of twenty is partly luck,
    and the luck will not come back with the next digit. So a random part of
    the training images is put aside for choosing.
    """)
  let split = page.show {
    mnist.training.split(
      holdingOut: TrainingInputs.validationCount(of: mnist.training.count),
      seed: page.options.seed)
  }
  page.output(
    """
    training:   \(split.training.count.grouped) images
    validation: \(split.validation.count.grouped) images, among them numbers \
    \(split.validation.prefix(5).map(\.grouped).joined(separator: " · ")) …
    test:       \(mnist.test.count.grouped) images
    """,
    ["split": [split.training.count, split.validation.count]])

  // MARK: - Saving

  page.section("Saving")
  page.say(
    """
    The SHA-256 of the data goes into every later checkpoint. So a chapter can
    refuse a model that was trained on other images, instead of silently
    reporting nonsense.
    """)
  let saved = try page.show {
    try Checkpoint(
      chapter: page.chapter,
      tensors: [
        "pixels.mean": Tensor([Float(statistics.mean)]),
        "pixels.standardDeviation": Tensor([
          Float(statistics.standardDeviation)
        ]),
        "training.classCounts": Tensor(
          mnist.training.classCounts.map(Float.init)),
        "validation.indices": Tensor(split.validation.map(Float.init)),
      ],
      seed: page.options.seed, data: mnist.sha256
    ).save(to: page.workspace, as: TrainingInputs.dataFile)
  }
  page.output(
    "data SHA-256: \(mnist.sha256)\nsaved \(page.short(saved.url))",
    ["dataSHA256": mnist.sha256])
  page.say(
    """
    **Next:** `swift run 03-Training\(page.commandFlags)` lets the network
    learn them.
    """)
}
