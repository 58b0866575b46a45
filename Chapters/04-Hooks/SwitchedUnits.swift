import Lesson
import Shared

/// Which ReLUs noise and attack switch on and off; nothing if there are none.
func switchedUnits(
  _ page: Page, _ model: Sequential, _ versions: Versions,
  _ flipped: Exercise<FlippedShare>
) {
  let names = model.layers.filter { $0.layer is ReLU }.map(\.name)
  guard !names.isEmpty else { return }
  page.say(
    """
    Last, the switches. A ReLU is on where its output is above 0, and off where
    it is 0. As long as no switch flips, and every pooling block keeps its
    winner, each logit is one weighted sum of the pixels plus a number, and its
    slopes say exactly what a step does to it. (The loss behind the logits still
    bends.) Every switch that flips is a corner. Which share of them flips?
    """)
  let share = page.exercise(flipped)
  let outputs = versions.all.map { rectified(names, model, $0) }
  let shares = page.show {
    outputs.dropFirst().map { changed in
      zip(outputs[0], changed).map { share($0, $1) }
    }
  }
  let rows = names.indices.flatMap { layer in
    shares.indices.map { change in
      SwitchRow(
        names[layer], Versions.names[change + 1],
        flippedUnits(
          from: outputs[0][layer], to: outputs[change + 1][layer]),
        share: shares[change][layer])
    }
  }
  page.table(
    "Switches that flip, mean of \(versions.clean.shape[0]) images", "switches",
    rows,
    [
      Column("layer") { $0.layer }, Column("change") { $0.change },
      Column("switched on") { $0.switchedOn.percent(1) },
      Column("switched off") { $0.switchedOff.percent(1) },
      Column("flipped") { $0.flipped.percent(1) },
    ])
  page.say(ratioInWords(names, noise: shares[0], attack: shares[1]))
}

/// How many more switches the attack flips, first and last.
private func ratioInWords(
  _ names: [String], noise: [Double], attack: [Double]
) -> String {
  let ends = names.count > 1 ? [0, names.count - 1] : [0]
  let places = ends.filter { noise[$0] > 0 }.map {
    "at `\(names[$0])` \((attack[$0] / noise[$0]).decimals(2)) times as many"
  }
  let ratios =
    places.isEmpty
    ? "" : "FGSM flips \(places.joined(separator: ", ")) as random signs."
  return """
    \(ratios) Where switches have flipped, another weighted sum answers than
    the one whose slopes FGSM has followed.
    """
}

/// What the layers of those names put out, each for all images.
private func rectified(
  _ names: [String], _ model: Sequential, _ images: Tensor
) -> [Tensor] {
  let parts = Workers.shards(of: images.shape[0], size: 50).map { range in
    model.activations(of: images.rows(range))
      .filter { names.contains($0.name) }.map(\.output)
  }
  return names.indices.map { layer in
    Tensor(concatenating: parts.map { $0[layer] })
  }
}

private struct SwitchRow: Encodable {
  var layer, change: String
  var switchedOn, switchedOff, flipped: Double

  init(
    _ layer: String, _ change: String, _ units: FlippedUnits, share: Double
  ) {
    let count = Double(max(units.count, 1))
    self.layer = layer
    self.change = change
    switchedOn = Double(units.switchedOn) / count
    switchedOff = Double(units.switchedOff) / count
    flipped = share
  }
}
