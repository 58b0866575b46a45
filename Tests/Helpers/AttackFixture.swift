import Foundation

@testable import Shared

/// What public attacks do to the model that ships, on the first 40 test images;
/// see `make_attack_fixture.py`.
struct AttackFixture: Decodable {
  struct Slope: Decodable {
    var value: Double
    var gradient: [Double]
  }

  /// The losses of one image with these logits.
  struct Losses: Decodable {
    var logits: [Float]
    var label: Int
    var target: Int
    var crossEntropy: Slope
    var margin: Slope
    var dlr: Slope
    var targetedDLR: Slope
  }

  /// A point of the box 0...1 and the plane `normal · x = offset`.
  struct Plane: Decodable {
    var point: [Double]
    var normal: [Double]
    var offset: Double
    /// How far, in the maximum norm, the plane is inside the box.
    var distance: Double?
    /// Where the point goes if the plane is out of reach.
    var moved: [Double]?
  }

  struct Projections: Decodable {
    var reached: [Plane]
    var outOfReach: [Plane]
  }

  /// How much the same attack in double precision differs.
  struct Uncertainty: Decodable {
    var differentPredictions: Int
    var largestDifferenceOfLosses: Double
  }

  struct Outcome: Decodable {
    var epsilon: Float
    var predictions: [Int]
    var losses: [Double]
    var meanLoss: Double
    var float64: Uncertainty
  }

  /// The images that are still classified right, for each seed.
  struct Survivors: Decodable {
    var epsilon: Float
    var stillRight: [[Int]]
  }

  /// How far each image was moved in the Euclidean norm.
  struct Distances: Decodable {
    var distances: [Double]
  }

  struct DistancesBySeed: Decodable {
    var steps: Int
    var distances: [[Double]]
  }

  var labels: [Int]
  var cleanLosses: [Double]
  var attackLosses: [Losses]
  var projections: Projections
  var fgsm: [Outcome]
  /// 10 steps of 0.02 from the images themselves.
  var pgd: Outcome
  var apgdCE: Survivors
  var apgdT: Survivors
  var fabT: Survivors
  /// With 1000 queries.
  var square: Survivors
  var deepFool: Distances
  var hopSkipJump: DistancesBySeed
  var carliniWagner: Distances

  private enum CodingKeys: String, CodingKey {
    case labels, cleanLosses, attackLosses, projections, fgsm, pgd, square
    case apgdCE = "apgd-ce"
    case apgdT = "apgd-t"
    case fabT = "fab-t"
    case deepFool = "deepfool"
    case hopSkipJump = "hopskipjump"
    case carliniWagner = "cw"
  }

  static func load() throws -> AttackFixture {
    let url = PackageFiles.root.appendingPathComponent(
      "Tests/Fixtures/attacks.json")
    return try JSONDecoder().decode(
      AttackFixture.self, from: Data(contentsOf: url))
  }
}
