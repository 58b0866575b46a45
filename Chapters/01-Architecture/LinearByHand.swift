import Lesson
import Shared

/// A linear layer on paper, and what ReLU is good for.
func linearByHand(_ page: Page) {
  page.say(
    """
    The other layer with weights is the *linear layer*. It takes a row of
    numbers, and each of its outputs is a weighted sum of all of them, plus a
    bias. Output number $o$ is $yₒ = bₒ + wₒ₁·x₁ + wₒ₂·x₂ + …$, where $wₒᵢ$ is
    the weight from input $i$ to output $o$.

    Here are three inputs, 2, 1 and 3, and a layer with two outputs. On paper
    the first output is $2 + 1·2 + 0·1 − 1·3 = 1$ and the second
    $−1 + 2·2 + 1·1 + 1·3 = 7$.
    """)
  let (inputs, first) = page.show {
    let inputs = Tensor(shape: [1, 3], scalars: [2, 1, 3])
    let first = Linear(
      weight: Tensor(
        shape: [2, 3],
        scalars: [
          1, 0, -1,
          2, 1, 1,
        ]),
      bias: Tensor([2, -1]))
    return (inputs, first)
  }
  let outputs = page.show("linearByHand") {
    first(inputs)
  }
  page.output(outputs.scalars.map { $0.decimals(0) }.joined(separator: "  "))
  page.say(
    """
    Two things differ from a convolution:

    - No place. A window sees a pixel and its neighbours, and what it makes is a
      map again. In a linear layer every input goes into every output, and which
      of them were neighbours in the image makes no difference.
    - No sharing. Each pair of an input and an output has a weight of its own,
      and it is used once. This layer has 2 · 3 weights and 2 biases,
      \(first.parameterCount) parameters.
    """)
  twoLayersInOne(page, first)
}

/// Two linear layers against one, without a ReLU between them and with it.
private func twoLayersInOne(_ page: Page, _ first: Linear) {
  page.say(
    """
    **Why ReLU?** Convolutions and linear layers are both weighted sums, and a
    weighted sum of weighted sums is a weighted sum. Let a second layer compute
    $3·y₁ + 1·y₂$. Then $x₁$ counts $3·1 + 1·2 = 5$ times, $x₂$ counts
    $3·0 + 1·1 = 1$ time, $x₃$ counts $−3·1 + 1·1 = −2$ times, and the biases
    make $3·2 − 1·1 = 5$. So one layer can do the work of both:
    """)
  let (second, single) = page.show {
    let second = Linear(
      weight: Tensor(shape: [1, 2], scalars: [3, 1]),
      bias: Tensor([0]))
    let single = Linear(
      weight: Tensor(shape: [1, 3], scalars: [5, 1, -2]),
      bias: Tensor([5]))
    return (second, single)
  }
  let inputs: [[Float]] = [[2, 1, 3], [0, 0, 3], [1, 0, 4], [0, 2, 0]]
  let outputs = page.show {
    inputs.map { numbers -> [Tensor] in
      let x = Tensor(shape: [1, 3], scalars: numbers)
      let bent = second(ReLU()(first(x)))
      return [second(first(x)), single(x), bent]
    }
  }
  let results = outputs.map { $0.map { $0.scalars[0] } }
  page.table(
    "Two linear layers, one, and two with a ReLU between them",
    columns: ["inputs", "two layers", "one layer", "with ReLU"],
    rows: zip(inputs, results).map { numbers, row in
      [numbers.map { $0.decimals(0) }.joined(separator: " ")]
        + row.map { $0.decimals(0) }
    }, ["linearWithoutAndWithReLU": results])
  explainReLU(page, results)
}

/// What the rows say: two layers, one layer, two with a ReLU.
private func explainReLU(_ page: Page, _ results: [[Float]]) {
  let equal = results.count { $0[0] == $0[1] }
  let bent = results.count { $0[0] != $0[2] }
  page.say(
    """
    Two layers and the one agree in \(equal) of \(results.count) rows. The last
    column differs in \(bent): there $y₁$ is negative, and ReLU turns it into 0
    before the second layer sees it.

    **Key point:** layers of weighted sums with nothing between them can always
    be replaced by one layer of weighted sums, however many there are. And one
    is too little: along a straight line from one input to another, a weighted
    sum changes at one rate all the way, so it cannot be high in the middle and
    low at both ends. With ReLU between layers the rate can change.
    """)
}
