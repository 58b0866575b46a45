import Lesson
import Shared

/// FGSM by hand, where every number can be checked on paper.
func twoPixels(_ page: Page) {
  let epsilon = Epsilon.pixels(0.1)
  let size = Double(epsilon.pixels).shortest
  // Without the digits that Float adds to 0.1.
  let fall = (5e6 * Double(epsilon.pixels)).rounded() / 1e6
  let lead = ((0.3 - fall) * 1e6).rounded() / 1e6
  page.say(
    """
    The *fast gradient sign method*, FGSM (Goodfellow, Shlens and Szegedy 2015,
    arXiv:1412.6572), is best understood where every number can be checked on
    paper.

    Take an image of two pixels and a linear classifier. Class A scores
    $2·x₁ − 3·x₂$, class B scores 0, and the higher score wins. The image is
    $x = (0.6, 0.3)$, so A leads by $2·0.6 − 3·0.3 = 0.3$.

    The attacker wants that lead to shrink and may move each pixel by
    $ε = \(size)$. Each pixel can be decided alone: $x₁$ has the positive
    weight, so it must go down, and $x₂$ has the negative one, so it must go up.
    The lead falls by $\(size)·2 + \(size)·3 = \(fall.shortest)$, to
    \(lead < 0 ? "−" : "")\(abs(lead).shortest),
    \(lead < 0 ? "and B wins" : "which is not enough for B to win").

    **Key point:** in general it falls by $ε·‖w‖₁$: the *sum* of all weights'
    sizes. That is why many pixels are dangerous: 784 tiny
    changes, each pushing the right way, add up.

    The gradient of the loss with respect to $x$ points the same way, so its sign
    is the whole recipe:
    """)
  let (classifier, image) = page.show {
    let classifier: Sequential = [
      "scores": Linear(
        weight: Tensor(shape: [2, 2], scalars: [2, -3, 0, 0]),
        bias: Tensor([0, 0]))
    ]
    let image = Tensor(shape: [1, 2], scalars: [0.6, 0.3])
    return (classifier, image)
  }
  let attacked = page.show {
    FGSM(epsilon: epsilon)
      .perturb(image, labels: [0], against: classifier)
  }
  let gradient = classifier.inputGradient(of: image, labels: [0]).scalars
  page.output(
    """
    ∂loss/∂x = (\(gradient[0].decimals(3)), \(gradient[1].decimals(3)))
    x′ = (\(attacked.scalars[0].decimals(2)), \
    \(attacked.scalars[1].decimals(2)))
    """)
  page.say(
    """
    Is it the best possible move? With two pixels all four corners of the box
    can be tried:
    """)
  let corners: [(Float, Float)] = [(1, 1), (1, -1), (-1, -1), (-1, 1)]
  let rows = corners.map { corner -> [String] in
    let moved = Tensor(
      shape: [1, 2],
      scalars: [
        0.6 + epsilon.pixels * corner.0, 0.3 + epsilon.pixels * corner.1,
      ])
    let scores = classifier(moved).scalars
    let lead = scores[0] - scores[1]
    return [
      corner.0 > 0 ? "+ε" : "−ε", corner.1 > 0 ? "+ε" : "−ε",
      lead.decimals(2), lead > 0 ? "A" : "B",
    ]
  }
  page.table(
    "The four corners", columns: ["x₁", "x₂", "lead of A", "winner"],
    rows: rows, isSameWhenQuick: true)
}
