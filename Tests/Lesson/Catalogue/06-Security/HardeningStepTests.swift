import Foundation
import Testing

@testable import Lesson
@testable import Shared

private typealias Step =
  @Sendable (Sequential, Batch, any Attack, Float) -> [Tensor]

extension Exercise where Function == AdversarialMix.Step {
  /// An answer to 7b that is nothing but gradients.
  static func hardeningGradients(
    _ answer:
      @escaping @Sendable (Sequential, Batch, any Attack, Float) ->
      [Tensor]
  ) -> Self {
    .hardeningStep {
      BatchGradients(
        loss: 0, accuracy: Proportion(0, of: 1),
        parameters: answer($0, $1, $2, $3))
    }
  }
}

@Suite struct HardeningStepTests {
  @Test func `every solution of 7b passes`() throws {
    #expect(Exercise.hardeningStep(hardeningStep).verdict() == .solved)
    let others: [Step] = [
      { model, batch, attack, share in
        // The whole batch at once, backward by hand.
        let moved = attack.perturb(
          batch.images, labels: batch.labels, against: model)
        let kept = batch.count - lroundf(share * Float(batch.count))
        let images = Tensor(concatenating: [
          batch.images.rows(0..<kept), moved.rows(kept..<batch.count),
        ])
        let (logits, cache) = model.forward(images, mode: .inference)
        let gradient = softmaxCrossEntropy(
          logits: logits, labels: batch.labels
        ).gradient
        return model.parameterGradients(
          gradient * (1 / Float(batch.count)), cache: cache)
      },
      { model, batch, attack, share in
        // Only the images that the mix needs are attacked.
        let kept = batch.count - Int((share * Float(batch.count)).rounded())
        let part = batch[kept..<batch.count]
        let images = Tensor(concatenating: [
          batch.images.rows(0..<kept), moved(model, part, attack),
        ])
        return gradients(model, images, batch.labels)
      },
      { model, batch, attack, share in
        // Both parts by themselves, weighted by their sizes.
        let moved = Batch(
          images: attack.perturb(
            batch.images, labels: batch.labels, against: model),
          labels: batch.labels)
        let count = Int((share * Float(batch.count)).rounded())
        let kept = batch.count - count
        let parts = [batch[0..<kept], moved[kept..<batch.count]]
        let gradients = parts.map {
          model.parameterGradients(on: $0, mode: .inference).parameters
        }
        let weight = Float(count) / Float(batch.count)
        return zip(gradients[0], gradients[1]).map {
          $0 * (1 - weight) + $1 * weight
        }
      },
    ]
    for other in others {
      #expect(Exercise.hardeningGradients(other).verdict() == .solved)
    }
  }

  @Test func `each mistake of 7b has its name`() throws {
    let mistakes: [String: Step] = [
      "clean images only": { model, batch, _, _ in
        model.parameterGradients(on: batch, mode: .inference).parameters
      },
      "attacked images only": { model, batch, attack, _ in
        gradients(model, moved(model, batch, attack), batch.labels)
      },
      "summed instead of averaged": { model, batch, attack, share in
        let images = mix(batch, moved(model, batch, attack), share)
        let (logits, cache) = model.forward(images, mode: .inference)
        return model.parameterGradients(
          softmaxCrossEntropy(logits: logits, labels: batch.labels).gradient,
          cache: cache)
      },
      "two means added": { model, batch, attack, share in
        let kept =
          batch.count - Int((share * Float(batch.count)).rounded())
        let part = batch[kept..<batch.count]
        let all = moved(model, batch, attack)
        let clean = gradients(
          model, batch.images.rows(0..<kept), Array(batch.labels[0..<kept]))
        let attacked = gradients(
          model, all.rows(kept..<batch.count), part.labels)
        return zip(clean, attacked).map { $0 + $1 }
      },
      "attacked with its own answers": { model, batch, attack, share in
        let answers = model.evaluate(on: batch.images, labels: batch.labels)
          .predictions
        let attacked = attack.perturb(
          batch.images, labels: answers, against: model)
        return gradients(model, mix(batch, attacked, share), batch.labels)
      },
      "dropout left on": { model, batch, attack, share in
        model.parameterGradients(
          on: Batch(
            images: mix(batch, moved(model, batch, attack), share),
            labels: batch.labels),
          mode: .training(seed: 1)
        ).parameters
      },
      "attacked downhill": { model, batch, attack, share in
        let change = moved(model, batch, attack) - batch.images
        return gradients(
          model, mix(batch, batch.images - change, share), batch.labels)
      },
    ]
    for (name, mistake) in mistakes {
      let found = graded(.hardeningGradients(mistake))
      #expect(found == name)
    }
    #expect(
      Set(mistakes.keys)
        == Set(
          Exercise.hardeningGradients { _, _, _, _ in [] }.misconceptionNames))
  }

  @Test func `7b: trivial answers are refused`() throws {
    let trivial: [Step] = [
      { _, _, _, _ in [] },
      { model, batch, _, _ in
        gradients(model, batch.images, batch.labels).map { $0 * 0 }
      },
      { model, batch, attack, share in
        hardeningStep(
          model: model, batch: batch, attack: attack, share: share
        ).parameters.reversed()
      },
    ]
    for answer in trivial {
      #expect(graded(.hardeningGradients(answer)) != "solved")
    }
  }
}

private func moved(_ model: Sequential, _ batch: Batch, _ attack: any Attack)
  -> Tensor
{
  attack.perturb(batch.images, labels: batch.labels, against: model)
}

private func mix(_ batch: Batch, _ attacked: Tensor, _ share: Float) -> Tensor {
  let kept = batch.count - Int((share * Float(batch.count)).rounded())
  return Tensor(concatenating: [
    batch.images.rows(0..<kept), attacked.rows(kept..<batch.count),
  ])
}

private func gradients(_ model: Sequential, _ images: Tensor, _ labels: [Int])
  -> [Tensor]
{
  model.parameterGradients(
    on: Batch(images: images, labels: labels), mode: .inference
  ).parameters
}
