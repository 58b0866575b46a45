extension Page {
  /// Prints small grey pictures side by side, each with a caption below.
  ///
  /// - Parameters:
  ///   - images: Shape `[N, H, W, 1]`.
  ///   - captions: One text an image.
  public func pictures(_ images: Tensor, captions: [String]) {
    var grid = ImageGrid()
    grid.addRow(images, captions: captions)
    for line in TerminalImage(grid: grid).lines(on: terminal) { print(line) }
    print("")
  }
}
