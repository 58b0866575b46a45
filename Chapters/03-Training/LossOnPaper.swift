import Foundation
import Lesson
import Shared

/// Softmax, cross-entropy and the gradient of both, for three classes.
///
/// - Returns: ∂loss/∂logits of the example, as the exercise's function gives it.
func lossOnPaper(
  _ page: Page, _ exercise: Exercise<CrossEntropyGradient>
) -> [Float] {
  page.say(
    """
    The network of chapter 1 puts out a score for each class, and the largest
    score is its answer. In this field the scores are called *logits*. To learn,
    it needs one number more: how wrong the answer was. That number is the
    *loss*, and it is made in two steps.

    **Softmax** turns logits into probabilities. Raise $e = 2.718…$ to the power
    of each logit, so that all numbers are positive, and divide by their sum, so
    that they add up to 1. Three classes with the logits 2, 1 and 0:
    """)
  let logits = page.show {
    Tensor(shape: [1, 3], scalars: [2, 1, 0])
  }
  let probabilities = page.show {
    softmax(logits)
  }
  let powers = logits.scalars.map { exp(Double($0)) }
  page.table(
    "Softmax", columns: ["class", "logit z", "eᶻ", "probability p"],
    rows: powers.indices.map { index in
      [
        "\(index)", logits.scalars[index].decimals(0),
        powers[index].decimals(3), probabilities.scalars[index].decimals(3),
      ]
    } + [
      [
        "sum", "", powers.reduce(0, +).decimals(3),
        probabilities.sum.decimals(3),
      ]
    ],
    isSameWhenQuick: true)
  let (likely, unlikely) = page.show {
    (
      softmaxCrossEntropy(logits: logits, labels: [0]),
      softmaxCrossEntropy(logits: logits, labels: [2])
    )
  }
  page.say(
    """
    **Cross-entropy** looks only at the probability $p$ of the right class and
    calls $−log p$ the loss (the natural logarithm, to the base $e$). It is 0 if
    the network was certain and right, and it grows without bound as $p$ falls
    towards 0. If class 0 is right, the loss is $−log \(probabilities.scalars[0]
      .decimals(3)) = \(likely.losses[0].decimals(3))$; if class 2 is right,
    it is $−log \(probabilities.scalars[2].decimals(3)) =
    \(unlikely.losses[0].decimals(3))$.
    """)
  return gradientOnPaper(page, logits, probabilities, exercise)
}

/// p − y, beside what trying gives.
private func gradientOnPaper(
  _ page: Page, _ logits: Tensor, _ probabilities: Tensor,
  _ exercise: Exercise<CrossEntropyGradient>
) -> [Float] {
  page.say(
    """
    Now to the question that all learning comes down to: which way should a
    logit move? Raise it by a tiny $h$, lower it by $h$, leave the others as
    they are, and look how much the loss changes for each unit of the way, $(L(z + h) − L(z − h)) / 2h$. That is
    the *slope* of the loss along this logit, in symbols $∂L⁄∂z$; measured by
    trying, it is called a *finite difference*. A positive slope says: more of
    this makes it worse. The list of all slopes is the *gradient*.
    """)
  page.listing(
    "Chapters/03-Training/FiniteDifferences.swift",
    from: "func finiteDifferences")
  page.say(
    """
    Trying costs two computations of the loss for each number. For this loss
    there is a formula instead, and a short one: $∂L⁄∂z = p − y$, the
    probabilities minus the right answer, where $y$ is 1 for the right class and
    0 for the others. Where does it come from? $−log p$ is the logarithm of the
    sum of all $eᶻ$, minus the right class's $z$. The sum grows by $eᶻ$
    for each unit of a $z$, and the logarithm of a sum $S$ by $1⁄S$ for each
    unit of $S$; one behind the other they multiply, as the next section shows,
    and $eᶻ⁄S$ is that class's $p$. The second part takes 1 away for the right
    class. The table checks it. Let class
    0 be right:
    """)
  let gradient = page.exercise(exercise)
  let slopes = page.show {
    gradient(logits.scalars, 0)
  }
  let tried = finiteDifferences(around: logits) {
    softmaxCrossEntropy(logits: $0, labels: [0]).losses[0]
  }
  page.table(
    "The gradient of the loss with respect to the logits",
    columns: ["class", "p", "y", "p − y", "finite difference"],
    rows: slopes.indices.map { index in
      [
        "\(index)", probabilities.scalars[index].decimals(3),
        index == 0 ? "1" : "0", slopes[index].decimals(4),
        tried.scalars[index].decimals(4),
      ]
    }, isSameWhenQuick: true)
  page.say(
    """
    The slope is negative for the right class only: raise that logit and the
    loss falls; lower the others and it falls, too. But for rounding the three add up to 0, and
    all of them shrink to 0 as $p$ comes near $y$: where the network is right
    and certain, there is nothing left to learn.
    """)
  return slopes
}
