import Lesson

/// What the chapter comes down to.
func recapitulate(_ page: Page) {
  page.recap([
    """
    Clean accuracy does not tell accuracy under attack: that has to be measured,
    with attacks that know the defence.
    """,
    """
    Adversarial training learns from attacked images; what it has bought shows
    under stronger attacks than those it was trained on, and what it costs shows
    on clean images.
    """,
    """
    An attack gives an upper bound on accuracy in its box and a certificate a
    lower one, and neither says anything about changes outside the box.
    """,
  ])
  page.selfCheck([
    SelfCheck(
      """
      A network was trained against one-step attacks. FGSM leaves 95 % of the
      images, PGD in the same box 20 %. What do you suspect?
      """,
      answer: """
        Gradient masking: the network may have learned to spoil one-step
        attacks, by bending its gradient, more than to resist. Attacks that need
        no gradient would tell. 20 % at most are safe from changes in this box.
        """),
    SelfCheck(
      """
      Adversarial training is a game of two players. What does each of them
      choose, and what does each want?
      """,
      answer: """
        The attacker chooses an image in the box and wants the loss to be large.
        The trainer chooses the weights and wants that largest loss to be small.
        """),
    SelfCheck(
      """
      In every batch half of the images are attacked, the others stay clean.
      What would a smaller share of attacked images change?
      """,
      answer: """
        The loss of a batch is the mean over its images, so the clean ones would
        pull harder at the weights and the attacked ones less. Whether accuracy
        follows has to be measured.
        """),
    SelfCheck(
      """
      Somebody blurs each image before the network sees it. FGSM against the
      network alone no longer turns these blurred images. Which measurement is
      missing?
      """,
      answer: """
        An attack that knows of the blur and includes it. If the step cannot be
        followed backward, the attack can replace it by a smooth stand-in.
        """),
    SelfCheck(
      """
      A certificate proves that 90 % of the test images are read right under any
      change in a box. PGD in that box leaves 93 %. Can both be true, and what
      do they say of rotated images?
      """,
      answer: """
        Yes. The certificate is a lower bound, the attack an upper one, so in
        this box the truth lies between 90 % and 93 %. Of rotated images they
        say nothing, unless the rotation moves no pixel out of the box.
        """),
  ])
}
