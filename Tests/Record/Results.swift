import Shared

// What README and Article quote of the chapters' results.

struct ArchitectureResults: Decodable {
  struct Layer: Decodable {
    var name: String
    var parameters: Int
    var multiplyAdds: Int
  }

  var parameters: Int
  var multiplyAdds: Int
  var layers: [Layer]

  /// One layer's share of all layers', in whole per cent.
  func share(of name: String, _ part: KeyPath<Layer, Int>) -> String {
    let all = layers.reduce(0) { $0 + $1[keyPath: part] }
    let own = layers.first { $0.name == name }?[keyPath: part] ?? 0
    return (Double(own) / Double(all)).percent(0)
  }
}

struct DataResults: Decodable {
  var exactlyBlack: Double
  /// The share of grey pixels in all, and in those that are not 0.
  var between, inkBetween: Double
  var testClassCounts: [Int]

  private enum CodingKeys: String, CodingKey {
    case exactlyBlack, testClassCounts
    case between = "between0.2And0.8"
    case inkBetween = "inkBetween0.2And0.8"
  }
}

struct TrainingResults: Decodable {
  struct Epoch: Decodable {
    var trainingAccuracy, validationAccuracy: Double
  }

  var history: [Epoch]
}

struct HooksResults: Decodable {
  struct Drift: Decodable {
    var relativeDistance: Double
  }

  /// One a layer, from the first to the last.
  var driftNoise, driftFGSM: [Drift]
}

struct AttackResults: Decodable {
  var fgsm: [RobustnessPoint]
  var randomSigns: [RobustnessPoint]
  var pgd: [RobustnessPoint]
  var worstCase: [RobustnessPoint]
  /// On the images that PGD attacked.
  var fgsmOnPGDImages: [RobustnessPoint]
  var cleanOnPGDImages: RobustnessPoint
  /// Random signs, FGSM, PGD and the worst case, on the images of the last.
  var curves: [[RobustnessPoint]]
  var figureAnswers: [Int]
}

struct SecurityResults: Decodable {
  var cleanPlain: Double
  var cleanHardened: Double
  var examPlain: [RobustnessPoint]
  var examHardened: [RobustnessPoint]
  var cleanOnExamImages: Clean
  /// The one-step and the four-step model, each under PGD and under several
  /// attacks.
  var truth: [[RobustnessPoint]]
  var certified: [Front]

  /// Exercises 10 to 13: under PGD, and under the library's own attack.
  var breaks: [Break]
  /// Outside the box.
  var beyond: [Change]

  struct Break: Decodable {
    var pgd, made: Double
  }

  struct Change: Decodable {
    var change: String
    var shares: [String: Double]
  }

  struct Front: Decodable {
    var network: String
    var certified: [RobustnessPoint]
  }

  /// What bounds prove of a network at one ε, of all test images.
  func proved(_ network: String, at epsilon: Double) -> Proportion? {
    certified.first { $0.network == network }?.certified.at(epsilon)?.accuracy
  }

  struct Clean: Decodable {
    var plain, hardened: RobustnessPoint
  }

  /// On all test images.
  var plainClean: Proportion { ofAll(cleanPlain) }
  var hardenedClean: Proportion { ofAll(cleanHardened) }

  private func ofAll(_ share: Double) -> Proportion {
    Proportion(Int((share * 1e4).rounded()), of: 10_000)
  }
}

struct ReadingResults: Decodable {
  var minutesToRead: Int
}
