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
    arXiv:1412.6572), where every number can be checked on paper: class A scores
    $2·x₁ − 3·x₂$, class B scores 0, and the higher score wins. The image is
    $x = (0.6, 0.3)$, so A leads by $2·0.6 − 3·0.3 = 0.3$.

    The attacker may move each pixel by $ε = \(size)$ and decides each alone:
    $x₁$ has the positive weight, so it must go down, and $x₂$ has the negative
    one, so it must go up.
    The lead falls by $\(size)·2 + \(size)·3 = \(fall.shortest)$, to
    \(lead < 0 ? "−" : "")\(abs(lead).shortest),
    \(lead < 0 ? "and B wins" : "which is not enough for B to win").

    **Key point:** for linear scores it falls by $ε·‖w‖₁$. The *ℓ1 norm* $‖w‖₁$ is the
    sum of all weights' sizes, here $2 + 3$. That is why many pixels are
    dangerous: 784 tiny changes, each pushing the right way, add up.

    FGSM takes the direction from the loss, $−log p$, where $p$ is the
    probability of A by softmax. Its slope along A's score is $p − 1$ (chapter
    3), and along a pixel that times the pixel's weight. The signs are the whole
    recipe:
    """)
  let image = Tensor(shape: [1, 2], scalars: [0.6, 0.3])
  let classifier: Sequential = [
    "scores": Linear(
      weight: Tensor(shape: [2, 2], scalars: [2, -3, 0, 0]),
      bias: Tensor([0, 0]))
  ]
  let attacked = page.show {
    FGSM(epsilon: epsilon)
      .perturb(image, labels: [0], against: classifier)
  }
  let p = softmax(classifier(image))[0, 0]
  let gradient = classifier.inputGradient(of: image, labels: [0]).scalars
    .map { $0.decimals(3).replacing("-", with: "−") }
    .joined(separator: ", ")
  page.output(
    """
    p = exp(0.3) / (exp(0.3) + exp(0)) = \(p.decimals(4))
    ∂loss/∂x = (−(1 − p)·2, (1 − p)·3) = (\(gradient))
    x′ = (\(attacked.scalars[0].decimals(2)), \
    \(attacked.scalars[1].decimals(2)))
    """)
  tryEveryCorner(page, classifier, image, epsilon, fall: fall)
}

/// All moves of full size, and what random signs come to among them.
private func tryEveryCorner(
  _ page: Page, _ classifier: Sequential, _ image: Tensor, _ epsilon: Epsilon,
  fall: Double
) {
  let corners: [[Float]] = [[1, 1], [1, -1], [-1, -1], [-1, 1]]
  let leads = corners.map { signs in
    let step = Tensor(shape: [1, 2], scalars: signs) * epsilon.pixels
    return classifier(image + step).lead(of: 0)
  }
  page.table(
    "The best possible move? The four corners of the box",
    columns: ["x₁", "x₂", "lead of A", "winner"],
    rows: zip(corners, leads).map { signs, lead in
      signs.map { $0 > 0 ? "+ε" : "−ε" }
        + [lead.decimals(2), lead > 0 ? "A" : "B"]
    }, isSameWhenQuick: true)
  let start = classifier(image).lead(of: 0)
  let squares = leads.map { ($0 - start) * ($0 - start) }
  let typical = (squares.reduce(0, +) / Double(squares.count)).squareRoot()
  let size = Double(epsilon.pixels).shortest
  page.say(
    """
    Random signs land on each corner equally often: the lead changes by 0 on
    average, and typically (root of the mean square) by
    $ε·‖w‖₂ = \(size)·√(2² + 3²) = \(typical.decimals(2))$, with the *ℓ2 norm*
    $‖w‖₂$, the Euclidean length. FGSM: $ε·‖w‖₁ = \(fall.shortest)$.
    """)
}
