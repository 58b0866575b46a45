extension BatchGradients {
  /// Stops a training that has run away.
  ///
  /// After one gradient that is not a finite number the weights are lost. The
  /// loss need not show it: ReLU makes zero of not-a-number.
  ///
  /// - Parameters:
  ///   - epoch: The epoch, from 1.
  ///   - batch: The batch in it, from 1.
  /// - Throws: A `TutorialError` if the loss or a gradient is infinite or not a
  ///   number.
  public func requireFinite(epoch: Int, batch: Int) throws {
    let isWild = parameters.contains { gradient in
      gradient.scalars.contains { !$0.isFinite }
    }
    guard loss.isFinite, !isWild else {
      throw TutorialError(
        "The \(loss.isFinite ? "gradient" : "loss") is not a finite number at "
          + "batch \(batch) of epoch \(epoch): the weights are too large to "
          + "compute with; nothing was saved, and an earlier model is as it "
          + "was. Use a smaller learning rate, or other initial weights.")
    }
  }
}
