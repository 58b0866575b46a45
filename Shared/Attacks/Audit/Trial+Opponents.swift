extension Trial {
  /// By how many images a single step does better.
  mutating func leadOfSingleStep() -> Finding {
    let single = right(run(opponent: opponents.singleStep))
    return Finding(
      measured: "right of \(batch.count): \(right(own)), \(single) after one "
        + "step",
      against: right(own) - single)
  }

  /// Images that fall only to those who know less.
  ///
  /// Image by image, as Carlini et al. ask for: a mean would hide them.
  mutating func leadOfBlackBox() -> Finding {
    let queries = run(opponent: opponents.blackBox)
    var others = [("\(Opponents.queries) queries", run: queries)]
    if !surrogates.isEmpty {
      let transfer = run(opponent: opponents.transfer(from: surrogates))
      others.append(("a transfer", transfer))
    }
    let stands = standing(own)
    let against = stands.indices.count { image in
      stands[image]
        && others.contains { $0.run.answers[image] != batch.labels[image] }
    }
    let list = others.map { "\($0.run.accuracy.successes) under \($0.0)" }
    return Finding(
      measured: "right of \(batch.count): \(right(own)), "
        + list.joined(separator: ", ") + "; \(against) images fell only there",
      against: against)
  }

  /// Images that noise brings further.
  ///
  /// Whoever follows a gradient must raise the loss further than noise does even
  /// where the model stands; of others only what falls is compared.
  mutating func leadOfNoise() -> Finding {
    let noise = run(opponent: opponents.noise)
    let (stands, own, others) = (
      standing(own), losses(own.images), losses(noise.images)
    )
    let hasLoss = knowledge == .gradients && !attack.isMinimal
    let against = stands.indices.count { image in
      stands[image]
        && (noise.answers[image] != batch.labels[image]
          || hasLoss && others[image] > own[image])
    }
    return Finding(
      measured: "right of \(batch.count): \(stands.count { $0 }), "
        + "\(noise.accuracy.successes) under noise; noise does better on "
        + "\(against) images",
      against: against)
  }

  /// Asked for only if the attack has a norm.
  private var opponents: Opponents {
    Opponents(
      norm: attack.norm ?? .maximum, size: size, pixels: batch.images.rowCount,
      seed: settings.seed)
  }
}
