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
  var between: Double
  var testClassCounts: [Int]

  private enum CodingKeys: String, CodingKey {
    case exactlyBlack, testClassCounts
    case between = "between0.2And0.8"
  }
}

struct AttackResults: Decodable {
  var fgsm: [RobustnessPoint]
  var randomSigns: [RobustnessPoint]
  var pgd: [RobustnessPoint]
  var figureAnswers: [Int]
}

struct SecurityResults: Decodable {
  var cleanPlain: Double
  var cleanHardened: Double
  var examPlain: [RobustnessPoint]
  var examHardened: [RobustnessPoint]

  var hardenedClean: Proportion {
    Proportion(Int((cleanHardened * 1e4).rounded()), of: 10_000)
  }
}

struct SeedResults: Decodable {
  var fgsm: [RobustnessPoint]
  var randomSigns: [RobustnessPoint]
}
