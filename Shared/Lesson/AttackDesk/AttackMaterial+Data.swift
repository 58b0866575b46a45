import Shared

extension AttackMaterial {
  /// What an attack can be made of with the data at hand: training images, and
  /// the attacker's own networks, which know MNIST and nothing else.
  ///
  /// - Parameters:
  ///   - recipe: The attack.
  ///   - model: The model under attack.
  ///   - mnist: The data set.
  /// - Throws: A `UsageError` if the attack needs networks and there are none
  ///   for this data, a `TutorialError` if one of their files is damaged.
  init(
    for recipe: AttackRecipe, against model: Sequential, _ mnist: MNIST
  ) throws {
    guard mnist.isShipped || recipe.name != "transfer" else {
      throw UsageError(
        "transfer needs networks of the attacker's, and those that ship are "
          + "trained on MNIST, not on this data.")
    }
    self.init(
      model: model, images: mnist.training.first(2000),
      surrogates: mnist.isShipped ? try SurrogateNetworks.load().all : [])
  }
}
