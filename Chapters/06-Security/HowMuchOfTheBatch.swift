import Lesson
import Shared

/// What one share of attacked images made of a model.
private struct ShareResult: Encodable {
  var share: Float
  var clean: Proportion
  var fgsm: RobustnessPoint
  var pgd: RobustnessPoint
  /// Which images it reads, clean and under PGD.
  var reads: [Bool]
  var stands: [Bool]

  private enum CodingKeys: CodingKey { case share, clean, fgsm, pgd }

  /// The share, as a part of a sentence.
  var name: String { "share of \((Double(share) * 100).shortest) %" }
}

/// Small trainings that differ in one number only.
func compareShares(
  _ page: Page, training: ImageSet, _ mnist: MNIST,
  _ exercises: (
    batch: Exercise<AdversarialMix.Mixing>, step: Exercise<AdversarialMix.Step>
  )
) {
  let some = training.prefix(page.full(10_000, quick: 1000))
  let few = mnist.test.first(page.full(1000, quick: 100))
  // Change the list, from 0 to 1: what is trained and said follows it.
  let shares: [Float] = [0, 0.5, 1]
  let epsilon = Epsilon.pixels(0.1)
  let stepSize = Epsilon.pixels(0.125)
  let many = shares.count == 3 ? "three" : "\(shares.count)"
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

    So here are \(many) small trainings with the same first weights, the same
    \(some.count.grouped) images in the same order, and one epoch each. Only the
    share differs. The attack is one step from a random start as before, with
    $ε = \(epsilon.pixels)$ and a step of \(stepSize.pixels).
    """)
  let (ownMix, ownStep) = page.solutions(
    of: exercises.batch, exercises.step)
  let mix = ownMix ?? exercises.batch.library
  let stepWithMix: AdversarialMix.Step = { model, batch, attack, share in
    AdversarialMix.gradients(
      of: model, on: batch, attack: attack, share: share, mix: mix)
  }
  let gradients = ownStep ?? stepWithMix
  let seed = page.options.seed
  let passes = shares.count * some.count * (3 + 3)
  let models = page.progress("Mixing", passes: passes) {
    page.show {
      shares.map { share in
        var model = Sequential.notebookNetwork(seed: seed, for: mnist)
          .withoutDropout
        var optimizer = Adam(learningRate: 0.001)
        let batches = some.batches(of: 64, seed: seed, epoch: 1)
        for (step, batch) in batches.enumerated() {
          let attack = PGD(
            epsilon: epsilon, stepSize: stepSize, steps: 1,
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
  let results = zip(shares, models).map { share, model in
    let attacked = AttackRun(pgd, on: few, against: model)
    let answers = predictions(model.logits(of: few.images))
    let reads = zip(answers, few.labels).map(==)
    return ShareResult(
      share: share, clean: Proportion(reads.count { $0 }, of: few.count),
      fgsm: RobustnessPoint(
        epsilon: epsilon, accuracy: model.accuracy(under: fgsm, on: few)),
      pgd: RobustnessPoint(epsilon: epsilon, accuracy: attacked.accuracy),
      reads: reads, stands: attacked.isMet.map { !$0 })
  }
  page.table(
    "Accuracy on the first \(few.count.grouped) test images, with 95 % "
      + "intervals",
    "attackedShares", results,
    [
      Column("attacked share") { Double($0.share).percent(0) },
      Column("clean") { $0.clean.inTenths },
      Column("FGSM, ε = \(epsilon.pixels)") { $0.fgsm.accuracy.inTenths },
      Column("PGD-\(pgd.steps), ε = \(epsilon.pixels)") {
        $0.pgd.accuracy.inTenths
      },
    ])
  page.say(
    """
    \(trade(results))

    **Careful:** one epoch and one seed show how the trade is measured, not how
    it ends. The right share depends on the threat model: how often do attacked
    images come, and what does each kind of mistake cost?
    """)
}

/// What the shares bought and what they cost, whichever way it came out: each
/// is compared with the first, image by image.
private func trade(_ results: [ShareResult]) -> String {
  guard let first = results.first, let last = results.last, results.count > 1
  else { return "With a single share there is nothing to compare." }
  let gains = results.dropFirst().map {
    PairedProportions($0.stands, first.stands)
  }
  let under = zip(results.dropFirst(), gains).map { result, gain in
    "a \(result.name) \(points(gain))"
  }
  let clean = PairedProportions(last.reads, first.reads)
  return """
    Compared with a \(first.name), image by image under PGD:
    \(under.joined(separator: "; ")).\(effect(results, gains)) On clean images a
    \(last.name) \(points(clean))\(clean.lead95.contains(0)
      ? ", which the choice of images could explain." : ".")
    """
}

/// How much of the last share's gain under PGD those in between bring, if all
/// gains are more than the choice of images.
private func effect(_ results: [ShareResult], _ gains: [PairedProportions])
  -> String
{
  guard let last = results.last, let most = gains.last,
    gains.allSatisfy({ $0.lead95.lowerBound > 0 })
  else {
    return " Not all of this is more than the choice of images could explain."
  }
  return zip(results.dropFirst(), gains).dropLast().map { result, gain in
    " So here a \(result.name) brings \((gain.lead / most.lead).percent(0)) of "
      + "what a \(last.name) does."
  }.joined()
}

/// A lead in words, with its interval.
private func points(_ paired: PairedProportions) -> String {
  let (lead, interval) = (paired.lead * 100, paired.lead95)
  return "reads \(abs(lead).decimals(1)) points \(lead < 0 ? "less" : "more") "
    + "(\((interval.lowerBound * 100).decimals(1)) to "
    + "\((interval.upperBound * 100).decimals(1)))"
}
