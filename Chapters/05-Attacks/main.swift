import Lesson
import Shared

let oneStep = Exercise.fgsm(fgsm)
let box = Exercise.projectedPixel(projectedPixel)
let ascent = Exercise.ascend(ascend)
let start = Exercise.randomStart(randomStart)
let curves = Exercise.robustnessCurves(robustnessCurves)

let chapter = Chapter(
  .attacks, title: "Attacks",
  question: "How little must an image change before the network misreads it?",
  goals: [
    "state a threat model, and convert $ε$ from one unit to another",
    "work out FGSM's step on paper, and say why it takes the sign",
    "say what many steps, many attacks and targets add, and what each costs",
    "attack without gradients, and once for all images",
    "notice a broken attack, and say what a number under attack means",
  ],
  needs: "a trained model: yours from chapter 3, or the one that ships",
  saves: "adversarial examples and the accuracy under each attack",
  seconds: 140, flags: [.model, .picture, .attack],
  exercises: [oneStep, box, ascent, start, curves])

chapter.run { page in
  let handwriting = try page.options.image.map(Handwriting.init(contentsOf:))
  let mnist = try page.loadData()
  let trained = try page.loadTrainedModel(mnist)
  let model = trained.model
  let test = mnist.test.first(page.full(10_000, quick: 500))
  let few = mnist.test.first(page.full(1000, quick: 100))
  let fewest = mnist.test.first(page.full(100, quick: 20))
  let seed = page.options.seed
  let noun = mnist.isShipped ? "digit" : "image"

  page.section("What the attacker may do")
  whatTheAttackerMayDo(page, mnist)

  page.section("FGSM on an image of two pixels")
  twoPixels(page)

  // MARK: - FGSM

  page.section("FGSM on a real \(noun)")
  page.say(
    """
    A network is not linear, but FGSM pretends that it is over a distance of $ε$:
    ask the backward pass for $∂L/∂x$ instead of $∂L/∂w$, where $L$ is the loss,
    take its sign, and make one step. The whole attack, and the first \(noun) that
    falls to it at $ε = 0.2$, with the answers and how sure they are below:
    """)
  page.listing(
    "Shared/Attacks/Gradients/FGSM.swift", from: "public func perturb")
  let step = page.exercise(oneStep)
  let attack = FGSM(epsilon: .pixels(0.2))
  let digit = firstFooled(model, test, attack)
  let adversarial = page.show {
    let gradient = model.inputGradient(
      of: digit.images, labels: digit.labels)
    return step(digit.images, gradient, attack.epsilon.pixels)
  }
  showOneDigit(page, model, digit, adversarial, attack.epsilon, mnist)
  reportUnusedPixels(page, model, test.prefix(100), attack.epsilon)
  if let handwriting { try attackHandwriting(page, model, handwriting, mnist) }

  page.section("Why the sign")
  try whyTheSign(page, model, digit, few, mnist)

  page.section("How accuracy falls with ε")
  let (fgsm, randomSigns) = try howAccuracyFalls(
    page, model, mnist, test, curves)

  page.section("What the attack looks like")
  try attackFigure(page, model, mnist)
  try exploreEpsilon(page, model, mnist)
  try whatTheHooksSaw(page, model, few)

  // MARK: - Attacks that fool their owner

  page.section("A mistake in the units")
  try theUnitsTrap(page, model, few, mnist)

  // MARK: - Stronger attacks

  page.section("Many small steps: PGD")
  try bentPixels(page)
  let pgd = try manySmallSteps(
    page, model, few, (box: box, ascent: ascent, start: start))

  page.section("The worst case of several attacks")
  let worstCase = try theWorstCase(
    page, model, fewest, epsilons: [0.1, 0.15, 0.2, 0.3].map(Epsilon.pixels),
    pgd: pgd.attack)
  try minimalChange(page, model, fewest)

  page.section("Make it read what you want")
  try thisOneASeven(page, model, mnist, few)
  howSureWhenFooled(page, model, few, seed: seed)

  page.section("No gradients needed")
  try noGradientsNeeded(page, model, mnist, few, fewest)
  try oneForAll(page, model, mnist, few)

  // MARK: - The sum

  page.section("All attacks")
  try everyAttack(page, model, mnist, fewest, standard: worstCase.first)
  try robustnessFigure(
    page, model, fewest, epsilons: fgsm.map(\.epsilon), pgd: pgd.attack,
    worstCase: worstCase.points)
  let results = AttackResults(
    fgsm: fgsm, randomSigns: randomSigns, pgd: pgd.points,
    worstCase: worstCase.points)
  let tensors = [
    "clean": fewest.images, "worst": worstCase.first.run.images,
    "labels": Tensor(fewest.labels.map(Float.init)),
  ]
  let saved = try Checkpoint(
    chapter: page.chapter, tensors: tensors, seed: seed, data: mnist.sha256,
    inputs: [trained.checkpoint], facts: ["results": results.encoded()]
  ).save(to: page.workspace, as: AttackResults.fileName)
  page.say(
    """
    `\(page.short(saved.url))` now holds the first \(fewest.count) test images,
    what the standard set made of them at $ε = 0.1$, and the results for chapter
    6.
    """)

  recapitulate(page)
  page.say(
    """
    **Next:** `swift run 06-Security\(page.modelFlags)` asks what can be done
    about it.
    """)
}
