import Lesson
import Shared

/// How far one layer's output moves, on average, under noise and two attacks.
private struct DriftRow: Encodable, Sendable {
  var layer: String
  var noise, fgsm, pgd: Double

  /// How many times as far as under noise; nil if that moves nothing.
  var leadOfFGSM: Double? { noise > 0 ? fgsm / noise : nil }
  var leadOfPGD: Double? { noise > 0 ? pgd / noise : nil }
}

/// What chapter 4's hooks see under PGD, and where its lead over noise grows.
func whatTheHooksSaw(_ page: Page, _ model: Sequential, _ few: Batch) throws {
  let some = few.prefix(100)
  let epsilon = Epsilon.pixels(0.1)
  let steps = 7
  let seed = page.options.seed
  func drift(under attack: any Attack) -> [LayerDrift] {
    let changed = attack.perturb(
      some.images, labels: some.labels, against: model)
    let input: Sequential = ["the pixels": Flatten()]
    return input.drift(from: some.images, to: changed)
      + model.drift(from: some.images, to: changed)
  }
  let noise = drift(under: RandomSigns(epsilon: epsilon, seed: seed))
  let fgsm = drift(under: FGSM(epsilon: epsilon))
  let pgd = drift(
    under: PGD(
      epsilon: epsilon, stepSize: .pixels(epsilon.pixels / 4), steps: steps,
      seed: seed))
  // The input stands before the layers.
  let rows = ([0] + fewLayers(model).map { $0 + 1 }).map { index in
    DriftRow(
      layer: noise[index].name, noise: noise[index].relativeDistance,
      fgsm: fgsm[index].relativeDistance, pgd: pgd[index].relativeDistance)
  }
  page.table(
    "Chapter 4's hooks: relative change at ε = \(epsilon.pixels), "
      + "\(some.count) images; noise: random signs",
    "driftUnderAttacks", rows,
    [
      Column("output") { $0.layer },
      Column("noise") { $0.noise.decimals(3) },
      Column("FGSM") { $0.fgsm.decimals(3) },
      Column("PGD-\(steps)") { $0.pgd.decimals(3) },
      Column("FGSM/noise") { $0.leadOfFGSM?.decimals(2) ?? "–" },
      Column("PGD/noise") { $0.leadOfPGD?.decimals(2) ?? "–" },
    ])
  page.say(whereTheLeadGrows(rows))
}

/// Some ReLUs, at most three, and the last layer, as indices.
private func fewLayers(_ model: Sequential) -> [Int] {
  let layers = model.layers
  let all = layers.indices.filter { layers[$0].layer is ReLU }
  let some =
    all.count > 3 ? [all[0], all[all.count / 2], all[all.count - 1]] : all
  return some + [layers.count - 1].filter { $0 >= 0 && $0 != some.last }
}

/// Where PGD's lead grows most, and which of the two attacks moves what more.
private func whereTheLeadGrows(_ rows: [DriftRow]) -> String {
  let leads = rows.compactMap(\.leadOfPGD)
  guard leads.count == rows.count, rows.count > 1,
    leads.allSatisfy({ $0 > 0 && $0.isFinite })
  else { return "" }
  func growth(_ index: Int) -> Double { leads[index] / leads[index - 1] }
  func name(_ index: Int) -> String {
    index == 0 ? rows[0].layer : "`\(rows[index].layer)`"
  }
  func comparison(_ row: DriftRow) -> String {
    row.pgd < row.fgsm ? "less" : row.pgd > row.fgsm ? "more" : "as much"
  }
  let last = rows.count - 1
  let most = leads.indices.dropFirst().max { growth($0) < growth($1) } ?? last
  let place =
    growth(most) > 1
    ? "PGD's ratio to noise grows most from \(name(most - 1)) to "
      + "\(name(most)), \(growth(most).decimals(1)) times."
    : "PGD's ratio to noise grows nowhere."
  return """
    \(place) Compared with FGSM, PGD moves \(name(0)) \(comparison(rows[0]))
    and \(name(last)) \(comparison(rows[last])).
    """
}
