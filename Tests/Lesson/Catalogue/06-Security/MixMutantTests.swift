import Testing

@testable import Lesson
@testable import Shared

@Suite struct MixMutantTests {
  @Test func `7a: changed results are refused`() {
    expectMutantsRefused(
      of: mixedBatch,
      spoiledBy: changes(of: \.images.scalars, Change.numbers)
        + changes(of: \.labels, Change.list(of: Change.wholeNumber[0])) + [
          Change("without its last image") { $0[0..<$0.count - 1] }
        ]
    ) { mutant in .mixedBatch { mutant($0, $1, $2) } }
  }

  @Test(arguments: Placing.all) func `mixes that break a rule are refused`(
    placing: Placing
  ) {
    expectRefused([placing.name: .mixedBatch { placing($0, $1, $2) }])
    expectRefused([
      placing.name: .hardeningGradients { model, batch, attack, share in
        gradients(model, placing(batch, moved(model, batch, attack), share))
      }
    ])
  }

  @Test func `7b: changed results are refused`() {
    expectMutantsRefused(
      of: {
        hardeningStep(model: $0, batch: $1, attack: $2, share: $3).parameters
      },
      spoiledBy: Change<Tensor>.tensor.flatMap { Change.list(of: $0) }
    ) { mutant in .hardeningGradients { mutant($0, $1, $2, $3) } }
  }

  @Test func `7b: every rule is asked for`() {
    func step(
      _ attacked: @escaping @Sendable (Sequential, Batch, any Attack) -> Tensor
    ) -> Exercise<AdversarialMix.Step> {
      .hardeningGradients { model, batch, attack, share in
        gradients(
          model,
          mixedBatch(
            clean: batch, attacked: attacked(model, batch, attack),
            share: share))
      }
    }
    expectRefused([
      "the attack that is given": step { model, batch, _ in
        FGSM(epsilon: .pixels(0.1)).perturb(
          batch.images, labels: batch.labels, against: model)
      },
      "the model as it is": step { _, batch, attack in
        moved(
          batch.images.rowCount == 2
            ? ExerciseSamples.twoPixelClassifier([1, 1])
            : ExerciseSamples.network(seed: 1), batch, attack)
      },
      "attacked once": step { model, batch, attack in
        var again = batch
        again.images = moved(model, batch, attack)
        return moved(model, again, attack)
      },
      "labels beside their images": step { model, batch, attack in
        attack.perturb(
          batch.images, labels: batch.labels.reversed(), against: model)
      },
      "clean images count": .hardeningGradients { model, batch, attack, share in
        let kept = batch.count - Int((share * Float(batch.count)).rounded())
        var all = batch
        all.images = moved(model, batch, attack)
        return gradients(model, all[kept..<all.count])
      },
      "attacked images count": .hardeningGradients { model, batch, _, share in
        let kept = batch.count - Int((share * Float(batch.count)).rounded())
        return gradients(model, batch[0..<kept])
      },
      "one mean over all": .hardeningGradients { model, batch, attack, share in
        let kept = batch.count - Int((share * Float(batch.count)).rounded())
        var all = batch
        all.images = moved(model, batch, attack)
        return zip(
          gradients(model, batch[0..<kept]),
          gradients(model, all[kept..<all.count])
        ).map { ($0 + $1) * 0.5 }
      },
    ])
  }
}

/// A mix that breaks one rule.
struct Placing: Sendable, CustomTestStringConvertible {
  var name: String
  var rounding = FloatingPointRoundingRule.toNearestOrAwayFromZero
  /// From both sets of images and their number, kept ones, to the mix.
  var order: @Sendable (Tensor, Tensor, Int) -> [Tensor] = {
    clean, attacked, k in
    [clean.rows(0..<k), attacked.rows(k..<clean.shape[0])]
  }
  var labels: @Sendable ([Int]) -> [Int] = { $0 }

  var testDescription: String { name }

  func callAsFunction(_ clean: Batch, _ attacked: Tensor, _ share: Float)
    -> Batch
  {
    let count = Int((share * Float(clean.count)).rounded(rounding))
    return Batch(
      images: Tensor(
        concatenating: order(clean.images, attacked, clean.count - count)),
      labels: labels(clean.labels))
  }

  static let all = [
    Placing(name: "shares are not cut off", rounding: .down),
    Placing(name: "shares are not raised", rounding: .up),
    Placing(name: "the last are attacked, in order") { clean, attacked, kept in
      [clean.rows(0..<kept)]
        + (kept..<clean.shape[0]).reversed().map { attacked.rows($0..<$0 + 1) }
    },
    Placing(name: "the first stay, in order") { clean, attacked, kept in
      (0..<kept).reversed().map { clean.rows($0..<$0 + 1) }
        + [attacked.rows(kept..<clean.shape[0])]
    },
    Placing(name: "the first are not attacked") { clean, attacked, kept in
      let count = clean.shape[0] - kept
      return [attacked.rows(0..<count), clean.rows(count..<clean.shape[0])]
    },
    Placing(name: "whole images") { clean, attacked, kept in
      let share = Float(clean.shape[0] - kept) / Float(clean.shape[0])
      return [clean * (1 - share) + attacked * share]
    },
    Placing(name: "labels stay", labels: { $0.reversed() }),
  ]
}

private func moved(_ model: Sequential, _ batch: Batch, _ attack: any Attack)
  -> Tensor
{
  attack.perturb(batch.images, labels: batch.labels, against: model)
}

private func gradients(_ model: Sequential, _ batch: Batch) -> [Tensor] {
  model.parameterGradients(on: batch, mode: .inference).parameters
}
