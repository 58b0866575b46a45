import Lesson
import Shared

/// Against whom: knowledge, power and goal, and the unit of ε.
func whatTheAttackerMayDo(_ page: Page, _ mnist: MNIST) {
  page.say(
    """
    "Secure" means nothing until it is said against whom: in a *threat model*.

    - **Power:** here every pixel may change by at most $ε$. In symbols,
      $‖x′ − x‖∞ ≤ ε$, and pixels stay between black 0 and white 1. Some attacks
      bound the Euclidean length of all changes instead, or change a small square
      completely.
    - **Goal:** any wrong answer (untargeted), or a chosen one (targeted).
    - **Knowledge:** what the attacker has of the network: nothing, its answers,
      its scores (the logits), or its weights (*white box*), and with them all
      slopes. An attack of this library is handed no more than it needs.
    """)
  whyItMatters(page)
  unitsOfEpsilon(page, mnist)
}

/// What was demonstrated, and what happened.
private func whyItMatters(_ page: Page) {
  page.say(
    """
    **Does it matter outside MNIST?** Stickers on a real stop sign made a
    research classifier, not a car's, answer another sign in 84.8 % of the frames
    filmed from a passing car (Eykholt et al. 2018, arXiv:1707.08945); two common
    object detectors were not fooled then (Lu et al. 2017, arXiv:1710.03337). A production system against fraud accepted 6 of 44 altered
    frauds unseen (Cartella et al. 2021, arXiv:2101.08030). A suffix found by
    gradients made language models answer what they are trained to refuse (Zou et
    al. 2023, arXiv:2307.15043). These are demonstrations. Of the 17 incidents in
    MITRE's collection ATLAS (version 5.6, May 2026) five are about evading a
    model, and none of the five describes a change computed from gradients.
    Attackers of real systems prefer cheaper tricks, argue Apruzzese et al. (2023,
    arXiv:2212.14315). So ask first what your attacker would do. The law will ask, too: the European AI Act
    wants measures against "adversarial examples", where appropriate, in systems
    of high risk (2024/1689, art. 15).
    """)
}

/// One ε in three units.
private func unitsOfEpsilon(_ page: Page, _ mnist: MNIST) {
  let tenth = Epsilon.pixels(0.1)
  let deviation = mnist.normalize.standardDeviation
  let weaker = Epsilon.normalized(tenth.pixels, standardDeviation: deviation)
  page.say(
    """
    **Careful:** $ε$ needs a unit. Here it is in *pixels*, where 1 is the way
    from black to white. Other texts count levels of 255, or divide by the
    standard deviation of the data (*normalized* units). One tenth of that way
    is \(tenth.inAllUnits(standardDeviation: deviation)); but an $ε$ of
    0.1 in normalized units is only \(weaker.pixels.decimals(3)) in pixels.
    When two texts disagree, look at the unit first.
    """)
}
