import Lesson
import Shared

let standardizedPixel = Exercise.standardizedPixel(standardized)

let chapter = Chapter(
  .data, title: "Data",
  question: "What exactly does the network get to see?",
  goals: [
    "read the header of an image file byte by byte",
    "say with what an accuracy has to be compared",
    "turn a byte into the number that the network computes with",
    "say which pixels a change of a given size can carry across one half",
    "tell training, validation and test images apart by what each may decide",
  ],
  needs: "nothing",
  saves: "the data's statistics, fingerprint and validation split", seconds: 1,
  hasQuickForm: false, exercises: [standardizedPixel])

chapter.run { page in
  // MARK: - The format

  let mnist = try page.loadData()
  page.section("Sixteen bytes")
  try readHeader(page)

  // MARK: - What is in it

  tellOrigin(page, mnist)
  countClasses(page, mnist)

  page.section("A look at them")
  try lookAtThem(page, mnist)

  // MARK: - Statistics

  page.section(
    "Mean \(mnist.normalize.mean.decimals(4)), standard deviation "
      + mnist.normalize.standardDeviation.decimals(4))
  let statistics = computeStatistics(page, mnist, standardizedPixel)
  try describePixels(page, statistics, mnist)

  // MARK: - Batches

  page.section("Batches in random order")
  showBatches(page, mnist)

  // MARK: - Splitting

  page.section("Three sets for three questions")
  page.say(
    """
    - The **training** images answer: how should the weights change?
    - The **validation** images answer: which settings are best, when should I
      stop?
    - The **test** images answer, once, when all is decided: how good is the
      result?

    **Careful:** the last two must not be mixed. Whoever tries twenty settings
    and keeps the one with the best test accuracy has used the test set to
    choose, and its number is no longer an honest forecast: the best of twenty
    is partly luck, and the luck will not come back with the next
    \(mnist.isShipped ? "digit" : "image"). So a random part of the training
    images is put aside for choosing. (Mean and deviation above were taken over
    both parts together.) Chapter 3 measures on it after every pass
    over the training images. The test set it measures once, at the end, when
    the settings are chosen and the weights are final.
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
    A *SHA-256* is a fingerprint of data (FIPS 180-4): 64 hexadecimal digits
    computed from all bytes, and no two different files are known that share
    one. That of the data goes into every later *checkpoint*, the file in which
    a chapter leaves its numbers. So a chapter can
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
          mnist.training.classCounts(of: mnist.classNames.count)
            .map(Float.init)),
        "validation.indices": Tensor(split.validation.map(Float.init)),
      ],
      seed: page.options.seed, data: mnist.sha256
    ).save(to: page.workspace, as: TrainingInputs.dataFile)
  }
  page.output(
    "data SHA-256: \(mnist.sha256)\nsaved \(page.short(saved.url))",
    ["dataSHA256": mnist.sha256])

  recapitulate(page)
  page.say(
    """
    **Next:** `swift run 03-Training\(page.commandFlags)` lets the network
    learn them.
    """)
}
