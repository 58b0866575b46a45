import Lesson

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
        "adversarial training", "accuracy under attack, measured not proved",
        "weakened, not broken",
      ],
      ["distillation", "hides gradients", "gradients at the logits"],
      ["preprocessing", "cleans the input", "attacks that include it"],
      ["detection", "refuses attacked inputs", "fooling both at once"],
      ["certified", "a proof inside the box", "nothing inside the box"],
    ], isSameWhenQuick: true)
}
