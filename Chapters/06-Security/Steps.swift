import Shared

/// Chapter 5's own results, or the same measurements made here.
func attackResults(_ page: Page, _ trained: TrainedModel, _ mnist: MNIST)
  throws -> AttackResults
{
  let saved = try AttackResults.load(
    in: page.workspace, model: trained.checkpoint, flags: page.commandFlags)
  if let saved {
    page.say(
      """
      Chapter 5 measured how this model does under attack. Its results are in
      `\(page.short(page.workspace.url(AttackResults.fileName)))`.
      """)
    return saved
  }
  page.say(
    """
    There are no results of chapter 5 for this model yet, so this run measures
    on the first thousand test images what chapter 5 would have on all of them.
    """)
  let test = mnist.test.first(page.full(1000, quick: 100))
  let epsilons = [0, 0.1, 0.2, 0.3].map(Epsilon.pixels)
  let model = trained.model
  let seed = page.options.seed
  return page.progress("Attacking", total: epsilons.count) { bar in
    page.show {
      var results = AttackResults(fgsm: [], randomSigns: [], pgd: [])
      for epsilon in epsilons {
        results.fgsm.append(
          model.accuracy(under: FGSM(epsilon: epsilon), on: test))
        results.randomSigns.append(
          model.accuracy(
            under: RandomSigns(epsilon: epsilon, seed: seed), on: test))
        bar.update(results.fgsm.count)
      }
      return results
    }
  }
}

/// Clean accuracy beside what each attack leaves of it.
func gapTable(_ page: Page, _ results: AttackResults) {
  guard let clean = results.fgsm.first(where: { $0.epsilon == 0 }) else {
    return
  }
  let pgdTitle = results.pgd.first.map { "PGD (\($0.images.grouped))" } ?? "PGD"
  func cell(_ rows: [RobustnessRow], _ epsilon: Float) -> String {
    rows.first { $0.epsilon == epsilon }?.accuracy.percent() ?? "–"
  }
  page.table(
    "Clean accuracy \(clean.accuracy.percent()), and what attacks leave of it",
    columns: ["ε pixels", "random signs", "FGSM", "gap", pgdTitle],
    rows: results.fgsm.filter { $0.epsilon > 0 }.map { row in
      [
        row.epsilon.decimals(2), cell(results.randomSigns, row.epsilon),
        row.accuracy.percent(),
        ((clean.accuracy - row.accuracy) * 100).decimals(1) + " points",
        cell(results.pgd, row.epsilon),
      ]
    })
  page.record("gap", results)
  page.say(
    """
    Random signs and FGSM were measured on
    \(clean.images.grouped) test images\(results.pgd.first.map {
      ", PGD on \($0.images.grouped)" } ?? ""). Clean accuracy answers "how good
    is it on digits people write?". It does not answer "how good is it on digits
    that somebody made in order to fool it?", and the gap shows that the second
    answer cannot be guessed from the first.
    """)
}

/// What each other family is, and what became of it.
func otherFamilies(_ page: Page) {
  page.say(
    """
    **Gradient masking: defensive distillation.** Train a second network on the
    first one's softened probabilities; gradients shrink, and gradient attacks
    find nothing to follow (Papernot et al. 2016, arXiv:1511.04508). The
    weakness was still there, only the signpost was gone: Carlini and Wagner
    (2017, arXiv:1608.04644) reached 100 % success with attacks built to step
    around it.

    **Preprocessing.** Blur, round, compress or rebuild the image before the
    network sees it (Guo et al. 2018, arXiv:1711.00117). It stops attackers who
    do not know of it. Athalye, Carlini and Wagner (2018, arXiv:1802.00420) took
    nine white-box defences of every kind from one conference, this one among
    them; seven relied on gradients that were broken or hidden, six of these
    fell completely and one partly, to attacks that replace the unusable step by
    a smooth stand-in or average over its randomness.

    **Detection.** Do not resist, but recognize attacked inputs and refuse them.
    Carlini and Wagner (2017, arXiv:1705.07263) bypassed ten detectors with
    attacks that fool detector and classifier together. And do not hope for low
    confidence as a sign: Goodfellow et al. (2015, arXiv:1412.6572) report a
    network that was wrong on 89.4 % of attacked digits with a mean confidence
    of 97.6 %.

    **Certified defences.** Prove, for each image, that *no* change within $ε$ can
    alter the answer. Interval bounds (Gowal et al. 2018, arXiv:1810.12715)
    certify 91.8 % of MNIST at $ε = 0.3$ for a network trained for it. Randomized
    smoothing (Cohen et al. 2019, arXiv:1902.02918) scales to large networks but
    certifies $ℓ₂$ balls, not this box. A certificate is a *lower* bound on
    accuracy under every attack in its threat model, as an attack gives an upper
    one. It says nothing about changes outside its box.

    **Adversarial training**, which you just ran, is the empirical defence that
    has been weakened by better attacks, but not broken.
    """)
  page.table(
    "What each family gives you",
    columns: ["family", "what it promises", "what broke it"],
    rows: [
      [
        "adversarial training", "robustness, measured not proved",
        "weakened, not broken",
      ],
      ["distillation", "hides gradients", "gradients at the logits"],
      ["preprocessing", "cleans the input", "attacks that include it"],
      ["detection", "refuses attacked inputs", "fooling both at once"],
      ["certified", "a proof inside the box", "nothing inside the box"],
    ])
}

/// Advice that follows from the chapters, not from this run's numbers.
func deployment(_ page: Page) {
  page.say(
    """
    - **Write the threat model down** before choosing a defence: who attacks,
      what do they know, what may they change, what is a wrong answer worth?
    - **Measure with attacks that know your defence.** Report clean accuracy,
      attack, steps, restarts, norm, ε with its unit, and the number of images.
      "On Evaluating Adversarial Robustness" (Carlini et al. 2019,
      arXiv:1902.06705) is a checklist, by its authors' own word neither
      necessary nor sufficient.
    - **Suspect good news.** If one step beats many, if random noise beats the
      gradient, or if accuracy stays up as $ε$ grows without bound, the attack is
      broken, not the model strong.
    - **Use FGSM as a regression test**, never as evidence of robustness.
    - **Do not rest on the model alone.** Real attackers prefer cheap tricks to
      gradients (Apruzzese et al. 2023, arXiv:2212.14315). Limit queries, do not
      hand out exact scores, keep a second signal and a person for the decisions
      that matter, and watch what arrives.
    - **Say what is not covered.** Robust in this box is not robust to rotation,
      stickers or a digit from another pen.
    """)
}

/// How others run the hardened model, from the file at `place`.
func useInPython(_ page: Page, _ place: String) {
  page.say(
    """
    Optional, for those who have Python with `onnxruntime`: three lines run it.

        import onnxruntime
        session = onnxruntime.InferenceSession("\(place)")
        logits, = session.run(None, {"images": images})

    `images` is a NumPy array of `float32`, shape `[N, 1, 28, 28]`, with pixels
    in 0...1. The file normalizes them itself, so do not do it before.
    """)
}
