import Shared

extension Flag {
  /// `--images` of a chapter that measures on as many test images as are asked
  /// for; a kind of pictures is taken, too.
  ///
  /// - Parameters:
  ///   - help: What is done with the images.
  ///   - group: Who takes the flag.
  ///   - count: Where their number goes.
  /// - Returns: The flag.
  static func images(
    help: String, group: Group,
    count: WritableKeyPath<Options, Int?> & Sendable
  ) -> Flag {
    Flag(
      name: "--images", valueName: "N", takes: "blocks, kitty or a number",
      help: help, group: group
    ) { options, value in
      if let kind = Terminal.Images(rawValue: value) {
        options.terminal.images = kind
        return true
      }
      options[keyPath: count] = Int(value)
      return (options[keyPath: count] ?? 0) > 0
    }
  }
}

extension Page {
  /// The first test images.
  ///
  /// - Parameters:
  ///   - asked: How many `--images` asks for; nil if it was not given.
  ///   - usual: How many it is then, or all if there are fewer.
  ///   - mnist: The data set.
  /// - Returns: At least one image.
  /// - Throws: A `UsageError` if there are fewer than were asked for.
  func testImages(_ asked: Int?, orElse usual: Int, of mnist: MNIST) throws
    -> Batch
  {
    let count = asked ?? min(usual, mnist.test.count)
    guard count <= mnist.test.count else {
      throw UsageError(
        "--images asks for \(count.grouped) test images and there are "
          + "\(mnist.test.count.grouped).")
    }
    return mnist.test.first(count)
  }
}
