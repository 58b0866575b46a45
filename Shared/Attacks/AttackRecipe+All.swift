extension AttackRecipe {
  /// Every attack of the library, from the weakest attacker to the strongest.
  public static let all: [AttackRecipe] =
    controls + transferred + queries + steps + strong + nearest + [worstCase]

  /// The recipe of that name; nil if there is none.
  public static func named(_ name: String) -> AttackRecipe? {
    all.first { $0.name == name }
  }

  /// Several attacks in turn: `WorstCase.brief`.
  public static let worstCase = AttackRecipe(
    "worst-case", "several strong attacks in turn, image by image",
    source: "Croce and Hein 2020", norm: .maximum, takesTarget: false
  ) { settings, _ in
    WorstCase.brief(epsilon: settings.epsilon, seed: settings.seed)
  }

  private static let controls = [
    AttackRecipe(
      "random-signs", "every pixel by +ε or −ε, decided by a coin",
      source: "control", norm: .maximum
    ) { settings, _ in
      RandomSigns(epsilon: settings.epsilon, seed: settings.seed)
    },
    AttackRecipe(
      "uniform-noise", "every pixel by something in ±ε", source: "control",
      norm: .maximum
    ) { settings, _ in
      UniformNoise(epsilon: settings.epsilon, seed: settings.seed)
    },
  ]

  private static let queries = [
    AttackRecipe(
      "hopskipjump", "along the boundary, by answers alone",
      source: "Chen et al. 2020", norm: .euclidean, steps: 20, isMinimal: true,
      passesPerStep: 350
    ) { settings, material in
      var attack = HopSkipJump(
        steps: settings.steps ?? 20, seed: settings.seed, radius: settings.size)
      if settings.target != nil { attack.startingImages = material.images }
      return attack
    },
    AttackRecipe(
      "square", "random squares, kept when the scores get worse",
      source: "Andriushchenko et al. 2020", norm: .maximum, steps: 5000,
      passesPerStep: 1
    ) { settings, _ in
      SquareAttack(
        epsilon: settings.epsilon, queries: settings.steps ?? 5000,
        seed: settings.seed)
    },
  ]

  private static let steps = [
    AttackRecipe(
      "fgsm", "one step of ε by the signs of the gradient",
      source: "Goodfellow et al. 2015", norm: .maximum
    ) { settings, _ in FGSM(epsilon: settings.epsilon) },
    AttackRecipe(
      "bim", "many small steps from the image itself",
      source: "Kurakin et al. 2017", norm: .maximum, steps: 40
    ) { settings, _ in pgd(settings, seed: nil) },
    AttackRecipe(
      "mi-fgsm", "the same with momentum", source: "Dong et al. 2018",
      norm: .maximum, steps: 40
    ) { settings, _ in
      var attack = pgd(settings, seed: nil)
      attack.momentum = 1
      return attack
    },
    AttackRecipe(
      "pgd", "many small steps from random starts",
      source: "Madry et al. 2018", norm: .maximum, steps: 40, restarts: 1
    ) { settings, _ in pgd(settings, seed: settings.seed) },
    AttackRecipe(
      "pgd-l2", "the same in the Euclidean norm", source: "Madry et al. 2018",
      norm: .euclidean, steps: 40, restarts: 1
    ) { settings, _ in
      let radius = settings.size ?? 2
      var attack = PGD(
        radius: radius, stepLength: 0.1 * radius, steps: settings.steps ?? 40,
        seed: settings.seed)
      attack.restarts = settings.restarts ?? 1
      attack.stopsAtSuccess = true
      return attack
    },
  ]

  /// Steps of 0.01, as on MNIST in Madry's paper; larger ones where so few would
  /// not cross the box.
  static func pgd(_ settings: AttackSettings, seed: UInt64?) -> PGD {
    let (epsilon, steps) = (settings.epsilon, settings.steps ?? 40)
    let needed = min(1, 1.25 * epsilon.pixels / Float(steps))
    var attack = PGD(
      epsilon: epsilon, stepSize: .pixels(max(0.01, needed)), steps: steps,
      seed: seed)
    attack.restarts = settings.restarts ?? 1
    attack.stopsAtSuccess = true
    return attack
  }
}
