import Lesson
import Shared

let outputSize = Exercise.convolutionOutputSize(convolutionOutputSize)
let forward = Exercise.batchNormalizationForward(batchNormalizedForward)
let backward = Exercise.batchNormalizationBackward(batchNormalizedBackward)
let statistics = Exercise.runningStatistics(updatedRunningStatistics)

let chapter = Chapter(
  .architecture, title: "Architecture",
  question: "What does a convolutional network compute?",
  needs: "nothing",
  saves: "the network's random initial weights", seconds: 7,
  exercises: [outputSize, forward, backward, statistics])

chapter.run { page in
  // MARK: - By hand

  page.section("A convolution by hand")
  let features = convolutionByHand(page)

  page.section("ReLU and max-pooling by hand")
  reluAndPoolingByHand(page, features)

  // MARK: - Shapes

  page.section("Shapes: 28 → 14 → 7 → 3136")
  page.say(
    """
    A $k × k$ convolution with padding $p$ turns an image that is $n$ pixels
    wide into one that is $n + 2p − k + 1$ wide. With $k = 3$ and $p = 1$ that
    is $n$ again, so only pooling changes the size, and it halves it:

    - 28 × 28 pixels, pooled once: 14 × 14
    - pooled twice: 7 × 7
    - with 64 features at each of the 49 places: $64 · 7 · 7 = 3136$ numbers,
      laid out in a row for the linear layers.
    """)
  let shapes = page.show {
    var generator = SeededGenerator(seed: page.options.seed)
    let convolution = Conv2D(
      1, 32, kernelSize: 3, padding: 1, using: &generator)
    let afterConvolution = convolution.outputShape(for: MNIST.imageShape)
    let afterPooling = MaxPool2D(2).outputShape(for: afterConvolution)
    return [afterConvolution, afterPooling]
  }
  page.output(
    "after the convolution: \(shapes[0].times)\n"
      + "after pooling:         \(shapes[1].times)")

  let size = page.exercise(outputSize)
  let sizes = page.show {
    [size(28, 3, 1), size(28, 3, 0), size(28, 5, 0)]
  }
  page.output(sizes.map(String.init).joined(separator: ", "))

  // MARK: - The network

  page.section("The network")
  let model = try theNetwork(page)

  // MARK: - Images through it

  page.section("Four images through the network")
  let mnist = try page.loadData()
  let batch = mnist.training.first(4)
  page.say(
    """
    Four real digits, and what each layer makes of them. The first axis counts
    the images; it stays 4 from beginning to end, because no image ever looks at
    another.
    """)
  page.pictures(batch.images, captions: batch.labels.map { "label \($0)" })
  let activations = page.show { model.activations(of: batch.images) }
  page.output(
    (["input      \(batch.images.shape.times)"]
      + activations.map { name, output in
        name.padding(toLength: 11, withPad: " ", startingAt: 0)
          + output.shape.times
      }).joined(separator: "\n"))
  let probabilities = softmax(model(batch.images))
  page.table(
    "Probability of each digit, before any training",
    columns: ["label"] + (0...9).map(String.init),
    rows: batch.labels.enumerated().map { row, label in
      ["\(label)"] + (0...9).map { probabilities[row, $0].decimals(2) }
    }, ["untrainedProbabilities": probabilities])
  page.say(
    """
    Every digit gets about 0.1. The network has opinions about nothing, and
    nearly the same ones about every image.
    """)

  // MARK: - A gradient

  page.section("One gradient, checked")
  checkGradient(page, model, batch)

  // MARK: - Batch normalization

  page.section("Batch normalization")
  introduceNormalization(page)
  let functions = BatchNormalizationFunctions(
    forward: page.exercise(forward), backward: page.exercise(backward),
    update: page.exercise(statistics))
  compareNormalization(page, mnist, functions)

  // MARK: - Saving

  page.section("Saving the initial weights")
  page.say(
    """
    The weights are random, but not arbitrary: they come from seed
    \(page.options.seed), so everyone with this seed has the same ones. Chapter
    3 starts from this file.
    """)
  let saved = try page.show {
    try Checkpoint(
      chapter: page.chapter, tensors: model.parameterTensors,
      seed: page.options.seed, facts: ["architecture": model.architecture]
    ).save(to: page.workspace, as: TrainingInputs.architectureFile)
  }
  page.output("saved \(page.short(saved.url))")
  page.say(
    "**Next:** `swift run 02-Data\(page.commandFlags)` looks at the images.")
}
