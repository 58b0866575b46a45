import Lesson
import Shared

/// The recipe that is trained before the reader's eyes.
func liveRecipe(_ page: Page) -> AdversarialTraining {
  var recipe = AdversarialTraining.oneStep
  recipe.epochs = page.full(recipe.epochs, quick: 1)
  return recipe
}

/// The images that chapter 3 learned from, and those it decided with.
func trainingImages(_ page: Page, _ mnist: MNIST) throws
  -> (training: ImageSet, validation: ImageSet)
{
  let inputs = try TrainingInputs(
    in: page.workspace, data: mnist, seed: page.options.seed,
    flags: page.commandFlags)
  return (
    page.isQuick ? inputs.training.prefix(8000) : inputs.training,
    inputs.validation
  )
}

/// One-step adversarial training, watched epoch by epoch.
///
/// - Throws: A `TutorialError` if the training runs away or its result cannot
///   be saved.
func trainOnWhatAttacksYou(_ page: Page, _ lab: Lab) throws {
  let recipe = liveRecipe(page)
  let untrained = Sequential.notebookNetwork(
    seed: page.options.seed, for: lab.mnist)
  introduce(page, recipe, untrained)
  page.listing(
    "Shared/Defenses/AdversarialMix.swift",
    from: "public static func gradients(")
  try page.requireRoom(for: untrained, as: hardenedFile)
  let start = ContinuousClock.now
  let outcome = try lab.harden()
  let seconds = (ContinuousClock.now - start) / .seconds(1)
  lab.hardened = outcome.model
  let held = TrainingInputs.validationCount(of: lab.mnist.training.count)
  epochTable(
    page, "epochs", outcome.epochs,
    "Each epoch, and then "
      + "\(min(held, AdversarialTraining.validationImages)) validation images "
      + "at ε = \(recipe.epsilon.pixels)")
  page.record("hardeningSeconds", seconds)
  page.record("hardeningEpochs", recipe.epochs)
  var place = ""
  // One part alone replaces nothing that a whole run has left.
  if page.options.only == nil {
    let saved = try page.save(
      Checkpoint(
        chapter: page.chapter, tensors: outcome.model.stateDictionary,
        seed: page.options.seed, data: lab.mnist.sha256,
        inputs: [lab.trained.checkpoint],
        facts: [
          "architecture": outcome.model.architecture,
          "epochs": "\(recipe.epochs)",
        ]), as: hardenedFile)
    place = ", saved \(page.short(saved.url))"
  }
  page.output("trained for \(seconds.decimals(0)) s\(place)")
}

/// The file of the hardened model.
let hardenedFile = "06-Security.safetensors"

private func introduce(
  _ page: Page, _ recipe: AdversarialTraining, _ untrained: Sequential
) {
  let hasDropout = untrained.layers.contains { $0.layer is Dropout }
  page.say(
    """
    The most direct defence: attack the model *while it learns*, and let it
    learn from the attacked images. As a formula it is a game of two players,
    min over weights of the mean of max over $x′$ of $L(x′)$ (Madry et al. 2018,
    arXiv:1706.06083): the attacker picks the worst image in each box, the
    trainer lowers the loss of these worst images.

    With $k$ steps of PGD a batch costs about $k + 1$ times as much as in plain
    training: $k$ gradients for the attack, one for the weights. Wong, Rice and
    Kolter (2020, arXiv:2001.03994) found that one step can do, if it starts at
    a *random* point of the box and is a little longer than $ε$, $α = 1.25 ε$.
    That is `PGD` with a single step. $ε$ grows to \(recipe.epsilon.pixels)
    during the first third of the training; the learning rate rises and falls
    again, as in their recipe\(hasDropout ? ", and dropout is off" : ""). For
    every batch (`share` is 1 here, all images; exercise 7 changes that):
    """)
}

/// What the epochs of an adversarial training did, in a table.
func epochTable(
  _ page: Page, _ name: String, _ epochs: [AdversarialEpoch], _ title: String
) {
  func share(_ accuracy: Proportion?) -> String {
    accuracy?.value.percent(1) ?? "–"
  }
  page.table(
    title, columns: ["epoch", "loss", "clean", "FGSM", "PGD-10"],
    rows: epochs.map {
      [
        "\($0.epoch)", $0.trainingLoss.decimals(3),
        share($0.validation?.clean), share($0.validation?.fgsm),
        share($0.validation?.pgd),
      ]
    }, [name: epochs])
}

/// The recipe without its random start, on fewer images: what can go wrong.
///
/// - Throws: A `TutorialError` if the training runs away.
func withoutTheRandomStart(_ page: Page, _ lab: Lab) throws {
  let mnist = lab.mnist
  var recipe = AdversarialTraining.oneStepWithoutRandomStart
  recipe.epochs = page.full(recipe.epochs, quick: 2)
  let (all, validation) = try trainingImages(page, mnist)
  let training = all.prefix(page.full(20_000, quick: 2000, long: 55_000))
  page.say(
    """
    **What can go wrong.** Now without the random start, with a single step of
    $ε$ from the image itself, and on \(training.count.grouped) images. Watch
    FGSM, which the network trains against, and PGD-10, which it does not:
    """)
  let outcome = try page.progress(
    "Without random start",
    passes: recipe.passes(
      images: training.count, validation: validation.count),
    epochs: recipe.epochs
  ) {
    try recipe.run(
      on: training,
      from: .notebookNetwork(seed: page.options.seed, for: mnist),
      validation: validation, seed: page.options.seed)
  }
  epochTable(
    page, "withoutRandomStart", outcome.epochs,
    "Without a random start, \(validation.first(500).count) validation images")
  guard let last = outcome.epochs.last?.validation else { return }
  let gap = last.fgsm.lead95(over: last.pgd).lowerBound
  page.say(
    gap > 0.3
      ? """
      After the last epoch FGSM leaves \(last.fgsm.value.percent(1)) and PGD-10
      \(last.pgd.value.percent(1)). This is **catastrophic overfitting**: the
      network has learned to spoil the one step that it expects, not several.
      \(last.fgsm.value > last.clean.value
        ? "FGSM even leaves more than the "
          + "\(last.clean.value.percent(1)) of the clean images: the step is made "
          + "from the label, and the network reads the label off it. " : "")Whoever
      had looked at FGSM alone would have been delighted. A random start helps,
      and so does to keep the epoch that does best under *several* steps on
      held-out images, if it is not lost from the first: the recipe above does
      both.
      """
      : """
      Here FGSM and PGD-10 are \(((last.fgsm.value - last.pgd.value) * 100)
        .decimals(1)) points apart after the last epoch. Where the gap opens to
      nearly everything, one speaks of *catastrophic overfitting*: the network
      has learned to spoil the one step that it expects (Wong et al. saw it when
      steps are too long or do not start at random). To look at several steps
      after each epoch is what notices it.
      """)
}
