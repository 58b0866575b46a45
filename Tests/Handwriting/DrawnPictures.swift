@testable import Shared

/// A bar of 8 × 40 pixels, its top left corner at (30, 20).
func bar(paper: (Int, Int) -> Double, ink: Double) -> GrayImage {
  picture(width: 90, height: 80) { x, y in
    (30..<38).contains(x) && (20..<60).contains(y) ? ink : paper(x, y)
  }
}

/// A picture whose levels are given place by place.
func picture(
  width: Int, height: Int, level: (Int, Int) -> Double
) -> GrayImage {
  GrayImage(
    width: width, height: height,
    levels: (0..<width * height).map {
      UInt8(min(max(level($0 % width, $0 / width).rounded(), 0), 255))
    })
}
