import Testing

@testable import Lesson
@testable import Shared

private typealias Curves =
  @Sendable (Sequential, Batch, [Epsilon], [@Sendable (Epsilon) -> any Attack])
  -> [[RobustnessPoint]]

@Suite struct RobustnessCurvesTests {
  @Test func `every solution passes`() throws {
    let others: [Curves] = [
      robustnessCurves,
      { model, batch, epsilons, attacks in
        var curves = attacks.map { _ in [RobustnessPoint]() }
        for epsilon in epsilons {
          for (index, attack) in attacks.enumerated() {
            curves[index].append(
              point(model, attack(epsilon), batch))
          }
        }
        return curves
      },
      { model, batch, epsilons, attacks in
        attacks.map { attack in
          epsilons.map { epsilon in
            let moved = attack(epsilon).perturb(
              batch.images, labels: batch.labels, against: model)
            let answers = predictions(model.logits(of: moved))
            var right = 0
            for (answer, label) in zip(answers, batch.labels)
            where answer == label { right += 1 }
            return RobustnessPoint(
              epsilon: epsilon, accuracy: Proportion(right, of: batch.count))
          }
        }
      },
    ]
    for other in others + [imageByImage] {
      #expect(Exercise.robustnessCurves(other).verdict() == .solved)
    }
  }

  private let imageByImage: Curves = { model, batch, epsilons, attacks in
    attacks.map { attack in
      epsilons.map { epsilon in
        let right = batch.labels.indices.count { index in
          let one = batch[index..<index + 1]
          let moved = attack(epsilon).perturb(
            one.images, labels: one.labels, against: model)
          return predictions(model.logits(of: moved)) == one.labels
        }
        return RobustnessPoint(
          epsilon: epsilon, accuracy: Proportion(right, of: batch.count))
      }
    }
  }

  @Test func `each mistake has its name`() throws {
    for (name, mistake) in mistakes {
      let found = graded(.robustnessCurves(mistake))
      #expect(found == name)
    }
    let names = Exercise.robustnessCurves { _, _, _, _ in [] }
      .misconceptionNames
    #expect(Set(mistakes.keys) == Set(names))
  }

  private var mistakes: [String: Curves] {
    [
      "attacks pile up": { model, batch, epsilons, attacks in
        var curves: [[RobustnessPoint]] = []
        for attack in attacks {
          var (current, rows) = (batch, [RobustnessPoint]())
          for epsilon in epsilons {
            current.images = attack(epsilon).perturb(
              current.images, labels: batch.labels, against: model)
            rows.append(row(model, current.images, batch.labels, epsilon))
          }
          curves.append(rows)
        }
        return curves
      },
      "ε = 0 left out": { model, batch, epsilons, attacks in
        attacks.map { attack in
          epsilons.dropFirst().map {
            point(model, attack($0), batch)
          }
        }
      },
      "labels in another order": { model, batch, epsilons, attacks in
        let wrong = Batch(
          images: batch.images, labels: Array(batch.labels.reversed()))
        return attacks.map { attack in
          epsilons.map { point(model, attack($0), wrong) }
        }
      },
      "one curve an ε": { model, batch, epsilons, attacks in
        epsilons.map { epsilon in
          attacks.map { point(model, $0(epsilon), batch) }
        }
      },
      "only images that were right": { model, batch, epsilons, attacks in
        var (parts, labels) = ([Tensor](), [Int]())
        for i in 0..<batch.count {
          let one = batch[i..<i + 1]
          guard predictions(model(one.images)) == one.labels else { continue }
          parts.append(one.images)
          labels += one.labels
        }
        let right = Batch(
          images: Tensor(concatenating: parts), labels: labels)
        return attacks.map { attack in
          epsilons.map { point(model, attack($0), right) }
        }
      },
      "success rate of the attack": { model, batch, epsilons, attacks in
        attacks.map { attack in
          epsilons.map { epsilon in
            let moved = attack(epsilon).perturb(
              batch.images, labels: batch.labels, against: model)
            let wrong = zip(predictions(model(moved)), batch.labels)
              .count { $0 != $1 }
            return RobustnessPoint(
              epsilon: epsilon, accuracy: Proportion(wrong, of: batch.count))
          }
        }
      },
      "answers instead of labels": { model, batch, epsilons, attacks in
        let before = predictions(model(batch.images))
        return attacks.map { attack in
          epsilons.map { epsilon in
            let moved = attack(epsilon).perturb(
              batch.images, labels: batch.labels, against: model)
            return row(model, moved, before, epsilon)
          }
        }
      },
    ]
  }

  @Test func `trivial answers are refused`() throws {
    let trivial: [Curves] = [
      { _, _, _, _ in [] }, { _, _, _, attacks in attacks.map { _ in [] } },
      { _, batch, epsilons, attacks in
        attacks.map { _ in
          epsilons.map {
            RobustnessPoint(
              epsilon: $0, accuracy: Proportion(batch.count, of: batch.count))
          }
        }
      },
    ]
    for answer in trivial {
      #expect(graded(.robustnessCurves(answer)) != "solved")
    }
  }
}

private func row(
  _ model: Sequential, _ images: Tensor, _ labels: [Int], _ epsilon: Epsilon
) -> RobustnessPoint {
  let right = zip(predictions(model(images)), labels).count { $0 == $1 }
  return RobustnessPoint(
    epsilon: epsilon, accuracy: Proportion(right, of: labels.count))
}

private func point(_ model: Sequential, _ attack: any Attack, _ batch: Batch)
  -> RobustnessPoint
{
  guard case .maximum(let epsilon) = attack.bound else {
    preconditionFailure("\(attack) has no ε")
  }
  return RobustnessPoint(
    epsilon: epsilon, accuracy: model.accuracy(under: attack, on: batch))
}
