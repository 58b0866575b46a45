import Lesson
import Shared

/// How many channels a figure compares.
private let channelsShown = 6

/// What noise and attack change in the maps, in the logits and in the switches.
func whatBreaksInside(
  _ page: Page, _ model: Sequential, _ mnist: MNIST, _ epsilon: Epsilon,
  _ some: Batch, _ versions: Versions, _ flipped: Exercise<FlippedShare>
) throws {
  page.section("What breaks inside")
  let turned = TurnedImage(in: mnist, model, epsilon, seed: page.options.seed)
  if let turned {
    showTurned(page, turned, mnist)
    try changedMaps(page, model, turned)
    leadOfTheWinner(page, model, turned, mnist)
  } else {
    page.say(
      """
      Among the first test images there is none that FGSM turns and random signs
      leave alone, so there is no single image to look into here.
      """)
  }
  leadsOfMany(page, model, some, versions)
  switchedUnits(page, model, versions, flipped)
}

/// The image and its answers.
private func showTurned(_ page: Page, _ turned: TurnedImage, _ mnist: MNIST) {
  let names = turned.answers.map { mnist.classNames[$0] }
  page.say(
    """
    One image that FGSM turns and random signs do not, test image
    \(turned.index): clean it is read as \(names[0]), with random signs as
    \(names[1]), under FGSM as \(names[2]).
    """)
  page.pictures(
    Tensor(concatenating: turned.versions.all),
    captions: zip(Versions.names, names).map { "\($0): \($1)" })
  page.record("turnedImage", turned.index)
}

/// The maps that the attack changes most; nothing if there are no maps.
private func changedMaps(
  _ page: Page, _ model: Sequential, _ turned: TurnedImage
) throws {
  let names = rectifiersWithMaps(model)
  guard !names.isEmpty else { return }
  page.say(
    """
    What has happened on the way? The figures show the channels that FGSM
    changes most, one a row. The last column is what the attack has added
    ({red|+ and #}) and taken away ({blue|- and =}). Look whether it lies where
    the clean map is bright, or where it was black. And compare the second column with the
    third: both images were allowed the same $ε$.
    """)
  let activations = turned.versions.all.map { model.activations(of: $0) }
  var remarks: [String] = []
  for name in names {
    let maps = activations.compactMap { layers in
      layers.first { $0.name == name }?.output.channelsAsImages
    }
    guard maps.count == Versions.names.count else { continue }
    try changeFigure(page, name, maps)
    remarks.append(
      "\(name) \(shareOnBlack(maps[0], maps[1])) under random signs and "
        + "\(shareOnBlack(maps[0], maps[2])) under FGSM")
  }
  page.say(
    """
    Over all channels for this image, this share of the change (of its squared
    length) lies where the clean output was 0: \(remarks.joined(separator: "; ")).
    """)
}

/// A row a channel: three versions, and what FGSM has changed.
private func changeFigure(_ page: Page, _ name: String, _ maps: [Tensor]) throws
{
  let change = maps[2] - maps[0]
  let strength = (0..<change.shape[0]).map { change.rows($0..<$0 + 1).norm }
  let chosen = strength.indices.sorted {
    (strength[$0], $1) > (strength[$1], $0)
  }.prefix(channelsShown)
  let columns = (maps + [change]).map { column in
    Tensor(concatenating: chosen.map { column.rows($0..<$0 + 1) })
  }
  let bright = columns.dropLast().map(\.maximumMagnitude).max() ?? 0
  let gray = ImageGrid.Coloring.gray(0...bright)
  var grid = ImageGrid(columns: columns.count)
  grid.headings = Versions.names + ["FGSM − clean"]
  grid.keepsRowsWhole = true
  for row in 0..<chosen.count {
    grid.addRow(
      Tensor(concatenating: columns.map { $0.rows(row..<row + 1) }),
      colorings: [gray, gray, gray, .signed(columns[3].maximumMagnitude)])
  }
  let channels = chosen.map(String.init).joined(separator: ", ")
  try page.figure(
    "\(name)-change", grid, scale: max(1, 84 / change.shape[1]),
    caption: "the channels of `\(name)` that FGSM changes most (\(channels)), "
      + "one a row. From left to right: clean, random signs, FGSM, and the "
      + "difference of FGSM and clean: {red|+ and #} where the output has "
      + "risen, {blue|- and =} where it has fallen.",
    alternative: "\(chosen.count) rows of four maps: clean, with random signs, "
      + "under FGSM, and the difference of the last and the first in red and "
      + "blue.")
}

/// The share of a change's squared length that lies where there was 0.
private func shareOnBlack(_ clean: Tensor, _ changed: Tensor) -> String {
  let change = changed - clean
  let onBlack = clean.combined(with: change) { $0 == 0 ? $1 : 0 }
  let (part, whole) = (onBlack.norm, change.norm)
  return (whole > 0 ? part * part / (whole * whole) : 0).percent(0)
}
