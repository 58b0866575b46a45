import Lesson

/// What the chapter comes down to.
func recapitulate(_ page: Page) {
  page.recap([
    """
    An attack means something only with its threat model: what the attacker
    knows, by how much each pixel may change and in which unit, and which answer
    the attacker wants.
    """,
    """
    FGSM moves every pixel by $ε$ along the sign of the loss's slope at the
    image; if the loss is linear over that distance, no other move within $ε$
    raises it more.
    """,
    """
    PGD makes many small steps in the same box and asks for the slope after
    each; whatever any attack leaves standing is an upper bound on robustness.
    """,
  ])
  page.selfCheck([
    SelfCheck(
      """
      One text attacks with $ε = 0.1$ in pixels, another with $ε = 0.1$ in
      normalized units, on data with the standard deviation 0.25. Which attack
      may change the images more, and how much more?
      """,
      answer: """
        The first. 0.1 in normalized units is $0.1 · 0.25 = 0.025$ in pixels, a
        quarter of what the other may do.
        """),
    SelfCheck(
      """
      Class A scores $3·x₁ − x₂$, class B scores 0, and the image (0.4, 0.5) is
      an A. Where does FGSM with $ε = 0.1$ move it, and what becomes of A's
      lead?
      """,
      answer: """
        To (0.3, 0.6): down where the weight is positive, up where it is
        negative. The lead falls by $0.1 · (3 + 1) = 0.4$, from 0.7 to 0.3, so A
        still wins.
        """),
    SelfCheck(
      """
      Nobody would attack with random signs. What are they measured for?
      """,
      answer: """
        They are the control: they have the same bound for each pixel as FGSM,
        but not the gradient. What FGSM does beyond them is due to the
        direction.
        """),
    SelfCheck(
      """
      FGSM and PGD may reach the same box. Why can PGD find an image there that
      FGSM misses?
      """,
      answer: """
        FGSM follows the slope at the image for the whole way, as if the network
        were linear. PGD asks again after each small step, so it can turn where
        the slope turns.
        """),
    SelfCheck(
      """
      A report says: "accuracy under FGSM 60 %, so the network withstands 60 %
      of all changes of this size." What is wrong with that?
      """,
      answer: """
        Of the images, FGSM has left 60 % standing. Another attack in the same
        box may leave fewer, so 60 % is an upper bound on robustness and says as
        much about the attack as about the network.
        """),
  ])
}
