@testable import Shared

/// What an attacker has, and digits to measure with; loaded once.
struct Attacker {
  let networks: SurrogateNetworks
  /// Digits to learn from.
  let training: Batch
  /// Others.
  let test: Batch

  static let shared = Result { try Attacker() }

  private init() throws {
    networks = try .load()
    let data = try MNIST()
    training = data.training.first(200)
    test = data.test.first(200)
  }
}
