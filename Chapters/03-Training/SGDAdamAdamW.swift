import Foundation
import Lesson
import Shared

/// Three rules for the step.
func compareOptimizers(
  _ page: Page, _ inputs: TrainingInputs,
  _ exercises: (
    momentum: Exercise<SGD.Rule>, adam: Exercise<Adam.Rule>,
    adamW: Exercise<AdamW.Rule>
  )
) {
  let training = inputs.training.prefix(page.full(8192, quick: 1024))
  let images = training.count
  page.say(
    """
    Three rules for what to do with the slope $g$ of a weight $w$; $η$ is the
    learning rate.

    - *SGD with momentum* (stochastic gradient descent) rolls like a ball: it
      keeps the share $μ$ of its speed. $v ← μ·v + g$, then $w ← w − η·v$.
    - *Adam* gives each weight its own step size, from running means of slopes
      and squares: $m ← β₁·m + (1 − β₁)·g$, $s ← β₂·s + (1 − β₂)·g²$, with
      $β₁ = 0.9$ and $β₂ = 0.999$. Both begin at 0; divided by $1 − β₁ᵗ$ and
      $1 − β₂ᵗ$ at step $t$ they make up for it. Then
      $w ← w − η · m⁄(√s + 10⁻⁸)$.
    - *AdamW* (Loshchilov and Hutter 2019, arXiv:1711.05101) shrinks every
      weight by the share $η·λ$ first, where $λ$ is the weight decay, and then
      does the same.

    Each starts from the same weights and sees \(images.grouped) images once.
    """)
  let (momentumRule, adamRule, adamWRule) = page.solutions(
    of: exercises.momentum, exercises.adam, exercises.adamW)
  let validation = inputs.validation.prefix(page.full(2000, quick: 500))
  let seed = page.options.seed
  let optimizers: [any Optimizer] = page.show {
    [
      SGD(learningRate: 0.01, momentum: 0.9, rule: momentumRule),
      Adam(learningRate: 0.001, rule: adamRule),
      AdamW(learningRate: 0.001, weightDecay: 0.01, rule: adamWRule),
    ]
  }
  let evaluations = page.show {
    optimizers.map { optimizer in
      var (model, optimizer) = (inputs.model, optimizer)
      train(
        &model, by: &optimizer, on: training, batchSize: 64,
        steps: (images + 63) / 64, seed: seed)
      return model.evaluate(on: validation)
    }
  }
  page.table(
    "After \(images.grouped) images, on \(validation.count.grouped) "
      + "validation images",
    columns: ["optimizer", "learning rate", "accuracy", "loss"],
    rows: zip(optimizers, evaluations).map {
      [
        nameInWords($0), "\($0.learningRate)", $1.accuracy.withInterval,
        $1.meanLoss.decimals(4),
      ]
    }, ["optimizers": evaluations.map(\.accuracy)])
  let runs = zip(optimizers, evaluations).map {
    (optimizer: $0, evaluation: $1)
  }
  page.say(
    """
    \(compareAdams(runs, steps: (images + 63) / 64))\(optimizers.contains { $0 is SGD }
      ? "The learning rate of SGD was not searched for; try others before you "
        + "judge it."
      : "No learning rate was searched for; try others before you judge.")
    """)
}

/// What the decay did, and a space; nothing if the two did not both run.
private func compareAdams(
  _ runs: [(optimizer: any Optimizer, evaluation: Evaluation)], steps: Int
) -> String {
  guard let adam = runs.first(where: { $0.optimizer is Adam }),
    let other = runs.first(where: { $0.optimizer is AdamW }),
    let adamW = other.optimizer as? AdamW
  else { return "" }
  let (plain, decayed) = (adam.evaluation.meanLoss, other.evaluation.meanLoss)
  let losses = "\(plain.decimals(4)) and \(decayed.decimals(4))"
  let sameRate = adam.optimizer.learningRate == adamW.learningRate
  let shrunk =
    1
    - pow(
      1 - Double(adamW.learningRate) * Double(adamW.weightDecay),
      Double(steps))
  guard abs(plain - decayed) < 0.02, sameRate else {
    return "Adam and AdamW end with a loss of \(losses). "
  }
  return "Adam and AdamW end close together, with a loss of \(losses). In "
    + "\(steps.grouped) steps the decay has shrunk a weight by "
    + "\(shrunk.percent(2)) in all. "
}
