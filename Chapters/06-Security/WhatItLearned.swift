import Lesson
import Shared

/// First filters and feature maps of plain and hardened network.
///
/// - Throws: A `TutorialError` if the figure cannot be written.
func whatItLearned(_ page: Page, _ lab: Lab) throws {
  guard let hardened = lab.defenses["four-steps"],
    let first = lab.plain["conv1"] as? Conv2D,
    let other = hardened["conv1"] as? Conv2D,
    first.weight.shape.dropFirst() == other.weight.shape.dropFirst()
  else { return }
  var filters = ImageGrid(columns: 8)
  filters.excerptLimit = 0
  for (name, layer) in [("plain", first), ("four-steps", other)] {
    filters.addRow(
      layer.weight.filtersAsImages, .signed(layer.weight.maximumMagnitude),
      label: name)
  }
  let (plainCount, hardenedCount) = (FilterCount(first), FilterCount(other))
  page.record("filters", [plainCount, hardenedCount])
  page.say(
    """
    What has the four-step network learned? Of the plain network's
    \(first.weight.shape[0]) first filters \(plainCount.silent) are silent, with
    no weight above a tenth of the largest of all; of the four-step one's it is
    \(hardenedCount.silent) of them. A single weight carries more than half of all
    magnitude in \(plainCount.single) and in \(hardenedCount.single) of the
    others. A filter of one weight, shifted by its bias and cut off by the ReLU,
    is a *threshold* on a pixel. Madry et al. found the like in theirs: three
    filters alive, each with a single weight.\(
      hardenedCount.single > plainCount.single
        ? " Nobody told this network to make pixels black or white." : "")
    """)
  try page.figure(
    "filters", filters, scale: 16,
    caption: "the first filters of the plain network (above) and of the "
      + "four-step one (below): red weights count a pixel for, blue ones "
      + "against.",
    alternative: "Two grids of small squares, red for positive and blue for "
      + "negative weights; in the lower grid \(hardenedCount.silent) of "
      + "\(other.weight.shape[0]) squares are nearly white.")
  try mapsUnderAttack(page, lab, hardened)
}

/// How a convolution's filters look.
private struct FilterCount: Encodable, Sendable {
  /// Those without a weight above a tenth of the layer's largest.
  var silent = 0
  /// Of the others those in which one weight is more than half of all
  /// magnitudes.
  var single = 0

  init(_ layer: Conv2D) {
    let weights = layer.weight.scalars.map(abs)
    let loudest = weights.max() ?? 0
    let area = weights.count / layer.weight.shape[0]
    for start in stride(from: 0, to: weights.count, by: area) {
      let filter = weights[start..<start + area]
      let largest = filter.max() ?? 0
      if largest <= loudest / 10 {
        silent += 1
      } else if largest > filter.reduce(0, +) / 2 {
        single += 1
      }
    }
  }
}

/// The same channels, clean and attacked, of both networks.
private func mapsUnderAttack(
  _ page: Page, _ lab: Lab, _ hardened: Sequential
) throws {
  let one = lab.mnist.test.first(1)
  var rows: [Tensor] = []
  for network in [lab.plain, hardened] {
    let attacked = PGD(
      epsilon: .pixels(0.2), stepSize: .pixels(0.02), steps: 20,
      seed: page.options.seed
    ).perturb(one.images, labels: one.labels, against: network)
    for images in [one.images, attacked] {
      let relu = network.activations(of: images).first { $0.name == "relu1" }
      guard let maps = relu?.output, maps.shape.count == 4, maps.shape[3] >= 8
      else { return }
      rows.append(maps.channelsAsImages.rows(0..<8))
    }
  }
  guard Set(rows.map(\.shape)).count == 1 else { return }
  var grid = ImageGrid(columns: 8)
  grid.excerptLimit = 0
  for (number, maps) in rows.enumerated() {
    // Attacked maps in the scale of the clean ones.
    let most = rows[number / 2 * 2].maximumMagnitude
    grid.addRow(maps, .gray(0...max(most, .leastNormalMagnitude)))
  }
  try page.figure(
    "maps", grid, scale: 2,
    caption: "eight channels of `relu1` on the first test image: of the plain "
      + "network clean and under PGD at $ε = 0.2$, below them the same of the "
      + "four-step one. Compare each pair of rows: how much of the background "
      + "lights up?",
    alternative: "Four rows of eight small gray maps of one digit.")
}
