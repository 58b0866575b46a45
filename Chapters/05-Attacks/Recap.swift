import Lesson

/// What the chapter comes down to.
func recapitulate(_ page: Page) {
  page.recap([
    """
    An attack means something only with its threat model: what the attacker
    knows, how much may change and in which unit, and which answer is wanted.
    """,
    """
    FGSM moves pixels by $ε$ along the sign of the loss's slope, the best
    step if the loss is linear there; PGD asks again after each small step.
    """,
    """
    What an attack leaves is an upper bound on robust accuracy, so run several
    strong ones on each image, count it as safe only if all fail, and audit them.
    """,
  ])
  page.selfCheck([
    SelfCheck(
      """
      Class A scores $3·x₁ − x₂$, class B 0, and the image (0.4, 0.5) is an A.
      Where does FGSM with $ε = 0.1$ move it, and what becomes of A's lead? Which
      step would be best if the sum of the changes' sizes were bounded by 0.1?
      """,
      answer: """
        To (0.3, 0.6): down where the weight is positive, up where it is
        negative. The lead falls by $0.1 · (3 + 1) = 0.4$, from 0.7 to 0.3, so A
        still wins. With a bound on the sum, all of it goes into the pixel with
        the largest weight: $x₁$ falls by 0.1, and the lead by 0.3.
        """),
    SelfCheck(
      """
      A program normalizes the images (deviation 0.25), adds 0.1 along the signs,
      and clamps to −2…2. With 0 instead of 0.1 some pixels change. What is wrong?
      And by how much may 0.1 change a pixel that the clamp does not touch?
      """,
      answer: """
        The clamp is in normalized units, where white lies elsewhere than at 2:
        what exceeds it is cut off, whatever $ε$ is, and what lies below black is
        let through. A pixel that it does not touch moves by $0.1 · 0.25 = 0.025$:
        a quarter of what an $ε$ of 0.1 in pixels allows.
        """),
    SelfCheck(
      """
      A report says: "accuracy under PGD with 40 steps 60 % at $ε = 0.1$, so the
      network is 60 % robust." What may you say instead? What would you ask for?
      """,
      answer: """
        That PGD with these steps, this step size and so many starts left 60 % of
        those images standing: an upper bound, because another attack in the same
        box may leave fewer. Ask for the number of images and the interval, for
        more steps and starts, for the worst case of several attacks on the same
        images, for clean accuracy, and for an audit: does $ε = 0$ change nothing, does it beat one
        step, noise and queries, does the model fall with $ε = 1$?
        """),
    SelfCheck(
      """
      A service tells nobody its weights, only the class it answers. Which of
      this chapter's attacks remain, and what does each need?
      """,
      answer: """
        HopSkipJump, which needs many answers an image; a transfer, which needs a
        network of the attacker's own for the same task and no question at all;
        and noise. With scores beside the class, Square too. (A universal
        perturbation or a patch would have to be made on the attacker's own
        network, and carry over.)
        """),
    SelfCheck(
      """
      You defend a network and measure: 90 % under PGD, 70 % under Square, which
      knows no gradients, with the same $ε$ and images. What do you conclude?
      """,
      answer: """
        That the attack with gradients is broken or blinded: whoever knows more
        must not do worse, beyond what so many images leave open. The gradients may be masked by the defence, or the loss, step or
        units may be wrong. 70 % is the better upper bound, and a better attack
        may leave less.
        """),
  ])
}
