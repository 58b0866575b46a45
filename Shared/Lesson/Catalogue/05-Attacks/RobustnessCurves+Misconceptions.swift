import Shared

extension CurvesInput {
  typealias Misconception =
    GradedTask<CurvesInput, [[RobustnessPoint]]>.Misconception

  static var misconceptions: [Misconception] {
    misconceptionsOfAttack + misconceptionsOfCounting
  }

  private static var misconceptionsOfAttack: [Misconception] {
    [
      .init(
        "attacks pile up",
        "Each ε attacked what the one before had left, so the changes add up "
          + "to more than ε. Every point of a curve starts from clean images.",
        answer: { question in
          question.attacks.map { attack in
            var moved = question.batch.images
            return question.epsilons.map { epsilon in
              moved = attack(epsilon).perturb(
                moved, labels: question.batch.labels, against: question.model)
              return question.point(epsilon, moved, question.batch.labels)
            }
          }
        }),
      .init(
        "ε = 0 left out",
        "The curves lack their first point. ε = 0 is the clean accuracy: "
          + "without it nobody sees how far a curve falls.",
        answer: { question in
          var fewer = question
          fewer.epsilons.removeAll { $0.pixels == 0 }
          return fewer.curves
        }),
      .init(
        "labels in another order",
        "The labels were turned around and no longer stand beside their "
          + "images. Label i belongs to image i.",
        answer: { question in
          var turned = question
          turned.batch.labels.reverse()
          return turned.curves
        }),
      .init(
        "one curve an ε",
        "Rows and columns are swapped. Asked for is one curve an attack, with "
          + "one row an ε: the loop over attacks is the outer one.",
        answer: { question in
          let curves = question.curves
          return question.epsilons.indices.map { index in
            curves.map { $0[index] }
          }
        }),
    ]
  }

  private static var misconceptionsOfCounting: [Misconception] {
    [
      .init(
        "only images that were right",
        "Images that the model misreads without any attack were left out. They "
          + "are wrong answers too: accuracy counts all images.",
        answer: { question in
          var fewer = question
          let answers = question.answers(question.batch.images)
          let right = answers.indices.filter {
            answers[$0] == question.batch.labels[$0]
          }
          fewer.batch = Batch(
            images: Tensor(
              concatenating: right.map {
                question.batch.images.rows($0..<$0 + 1)
              }),
            labels: right.map { question.batch.labels[$0] })
          return fewer.curves
        }),
      .init(
        "success rate of the attack",
        "This counts what the attack turned or found wrong. Accuracy is the "
          + "rest: the share that the model still gets right.",
        answer: { question in
          question.curves.map { curve in
            curve.map {
              RobustnessPoint(
                epsilon: $0.epsilon,
                accuracy: Proportion(
                  $0.accuracy.total - $0.accuracy.successes,
                  of: $0.accuracy.total))
            }
          }
        }),
      .init(
        "answers instead of labels",
        "Answers under attack were compared with the model's own answers on "
          + "clean images. That measures change; accuracy compares with the "
          + "labels.",
        answer: { question in
          let answers = question.answers(question.batch.images)
          return question.attacks.map { attack in
            question.epsilons.map { epsilon in
              let moved = attack(epsilon).perturb(
                question.batch.images, labels: question.batch.labels,
                against: question.model)
              return question.point(epsilon, moved, answers)
            }
          }
        }),
    ]
  }

  private var curves: [[RobustnessPoint]] {
    attacks.map { model.curve(under: $0, on: batch, epsilons: epsilons) }
  }

  private func answers(_ images: Tensor) -> [Int] {
    predictions(model.logits(of: images))
  }

  private func point(_ epsilon: Epsilon, _ images: Tensor, _ labels: [Int])
    -> RobustnessPoint
  {
    RobustnessPoint(
      epsilon: epsilon,
      accuracy: model.evaluate(on: images, labels: labels).accuracy)
  }
}
