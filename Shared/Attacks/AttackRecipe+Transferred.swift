// Attacks that never ask the model: made elsewhere, or once for all images.
extension AttackRecipe {
  static let transferred = [
    AttackRecipe(
      "transfer", "PGD on the attacker's own networks",
      source: "Papernot et al. 2017", norm: .maximum, steps: 40
    ) { settings, material in
      guard !material.surrogates.isEmpty else {
        throw TutorialError(
          "A transfer needs networks of the attacker's own, and there are none "
            + "for this data.")
      }
      var attack = pgd(settings, seed: settings.seed)
      // An image at the boundary of one network is not over that of another.
      attack.stopsAtSuccess = false
      return Transfer(attack, from: material.surrogates)
    },
    AttackRecipe(
      "universal", "one perturbation for all images",
      source: "Shafahi et al. 2020", norm: .maximum, steps: 200
    ) { settings, material in
      UniversalPerturbation.made(
        against: material.model, from: material.images,
        epsilon: settings.epsilon, target: settings.target,
        steps: settings.steps ?? 200, seed: settings.seed)
    },
    AttackRecipe(
      "patch", "one small square for all images, anywhere",
      source: "Brown et al. 2017", norm: nil, steps: 200
    ) { settings, material in
      try AdversarialPatch.made(
        against: material.model, from: material.images,
        side: settings.side ?? 7, target: settings.target,
        steps: settings.steps ?? 200, seed: settings.seed)
    },
  ]
}
