import Lesson
import Shared

/// How networks are measured outside the box, and once inside.
struct BeyondStudy {
  typealias Named = (name: String, network: Sequential)

  /// Changes that make one row.
  private struct Kind {
    var name: String
    var changes: [any ImageChange]
    /// The row whose changes belong to it, too.
    var inner: Int?
  }

  /// The row of all rotations.
  static let widestRotation = 2
  /// The rows of grids that a later row holds, too.
  static let narrowGrids = [1, 3]

  let images: Batch
  /// Degrees from one rotation to the next.
  let rotationStep: Int
  /// Pixels from one shift to the next.
  let shiftStep: Int
  let patchSide = 7
  /// The steps of PGD in the box.
  let steps: Int
  private let kinds: [Kind]
  private let patchSteps: Int
  private let training: Batch
  private let epsilon: Epsilon
  private let seed: UInt64

  init(_ lab: Lab) {
    let page = lab.page
    images = lab.mnist.test.first(page.full(1000, quick: 100, long: 10_000))
    rotationStep = page.full(5, quick: 15)
    shiftStep = page.full(2, quick: 4)
    steps = page.full(20, quick: 5)
    patchSteps = page.full(50, quick: 5, long: 200)
    training = lab.mnist.training.first(page.full(2000, quick: 50))
    epsilon = lab.strongest
    seed = page.options.seed
    kinds = Self.kinds(rotationStep: rotationStep, shiftStep: shiftStep)
  }

  private static func kinds(rotationStep: Int, shiftStep: Int) -> [Kind] {
    func rotations(from first: Int, through last: Int) -> [Rotation] {
      stride(from: first, through: last, by: rotationStep).flatMap { degrees in
        [degrees, -degrees].map { Rotation(degrees: Double($0)) }
      }
    }
    // Those that go so far and no less.
    func shifts(by reach: Int) -> [Translation] {
      let offsets = Array(stride(from: -reach, through: reach, by: shiftStep))
      return offsets.flatMap { rows in
        offsets.map { Translation(rows: rows, columns: $0) }
      }.filter { max(abs($0.rows), abs($0.columns)) == reach }
    }
    let single: [any ImageChange] = [
      GaussianBlur(sigma: 1), GaussianBlur(sigma: 1.5), Pen.thicker,
      Pen.thinner,
    ]
    return [
      Kind(name: "unchanged", changes: [Translation(rows: 0, columns: 0)]),
      Kind(
        name: "rotated up to 15 degrees",
        changes: rotations(from: rotationStep, through: 15), inner: 0),
      Kind(
        name: "rotated up to 30 degrees",
        changes: rotations(from: 15 + rotationStep, through: 30), inner: 1),
      Kind(name: "shifted up to 2 pixels", changes: shifts(by: 2), inner: 0),
      Kind(name: "shifted up to 4 pixels", changes: shifts(by: 4), inner: 3),
    ] + single.map { Kind(name: $0.name, changes: [$0]) }
  }

  /// Passes of so many networks, at most.
  func passes(networks: Int) -> Int {
    let changes = kinds.reduce(0) { $0 + $1.changes.count }
    let gradient = WorkReport.passesOfGradient
    // The clean images, FGSM and what becomes of it, the same for PGD.
    let box = 1 + (gradient + 1) + (steps * gradient + 1)
    let patch = patchSteps * min(100, training.count) * gradient
    return networks * (images.count * (changes + 1 + box) + patch)
  }

  /// What whole images that are changed leave of each network.
  func changes(_ networks: [Named]) -> [BeyondRow] {
    kinds.reduce(into: []) { rows, kind in
      let inner = kind.inner.map { rows[$0] }
      var row = BeyondRow(
        change: kind.name, distances: inner?.distances ?? [])
      for change in kind.changes {
        row.distances += distances(
          of: change.changed(images.images), from: images.images)
      }
      for (name, network) in networks {
        let stands = network.stands(under: kind.changes, on: images)
        row.standing[name] =
          inner?.standing[name].map { zip($0, stands).map { $0 && $1 } }
          ?? stands
      }
      rows.append(row)
    }
  }

  /// A patch for each network, and what it leaves of it.
  ///
  /// - Throws: A `TutorialError` if the patch does not fit the images.
  func patches(_ networks: [Named]) throws
    -> (row: BeyondRow, patches: [AdversarialPatch])
  {
    var row = BeyondRow(change: "patch of \(patchSide) × \(patchSide)")
    let patches = try networks.map { name, network in
      let patch = try AdversarialPatch.made(
        against: network, from: training, side: patchSide, steps: patchSteps,
        seed: seed)
      let run = AttackRun(patch, on: images, against: network)
      row.standing[name] = run.isMet.map { !$0 }
      row.distances += distances(of: run.images, from: images.images)
      return patch
    }
    return (row, patches)
  }

  /// What FGSM and PGD leave in the box.
  func box(_ networks: [Named]) -> BeyondRow {
    let attacks = WorstCase(
      [
        .init("FGSM", FGSM(epsilon: epsilon)),
        .init(
          "PGD",
          PGD(
            epsilon: epsilon, stepSize: .pixels(epsilon.pixels / 8),
            steps: steps, seed: seed)),
      ], bound: .maximum(epsilon))
    var row = BeyondRow(change: "in the box, FGSM, PGD")
    for (name, network) in networks {
      let run = WorstCaseRun(attacks, on: images, against: network)
      row.standing[name] = run.stands
      row.distances += distances(of: run.images, from: images.images)
    }
    return row
  }
}

/// The largest change of any pixel, for each image that has changed.
private func distances(of changed: Tensor, from images: Tensor) -> [Double] {
  (0..<images.shape[0]).map { row in
    Norm.maximum.distance(changed.rows([row]), images.rows([row]))
  }.filter { $0 > 0 }
}
