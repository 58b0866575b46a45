import Lesson
import Shared

/// One image under each change, and which of two networks misreads it.
///
/// - Throws: A `TutorialError` if the figure cannot be written.
func beyondFigure(
  _ page: Page, _ lab: Lab, _ images: Batch, _ rows: [BeyondRow],
  _ networks: [BeyondStudy.Named], _ patches: [AdversarialPatch]
) throws {
  let shown = tellingImage(rows, networks.map { $0.name })
  let one = images.images.rows([shown])
  let changes: [any ImageChange] = [
    Rotation(degrees: 15), Rotation(degrees: 30), Rotation(degrees: -30),
    Translation(rows: 2, columns: 2), Translation(rows: 4, columns: -4),
    GaussianBlur(sigma: 1), GaussianBlur(sigma: 1.5), Pen.thicker, Pen.thinner,
  ]
  let changed = Tensor(concatenating: [one] + changes.map { $0.changed(one) })
  let names = ["unchanged"] + changes.map { $0.name } + ["its patch"]
  let (label, classes) = (images.labels[shown], lab.mnist.classNames)
  var pictures = [changed]
  var words: [String] = []
  for ((name, network), patch) in zip(networks, patches) {
    // With all images, so that it lies where it was measured.
    let patched = patch.perturb(
      images.images, labels: images.labels, against: network
    ).rows([shown])
    pictures.append(patched)
    let answers = predictions(
      network.logits(of: Tensor(concatenating: [changed, patched])))
    let wrong = names.indices.filter { answers[$0] != label }.map {
      "\(names[$0]) (as \(classes[answers[$0]]))"
    }
    words.append(
      "The \(inProse(name)) network misreads "
        + (wrong.isEmpty ? "none." : wrong.joined(separator: "; ") + "."))
  }
  var grid = ImageGrid(columns: 6)
  grid.excerptLimit = 0
  grid.addRow(Tensor(concatenating: pictures))
  try page.figure(
    "beyond", grid, scale: 4,
    caption: "a test image of class \(classes[label]) as it is, rotated by 15, "
      + "30 and −30 degrees, shifted by 2 and by 4 pixels both ways; below "
      + "blurred (σ = 1 and 1.5), from a thicker and a thinner pen, with the "
      + "patches for the two networks. " + words.joined(separator: " "),
    alternative: "Two rows of six pictures of one "
      + "\(lab.mnist.isShipped ? "digit" : "image"): upright, turned, moved, "
      + "blurred, thicker, thinner, and twice with a small square on it.")
}

/// The first image that both networks read right as it is and the plain one
/// misreads under a rotation, if there is one.
private func tellingImage(_ rows: [BeyondRow], _ networks: [String]) -> Int {
  func stands(_ row: Int, _ network: String) -> [Bool] {
    rows[row].standing[network] ?? []
  }
  let clean = networks.map { stands(0, $0) }
  let right = (clean.first ?? []).indices.filter { image in
    clean.allSatisfy { $0[image] }
  }
  let rotated = stands(BeyondStudy.widestRotation, networks[0])
  return right.first { !rotated[$0] } ?? right.first ?? 0
}
