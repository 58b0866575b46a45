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
    "work out FGSM's step for a small linear model on paper",
    "measure an attack beside a control within the same bound",
    "say what many small steps can do that one cannot",
    "read a robustness curve as an upper bound, with its intervals",
  ],
  needs: "a trained model: yours from chapter 3, or the one that ships",
  saves: "adversarial examples and the accuracy under each attack", seconds: 45,
  flags: [.model, .picture, .attack],
  exercises: [oneStep, box, ascent, start, curves])

chapter.run { page in
  let handwriting = try page.options.image.map(Handwriting.init(contentsOf:))
  let mnist = try page.loadData()
  let trained = try page.loadTrainedModel(mnist)
  let model = trained.model
  let test = mnist.test.first(page.full(10_000, quick: 500))
  let seed = page.options.seed
  let noun = mnist.isShipped ? "digit" : "image"

  // MARK: - Threat model

  page.section("What the attacker may do")
  page.say(
    """
    "Secure" means nothing until it is said against whom. A *threat model* fixes
    that before anything is measured. Ours:

    - **Knowledge:** the attacker has the network and its weights (white box).
      The attacks of this chapter need them, because they follow gradients.
    - **Power:** every pixel may change by at most $ε$. In symbols,
      $‖x′ − x‖∞ ≤ ε$, and pixels stay between black 0 and white 1.
    - **Goal:** any wrong answer (untargeted).

    $ε$ needs a unit. Here it is in *pixels*, where 1 is the way from black to
    white. Other texts count levels of 255, or divide by the standard deviation
    of the data (normalized units). The same number then means quite different
    attacks:
    """)
  let tenth = page.show { Epsilon.pixels(0.1) }
  let deviation = mnist.normalize.standardDeviation
  page.output(tenth.inAllUnits(standardDeviation: deviation))
  let weaker = Epsilon.normalized(tenth.pixels, standardDeviation: deviation)
  page.say(
    """
    **Careful:** an $ε$ of \(tenth.pixels) in normalized units is only
    \(weaker.pixels.decimals(3)) in pixels, \(deviation < 1 / 3
      ? "less than a third" : "\(deviation.decimals(2)) times as much").
    When two texts disagree about how strong an attack is, look at the unit
    first.
    """)

  // MARK: - Two pixels

  page.section("FGSM on an image of two pixels")
  twoPixels(page)

  // MARK: - FGSM

  page.section("FGSM on a real \(noun)")
  page.say(
    """
    FGSM pretends that a network, too, is linear over a distance of $ε$. PGD will
    check that; until then the recipe stays the same: ask the backward pass for
    $∂L/∂x$ instead of $∂L/∂w$, where $L$ is the loss, take its sign, and make
    one step of size $ε$.
    Here is the whole attack as it stands in the library:
    """)
  page.listing(
    "Shared/Attacks/Gradients/FGSM.swift", from: "public func perturb")
  let step = page.exercise(oneStep)
  let attack = page.show { FGSM(epsilon: .pixels(0.2)) }
  let digit = firstFooled(model, test, attack)
  page.say("For this one \(noun): ask for the gradient, then make the step.")
  let adversarial = page.show {
    let gradient = model.inputGradient(
      of: digit.images, labels: digit.labels)
    return step(digit.images, gradient, attack.epsilon.pixels)
  }
  showOneDigit(page, model, digit, adversarial, attack.epsilon, mnist)
  reportZeroGradients(page, model, test.prefix(100))
  if let handwriting { try attackHandwriting(page, model, handwriting, mnist) }

  // MARK: - The curve

  page.section("How accuracy falls with ε")
  let (fgsm, randomSigns) = try howAccuracyFalls(
    page, model, mnist, test, curves)

  // MARK: - Pictures

  page.section("What the attack looks like")
  try attackFigure(page, model, mnist)
  try exploreEpsilon(page, model, mnist)

  // MARK: - PGD

  page.section("Many small steps: PGD")
  let few = mnist.test.first(page.full(1000, quick: 100))
  let pgd = try manySmallSteps(
    page, model, few, (box: box, ascent: ascent, start: start))

  // MARK: - Curve and saving

  page.section("The robustness curve")
  try robustnessFigure(
    page, model, few, epsilons: fgsm.map(\.epsilon), pgd: pgd)
  let examples = test.prefix(page.full(100, quick: 20))
  let results = AttackResults(fgsm: fgsm, randomSigns: randomSigns, pgd: pgd)
  page.say(
    """
    Last, the adversarial versions of the first \(examples.count) test images go
    into a file for you to play with, beside the results that chapter 6 needs
    and the SHA-256 of the model they were measured on.
    """)
  let saved = try page.show {
    var tensors = ["clean": examples.images]
    for epsilon: Float in [0.1, 0.2, 0.3] {
      tensors["fgsm.\(epsilon)"] = FGSM(epsilon: .pixels(epsilon))
        .perturb(examples.images, labels: examples.labels, against: model)
    }
    tensors["labels"] = Tensor(examples.labels.map(Float.init))
    return try Checkpoint(
      chapter: page.chapter, tensors: tensors, seed: seed,
      data: mnist.sha256, inputs: [trained.checkpoint],
      facts: ["results": results.encoded()]
    ).save(to: page.workspace, as: AttackResults.fileName)
  }
  page.output("saved \(page.short(saved.url))")

  page.say(
    """
    **Try it:** the library has stronger attacks than these, and some that need
    no gradient. `swift run 05-Attacks\(page.modelFlags) --attack list` names
    them; with a name instead of `list` it runs one, counts what it asks of the
    model, and audits it.
    """)

  recapitulate(page)
  page.say(
    """
    **Next:** `swift run 06-Security\(page.modelFlags)` asks what can be done
    about it.
    """)
}
