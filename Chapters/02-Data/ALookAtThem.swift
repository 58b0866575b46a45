import Lesson
import Shared

/// Some images of each class.
func lookAtThem(_ page: Page, _ mnist: MNIST) throws {
  // More rows than that make no figure.
  let names = mnist.classNames.prefix(26)
  let rows =
    mnist.isShipped
    ? "The figure in the file has a row for each digit from 0 to 9, as "
      + "different people write them."
    : "The rows of the figure in the file are the "
      + (names.count < mnist.classNames.count ? "first " : "")
      + "\(names.count) classes: \(names.joined(separator: ", "))."
  page.say(
    """
    Always look at the data before you trust a number about it. Here are the
    first four training images. \(rows)
    """)
  let samples = mnist.training.first(4)
  page.pictures(
    samples.images,
    captions: samples.labels.map { "label \(mnist.classNames[$0])" })
  var grid = ImageGrid()
  for label in names.indices {
    let indices = mnist.training.labels.indices.filter {
      mnist.training.labels[$0] == label
    }
    guard !indices.isEmpty else { continue }
    grid.addRow(mnist.training.batch(Array(indices.prefix(12))).images)
  }
  try page.figure(
    "samples", grid,
    caption: mnist.isShipped
      ? "the first twelve training images of each digit."
      : "the first twelve training images of each class, or all if there are "
        + "fewer.",
    alternative: mnist.isShipped
      ? "Ten rows of twelve handwritten digits, one row for each digit "
        + "from 0 to 9; every hand writes them differently."
      : "Up to twelve images in a row, one row for each class: "
        + names.joined(separator: ", ") + ".")
}
