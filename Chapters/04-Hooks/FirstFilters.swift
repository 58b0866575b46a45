import Lesson
import Shared

/// The 32 windows of the first convolution.
func filterFigure(_ page: Page, _ model: Sequential) throws {
  guard let weights = model.parameterTensors["conv1.weight"] else { return }
  let filters = weights.filtersAsImages
  var grid = ImageGrid(columns: 8)
  grid.addRow(filters, .signed(weights.maximumMagnitude))
  page.say(
    """
    Chapter 1 chose a window of weights by hand and found edges with it. Nobody
    chose these: they began as random numbers, and training made of them what
    was useful. In the figure red weights count a pixel for, blue ones against.
    Look for windows that are red on one side and blue on the other: edge
    detectors, in all directions.
    """)
  try page.figure(
    "filters", grid, scale: 16,
    caption: "the \(filters.shape[0]) learned 3 × 3 windows of `conv1`.",
    alternative: "A grid of squares of nine cells each, red for positive and "
      + "blue for negative weights; many are red on one side and blue on the "
      + "other.")
}
