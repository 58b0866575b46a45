import Testing

@testable import Lesson
@testable import Shared

@Suite struct RobustnessCurvesMutantTests {
  @Test func `9: changed results are refused`() {
    let none = Change<RobustnessPoint>("without a right answer") {
      RobustnessPoint(
        epsilon: $0.epsilon, accuracy: Proportion(0, of: $0.accuracy.total))
    }
    let thousand = Change<RobustnessPoint>("of a thousand images") {
      RobustnessPoint(
        epsilon: $0.epsilon,
        accuracy: Proportion(
          Int(1000 * $0.accuracy.value), of: 1000))
    }
    let elsewhere = Change<RobustnessPoint>("at another ε") {
      RobustnessPoint(epsilon: .pixels(0.3), accuracy: $0.accuracy)
    }
    let lists = [none, thousand, elsewhere].flatMap {
      Change<[RobustnessPoint]>.list(of: $0)
    }
    expectMutantsRefused(
      of: robustnessCurves, spoiledBy: lists.flatMap { Change.list(of: $0) }
    ) { mutant in .robustnessCurves { mutant($0, $1, $2, $3) } }
  }

  @Test func `9: every rule is asked for`() {
    expectRefused([
      "the order of ε": .robustnessCurves { model, batch, epsilons, attacks in
        robustnessCurves(
          of: model, on: batch,
          epsilons: epsilons.sorted { $0.pixels < $1.pixels }, attacks: attacks)
      },
      "a curve of its own for each attack": .robustnessCurves {
        model, batch, epsilons, attacks in
        robustnessCurves(
          of: model, on: batch, epsilons: epsilons,
          attacks: attacks.map { _ in attacks[0] })
      },
      "the ε of the point": points { point, epsilons in
        point.attacked(with: epsilons[epsilons.count - 1])
      },
      "twice the ε is another ε": points { point, _ in
        point.attacked(with: .pixels(2 * point.epsilon.pixels))
      },
      "all images": points { point, _ in
        let half = point.batch[0..<point.batch.count / 2]
        return point.model.accuracy(under: point.attack, on: half)
      },
      "true labels for the attack": points { point, _ in
        let answers = predictions(point.model.logits(of: point.batch.images))
        let moved = point.attack.perturb(
          point.batch.images, labels: answers, against: point.model)
        return point.model.evaluate(on: moved, labels: point.batch.labels)
          .accuracy
      },
      "attacked images": points { point, _ in
        point.attacked(with: .pixels(0))
      },
      "attacked once": points { point, _ in
        var moved = point.batch
        for _ in 0..<2 {
          moved.images = point.attack.perturb(
            moved.images, labels: moved.labels, against: point.model)
        }
        return point.model.evaluate(on: moved.images, labels: moved.labels)
          .accuracy
      },
      "a curve may rise": .robustnessCurves { model, batch, epsilons, attacks in
        robustnessCurves(
          of: model, on: batch, epsilons: epsilons, attacks: attacks
        ).map { curve in
          var least = Proportion(batch.count, of: batch.count)
          return curve.map {
            least = $0.accuracy.value < least.value ? $0.accuracy : least
            return RobustnessPoint(epsilon: $0.epsilon, accuracy: least)
          }
        }
      },
    ])
  }
}

/// One point of a curve to be measured.
private struct Point: Sendable {
  var model: Sequential
  var batch: Batch
  var make: @Sendable (Epsilon) -> any Attack
  var epsilon: Epsilon

  var attack: any Attack { make(epsilon) }

  func attacked(with epsilon: Epsilon) -> Proportion {
    model.accuracy(under: make(epsilon), on: batch)
  }
}

/// Curves whose points are measured wrong in one way.
private func points(
  _ measure: @escaping @Sendable (Point, [Epsilon]) -> Proportion
) -> Exercise<Sequential.CurvesMeasurement> {
  .robustnessCurves { model, batch, epsilons, attacks in
    attacks.map { attack in
      epsilons.map { epsilon in
        let point = Point(
          model: model, batch: batch, make: attack, epsilon: epsilon)
        return RobustnessPoint(
          epsilon: epsilon, accuracy: measure(point, epsilons))
      }
    }
  }
}
