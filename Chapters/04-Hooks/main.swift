import Lesson
import Shared
import Synchronization

let zeroShare = Exercise.zeroShare(shareOfZeros)
let flipped = Exercise.flippedShare(flippedShare)

let chapter = Chapter(
  .hooks, title: "Hooks",
  question:
    "What happens inside the network, and what does an attack do there?",
  goals: [
    "say what a file of weights holds, what a loader must refuse, and why a "
      + "pickle is another matter",
    "watch every layer of a network with a hook, and read its statistics",
    "tell from its weights what a filter of the first convolution looks for",
    "compare noise and an attack within the same bound, layer by layer",
    "work out how large a change of the logits turns an answer",
  ],
  needs: "a trained model: yours from chapter 3, or the one that ships",
  saves: "statistics of every layer, and what is usual for its channels",
  seconds: 4, flags: [.model], exercises: [zeroShare, flipped])

chapter.run { page in
  let mnist = try page.loadData()
  let trained = try page.loadTrainedModel(mnist)
  let model = trained.model
  let images = mnist.test.first(page.full(10_000, quick: 1000))
  let noun = mnist.isShipped ? "digit" : "image"
  // The network may be another one than the tutorial's, with other names.
  let rectifiers = model.layers.filter { $0.layer is ReLU }.map(\.name)

  try loadingTheModel(page, trained, mnist)

  // MARK: - A hook

  page.section("Watching one image pass through")
  page.say(
    """
    A *hook* is a function that is called whenever a layer has computed its
    output. Here hooks are values: `observed` returns a copy of the model that
    reports, and the model itself stays as it was. There is no hook to remove
    afterwards and none to forget. (`Mutex` protects the text, because a hook
    may be called from several threads at once.)
    """)
  let one = mnist.test.first(1)
  let report = page.show {
    let report = Mutex("")
    let watched = model.observed { name, output in
      let mean = output.mean.decimals(3)
      report.withLock { $0 += "\(name): \(output.shape), mean \(mean)\n" }
    }
    _ = watched(one.images)
    return report.withLock { $0 }
  }
  page.output(report)
  page.say(
    """
    Every layer reports\(rectifiers.isEmpty ? "." : ", the ReLUs too.")
    In PyTorch that depends on how the model was written: a hook sits on a
    module, and a model that calls the function `F.relu` has no module there, so
    the hook never fires and nothing says so.
    """)

  // MARK: - Statistics

  page.section("Every layer over \(images.count.grouped) test images")
  let guess =
    rectifiers.isEmpty
    ? nil
    : page.guess(
      "zeros", "How many per cent of what the first ReLU puts out are zeros?",
      .percent)
  let monitor = page.show {
    var monitor = ActivationMonitor()
    monitor.watch(model, on: images.images)
    return monitor
  }
  layerTable(page, model, monitor)
  let first = monitor.layers.first { rectifiers.contains($0.name) }
  if let guess, let first {
    page.reveal(
      guess, outcome: first.zeroShare,
      "The other \((1 - first.zeroShare).percent(0)) are above 0."
        + onBlack(model, first.name))
  }

  let share = page.exercise(zeroShare)
  let silence = page.show {
    model.activations(of: one.images).map { name, output in
      (name, share(output))
    }
  }
  if !rectifiers.isEmpty {
    page.output(
      "zeros of one \(noun): "
        + silence.filter { rectifiers.contains($0.0) }
        .map { "\($0.0) \($0.1.percent(0))" }.joined(separator: ", "))
  }

  // MARK: - Pictures

  try filterFigure(page, model)
  try featureMaps(page, model, one, mnist)

  // MARK: - Drift

  page.section("The same change, with and without aim")
  let epsilon = Epsilon.pixels(0.1)
  page.say(
    """
    Now pixels go up or down by $ε = \(epsilon.pixels)$, and are cut off at
    black and white. Two ways to choose the direction: *random signs* toss a
    coin, and *FGSM*, the fast gradient sign method, takes the one in which the
    loss rises, and leaves a pixel alone whose slope is 0. (Chapter 5 derives it. The slope of the loss along a pixel comes
    from the backward pass, as in chapter 3.)

    How far does each layer's output move? Let $x$ be the clean image, $x′$ the
    changed one and $a$ what a layer puts out. Measured is
    $‖a(x′) − a(x)‖ / ‖a(x)‖$, the length of the change compared with the length
    of what was there; a length is the root of the sum of squares.

    Watch what becomes of the two on their way from the input to the logits.
    """)
  let some = mnist.test.first(page.full(200, quick: 50))
  let (versions, noise, attack) = page.show {
    let signs = RandomSigns(epsilon: epsilon, seed: page.options.seed)
    let fgsm = FGSM(epsilon: epsilon)
    let versions = Versions(
      clean: some.images,
      noisy: signs.perturb(
        some.images, labels: some.labels, against: model),
      attacked: fgsm.perturb(
        some.images, labels: some.labels, against: model))
    return (
      versions,
      model.drift(from: versions.clean, to: versions.noisy),
      model.drift(from: versions.clean, to: versions.attacked)
    )
  }
  let slopes = model.inputGradient(of: some.images, labels: some.labels)
  let zeros = Double(slopes.scalars.count { $0 == 0 }) / Double(slopes.count)
  try driftTable(
    page, noise, attack, epsilon, images: some.count, withoutSlope: zeros)
  try driftOverEpsilon(page, model, some)

  try whatBreaksInside(page, model, mnist, epsilon, some, versions, flipped)

  // MARK: - Saving

  page.section("Saving what is normal")
  let usual = mnist.training.first(page.full(2000, quick: 500))
  page.say(
    """
    What is normal goes into a file: for every layer mean, standard deviation
    and share of zeros over the test images, as in the table above. And for every channel of every
    ReLU more: an image gives a channel one number, its mean output. The file
    keeps the mean and the standard deviation of these numbers over
    \(usual.count.grouped) *training* images. A detector may compare the
    channels of a new image with them and call it unusual if they lie far off.
    Test images stay out of the channels' statistics: a detector is judged on
    test images, and what judges must not help to choose.
    Chapter 6 tells why a detector alone does not stop an attacker who knows of
    it.
    """)
  let saved = try page.show {
    var tensors: [String: Tensor] = [:]
    for layer in monitor.layers {
      tensors["\(layer.name).mean"] = Tensor([Float(layer.mean)])
      tensors["\(layer.name).standardDeviation"] = Tensor([
        Float(layer.standardDeviation)
      ])
      tensors["\(layer.name).zeroShare"] = Tensor([Float(layer.zeroShare)])
    }
    let channels = model.channelStatistics(
      of: rectifiers, on: usual.images)
    for layer in channels {
      let name = "\(layer.name).channel"
      tensors["\(name).mean"] = layer.mean
      tensors["\(name).standardDeviation"] = layer.standardDeviation
    }
    return try Checkpoint(
      chapter: page.chapter, tensors: tensors, seed: page.options.seed,
      data: mnist.sha256, inputs: [trained.checkpoint],
      facts: [
        "images": "\(images.count)",
        "channel.images": "\(usual.count)",
      ]
    ).save(to: page.workspace, as: "04-Hooks.safetensors")
  }
  page.output("saved \(page.short(saved.url))")

  recapitulate(page)
  page.say(
    """
    **Next:** `swift run 05-Attacks\(page.modelFlags)` makes the model fail on
    purpose.
    """)
}
