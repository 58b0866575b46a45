import Lesson
import Shared

/// A ReLU and a linear layer, backward, on numbers that fit on paper.
func backwardOnPaper(
  _ page: Page, slopes: [Float], _ exercise: Exercise<RectifierGradient>
) {
  page.say(
    """
    The logits are not what training may change. It may change the weights, and
    they are further back. How do slopes get there?

    If $b$ changes three times as fast as $a$, and the loss twice as fast as
    $b$, then the loss changes six times as fast as $a$. That is the *chain
    rule*: along a path slopes multiply. And where a number reaches the loss on
    several paths, their slopes add up. *Backpropagation* is nothing else, from
    the last layer to the first. Each layer is told how the loss depends on its
    outputs, and answers how it depends on its inputs and on its own weights.

    A linear layer computes $yₒ = bₒ + Σᵢ wₒᵢ · xᵢ$, where $Σᵢ$ means: add up
    for all inputs $i$. If $yₒ$ has the slope $gₒ$, then

    - the weight $wₒᵢ$ is multiplied by $xᵢ$ on its way, so it has the
      slope $gₒ · xᵢ$;
    - the bias $bₒ$ goes straight to $yₒ$: its slope is $gₒ$;
    - the input $xᵢ$ reaches every output, so its paths add up: its slope is
      $Σₒ gₒ · wₒᵢ$.

    This is how the library says it, for many images at once. The sums
    themselves are done by *kernels*, fast routines for one kind of sum. First
    the slopes of the inputs, then those of weights and biases, which are put
    together from the parts of a batch that several threads have worked on:
    """)
  page.listing(
    "Shared/Layers/Linear.swift", from: "public func inputGradient")
  page.listing(
    "Shared/Layers/Linear.swift", from: "public func parameterGradients(from")
  page.say(
    """
    ReLU lets a number pass if it is above 0. Backward, the slope passes where
    the number did. Where the number was cut off, a tiny change of it reaches
    nobody, and the slope is 0:
    """)
  page.listing("Shared/Layers/ReLU.swift", from: "public func inputGradient")
  let rectifierGradient = page.exercise(exercise)
  page.say(
    """
    Now on numbers. Three inputs $u$, of which the last is negative; a ReLU; a
    linear layer with a row of weights for each of three classes. (A *cache* is what a
    layer remembers of its forward pass, and `.inference` means that the network
    is used, not trained.) Check on paper
    that the logits are 2, 1 and 0 again, so the slopes $g$ are those of the
    last section.
    """)
  let (u, scores) = page.show {
    let u = Tensor(shape: [1, 3], scalars: [1, 2, -1])
    let scores = Linear(
      weight: Tensor(
        shape: [3, 3],
        scalars: [
          0, 1, 1,
          1, 0, 2,
          2, -1, 3,
        ]), bias: Tensor([0, 0, 0]))
    return (u, scores)
  }
  let (atWeights, atOutput, atInput) = page.show {
    let x = ReLU()(u)
    let (logits, cache) = scores.forward(x, mode: .inference)
    let g = softmaxCrossEntropy(logits: logits, labels: [0]).gradient
    let atWeights = scores.parameterGradients(g, cache: cache)[0]
    let atOutput = scores.inputGradient(g, cache: cache)
    let atInput = rectifierGradient(atOutput, u)
    return (atWeights, atOutput, atInput)
  }
  report(page, u, scores, (atWeights, atOutput, atInput))
}

/// The slopes beside what trying gives, and what to see in them.
private func report(
  _ page: Page, _ u: Tensor, _ scores: Linear,
  _ slopes: (atWeights: Tensor, atOutput: Tensor, atInput: Tensor)
) {
  func loss(_ logits: Tensor) -> Double {
    softmaxCrossEntropy(logits: logits, labels: [0]).losses[0]
  }
  let triedWeights = finiteDifferences(around: scores.weight) {
    loss(Linear(weight: $0, bias: scores.bias)(ReLU()(u)))
  }
  let triedInput = finiteDifferences(around: u) { loss(scores(ReLU()($0))) }
  page.output(
    sideBySide(
      [
        ("slopes of the weights", slopes.atWeights),
        ("by finite differences", triedWeights),
      ], decimals: 3),
    [
      "linearBackward": slopes.atWeights.scalars,
      "linearFiniteDifferences": triedWeights.scalars,
    ])
  page.output(
    sideBySide(
      [
        ("slopes behind the ReLU", slopes.atOutput),
        ("before it", slopes.atInput),
        ("by finite differences", triedInput),
      ], decimals: 3))
  page.say(
    """
    Take one of them on paper: the weight in the first row and second column
    carries the input 2 to the class with the slope
    \(slopes.atWeights.scalars[0].decimals(3)), so its own slope is twice that.
    The third column is 0: the third input was cut off, and a weight that
    carries nothing learns nothing. And behind the ReLU the third input has a
    slope, before it none.
    """)
}
