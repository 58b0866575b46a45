extension BatchGradients {
  /// Stops a training that has run away.
  ///
  /// Once the loss is not a finite number, no gradient is, and soon no weight.
  ///
  /// - Parameters:
  ///   - epoch: The epoch, from 1.
  ///   - batch: The batch in it, from 1.
  /// - Throws: A `TutorialError` if the loss is infinite or not a number.
  public func requireFiniteLoss(epoch: Int, batch: Int) throws {
    guard loss.isFinite else {
      throw TutorialError(
        "The loss is \(loss.isNaN ? "not a number" : "infinite") at batch "
          + "\(batch) of epoch \(epoch): the weights are too large to compute "
          + "with; nothing was saved, and an earlier model is as it was. Use a "
          + "smaller learning rate, or other initial weights.")
    }
  }
}
