import Lesson
import Shared

/// The windows of the first convolution; nothing if there is none.
func filterFigure(_ page: Page, _ model: Sequential) throws {
  guard let (name, layer) = model.layers.first(where: { $0.layer is Conv2D }),
    let weights = (layer as? Conv2D)?.weight
  else { return }
  let filters = weights.filtersAsImages
  let side = filters.shape[1]
  var grid = ImageGrid(columns: 8)
  grid.addRow(filters, .signed(weights.maximumMagnitude))
  page.section("What the first filters look for")
  page.say(
    """
    Chapter 1 chose a window of weights by hand and found edges with it. Such a
    window is also called a *filter*. Nobody chose these: they began as random
    numbers, and training has changed them. In the figure {red|+ and #} weights count a pixel for,
    {blue|- and =} ones against.
    \(side > 1
      ? "Look for windows that are {red|+ and #} on one side and "
        + "{blue|- and =} on the other: those answer to edges. Not all "
        + "are of that kind."
      : "")
    """)
  try page.figure(
    "filters", grid, scale: 16,
    caption: "the \(filters.shape[0]) learned \(side) × \(side) windows of "
      + "`\(name)`.",
    alternative: "A grid of squares of \(side) × \(side) cells each, red for "
      + "positive and blue for negative weights.")
}
