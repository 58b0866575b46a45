import Lesson

/// What the chapter comes down to.
func recapitulate(_ page: Page) {
  page.recap([
    """
    A defence is worth what an attacker leaves of it who knows of it: several
    strong attacks, and one that was made for this defence.
    """,
    """
    A gradient that has vanished, breaks off or is random stops those who follow
    it, not those who walk around it: look at the naive number only beside the
    adaptive one.
    """,
    """
    An attack gives an upper bound on accuracy in its box and a certificate a
    lower one, and neither says anything about changes outside the box.
    """,
  ])
  page.selfCheck([
    SelfCheck(
      """
      Under FGSM a network keeps 95 % of its images, under PGD 94 %, under Square
      in the same box 40 %. What do you suspect, and what may be said?
      """,
      answer: """
        Gradient masking: an attack that needs no gradient beats two that follow
        it. At most 40 % are safe from changes in this box, and an attack made
        for this network may leave less.
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
      After the third epoch of adversarial training FGSM leaves 99 %, more than
      the 93 % of the clean images. Is that good news?
      """,
      answer: """
        No. The network has learned what one step looks like, perhaps even to
        read the label from it. What several steps from a random start leave of
        held-out images tells whether it has overfitted to the attack.
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
