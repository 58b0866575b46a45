// Attacks that find their own step size, and attacks that look for the nearest
// image.
extension AttackRecipe {
  static let strong = [
    apgd("apgd-ce", "PGD that finds its step size", .crossEntropy),
    apgd("apgd-dlr", "the same with the DLR loss", .dlr),
    AttackRecipe(
      "apgd-t", "the same toward nine wrong classes in turn",
      source: "Croce and Hein 2020", norm: .maximum, steps: 100, restarts: 1,
      passesPerStep: 9 * WorkReport.passesOfGradient
    ) { settings, _ in
      EachTarget.apgd(
        epsilon: settings.epsilon, steps: settings.steps ?? 100,
        restarts: settings.restarts ?? 1, seed: settings.seed)
    },
  ]

  private static func apgd(
    _ name: String, _ summary: String, _ loss: AttackLoss
  ) -> AttackRecipe {
    AttackRecipe(
      name, summary, source: "Croce and Hein 2020", norm: .maximum, steps: 100,
      restarts: 1
    ) { settings, _ in
      APGD(
        epsilon: settings.epsilon, loss: loss, steps: settings.steps ?? 100,
        restarts: settings.restarts ?? 1, seed: settings.seed)
    }
  }

  static let nearest = [
    AttackRecipe(
      "fab-t", "along nine boundaries to the nearest point",
      source: "Croce and Hein 2020", norm: .maximum, steps: 100, restarts: 1,
      isMinimal: true, passesPerStep: 9 * (WorkReport.passesOfGradient + 1)
    ) { settings, _ in
      EachTarget.fab(
        epsilon: settings.size.map(Epsilon.pixels),
        steps: settings.steps ?? 100, restarts: settings.restarts ?? 1,
        seed: settings.seed)
    },
    AttackRecipe(
      "deepfool", "to the nearest boundary, as if it were flat",
      source: "Moosavi-Dezfooli et al. 2016", norm: .euclidean, steps: 50,
      isMinimal: true, passesPerStep: 9 * WorkReport.passesOfGradient
    ) { settings, _ in
      DeepFool(steps: settings.steps ?? 50, radius: settings.size)
    },
    AttackRecipe(
      "carlini-wagner", "distance and margin lowered together",
      source: "Carlini and Wagner 2017", norm: .euclidean, steps: 1000,
      isMinimal: true, passesPerStep: 9 * WorkReport.passesOfGradient
    ) { settings, _ in
      var attack = CarliniWagner(radius: settings.size)
      attack.steps = settings.steps ?? 1000
      return attack
    },
  ]
}
