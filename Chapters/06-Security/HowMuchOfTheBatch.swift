import Lesson
import Shared

/// What one share of attacked images made of a model.
private struct ShareResult: Encodable {
  var share: Float
  var clean: Proportion
  var fgsm: RobustnessPoint
  var pgd: RobustnessPoint
}

/// Three small trainings that differ in one number only.
func compareShares(
  _ page: Page, training: ImageSet, test: ImageSet,
  _ exercises: (
    batch: Exercise<AdversarialMix.Mixing>, step: Exercise<AdversarialMix.Step>
  )
) {
  let some = training.prefix(page.full(10_000, quick: 1000))
  let few = test.first(page.full(1000, quick: 100))
  let shares: [Float] = [0, 0.5, 1]
  page.say(
    """
    The hardened model saw attacked images only. Must it be so? The batch may
    also be a *mix*: some images stay clean, the others are replaced by attacked
    versions, and the labels stay as they are. Kurakin, Goodfellow and Bengio
    (2017, arXiv:1611.01236) trained large networks this way.

    The share of attacked images says what the model is asked to care about. The
    loss of a batch is the mean over its images, so with share 0 only clean
    images speak, with share 1 only attacked ones, and in between both pull at
    the same weights. If they pull in different directions, what one gains the
    other loses: that is the *trade* to look for.

    So here are three small trainings with the same first weights, the same
    \(some.count.grouped) images in the same order, and one epoch each. Only the
    share differs. The attack is one step from a random start as before, with
    $ε = 0.1$ and a step of 0.125.
    """)
  let mix = page.exercise(exercises.batch)
  let gradients = page.exercise(
    exercises.step,
    otherwise: { model, batch, attack, share in
      AdversarialMix.gradients(
        of: model, on: batch, attack: attack, share: share, mix: mix)
    })
  let seed = page.options.seed
  let epsilon = Epsilon.pixels(0.1)
  let passes = shares.count * some.count * (3 + 3)
  let models = page.progress("Mixing", passes: passes) {
    page.show {
      shares.map { share in
        var model = Sequential.notebookNetwork(seed: seed)
        var optimizer = Adam(learningRate: 0.001)
        let batches = some.batches(of: 64, seed: seed, epoch: 1)
        for (step, batch) in batches.enumerated() {
          let attack = PGD(
            epsilon: epsilon, stepSize: .pixels(0.125), steps: 1,
            seed: derivedSeed(seed, .step, step))
          optimizer.update(
            &model, with: gradients(model, batch, attack, share))
        }
        return model
      }
    }
  }
  let fgsm = FGSM(epsilon: epsilon)
  let pgd = PGD(
    epsilon: epsilon, stepSize: .pixels(0.025), steps: 10, seed: seed)
  func point(_ attack: any Attack, _ model: Sequential) -> RobustnessPoint {
    RobustnessPoint(
      epsilon: epsilon, accuracy: model.accuracy(under: attack, on: few))
  }
  let results = zip(shares, models).map { share, model in
    ShareResult(
      share: share,
      clean: model.evaluate(on: few.images, labels: few.labels).accuracy,
      fgsm: point(fgsm, model), pgd: point(pgd, model))
  }
  page.table(
    "Accuracy on the first \(few.count.grouped) test images, with 95 % "
      + "intervals",
    "attackedShares", results,
    [
      Column("attacked share") { Double($0.share).percent(0) },
      Column("clean") { $0.clean.withInterval },
      Column("FGSM, ε = 0.1") { $0.fgsm.accuracy.withInterval },
      Column("PGD-10, ε = 0.1") { $0.pgd.accuracy.withInterval },
    ])
  page.say(trade(results[0], results[1], results[2]))
}

/// What the shares bought and what they cost, whichever way it came out.
private func trade(
  _ none: ShareResult, _ half: ShareResult, _ all: ShareResult
) -> String {
  func points(_ before: Proportion, _ after: Proportion) -> String {
    let change = (after.value - before.value) * 100
    return change < 0
      ? "\((-change).decimals(1)) points less"
      : "\(change.decimals(1)) points more"
  }
  func isClear(_ one: Proportion, _ other: Proportion) -> Bool {
    !one.interval95.overlaps(other.interval95)
  }
  let halfGain = half.pgd.accuracy.value - none.pgd.accuracy.value
  let fullGain = all.pgd.accuracy.value - none.pgd.accuracy.value
  return """
    Under PGD half a batch of attacked images keeps
    \(points(none.pgd.accuracy, half.pgd.accuracy)) than none, and a whole batch
    \(points(none.pgd.accuracy, all.pgd.accuracy)).
    \(halfGain > 0 && fullGain > 0
      ? "Half the batch brings \((halfGain / fullGain).percent(0)) of what the "
        + "whole one does."
      : "At this size of training the share does not decide it.") On clean
    images a whole batch of attacked ones keeps \(points(none.clean, all.clean))
    than none\(isClear(none.clean, all.clean)
      ? ", more than the choice of images explains."
      : ", a difference that the choice of \(none.clean.total.grouped) images "
        + "could explain.")

    **Careful:** one epoch and one seed show how the trade is measured, not how
    it ends. The right share depends on the threat model: how often do attacked
    images come, and what does each kind of mistake cost?
    """
}
