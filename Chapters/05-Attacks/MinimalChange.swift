import Lesson
import Shared

/// How far each image is from an error, instead of how many are within reach.
func minimalChange(_ page: Page, _ model: Sequential, _ fewest: Batch) throws {
  let largest = Epsilon.pixels(0.3)
  let (steps, seed) = (page.full(20, quick: 10), page.options.seed)
  page.say(
    """
    The other way to measure: *how far* is each image? PGD with \(steps) steps
    tries $ε = \(largest.pixels)$, then always the middle between the largest
    that failed and the smallest that did not, to within 1/128. (Another attack
    may need less.)
    """)
  func attack(_ epsilon: Epsilon) -> any Attack {
    // Steps that together reach across the box, whatever its size.
    var pgd = PGD(
      epsilon: epsilon, stepSize: .pixels(2.5 * epsilon.pixels / Float(steps)),
      steps: steps, seed: seed)
    pgd.stopsAtSuccess = true
    return pgd
  }
  // The largest, and six halvings of 0.3 to less than 1/128.
  let passes = 7 * fewest.count * (3 * steps + 1)
  let minimal = page.progress("Minimal ε", passes: passes) {
    MinimalEpsilon(
      under: attack, on: fewest, against: model, upTo: largest,
      tolerance: 1 / 128)
  }
  page.record("minimalEpsilon", minimal.perImage)
  try page.figure(
    "minimal-epsilon", histogram(of: minimal, upTo: largest),
    caption: "the smallest $ε$ at which PGD turns each of the first "
      + "\(fewest.count.grouped) test images.")
  page.say(distancesInWords(minimal, upTo: largest))
}

/// Parts of 0.02, or of a tenth of the largest ε if that is what it takes.
private func histogram(of minimal: MinimalEpsilon, upTo largest: Epsilon)
  -> Histogram
{
  let found = minimal.perImage.compactMap { $0 }
  let end = Double(largest.pixels)
  let isNear = (found.max() ?? 0) < 0.22
  let (parts, limit) = isNear ? (11, 0.22) : (10, end)
  var counts = minimal.histogram(bins: parts, upTo: limit)
  // An image that is misread as it is was not turned by anything.
  let misread = found.count { $0 == 0 }
  counts[0] -= misread
  while counts.count > 1, counts.last == 0 { counts.removeLast() }
  let width = limit / Double(parts)
  var bins = counts.indices.map { part in
    "\((Double(part) * width).decimals(2))–"
      + (Double(part + 1) * width).decimals(2)
  }
  if misread > 0 {
    bins.insert("misread", at: 0)
    counts.insert(misread, at: 0)
  }
  let missing = minimal.perImage.count - found.count
  if missing > 0 {
    bins.append("not up to \(end.shortest)")
    counts.append(missing)
  }
  return Histogram(
    "The smallest ε at which this PGD turns an image", binLabel: "ε (pixels)",
    countLabel: "images", bins: bins,
    series: [Histogram.Series("images", counts: counts)])
}

/// The middle, the ends, and what one ε makes of them.
private func distancesInWords(
  _ minimal: MinimalEpsilon, upTo largest: Epsilon
) -> String {
  let sizes = minimal.perImage
  let moved = sizes.compactMap { $0 }.filter { $0 > 0 }
  let middle =
    minimal.median.map { "The median is \($0.decimals(2))" }
    ?? "Half of the images or more stand up to \(largest.pixels)"
  var ends = ""
  if let nearest = moved.min(), let farthest = moved.max() {
    ends =
      ", the smallest above 0 \(nearest.decimals(2)), the largest found "
      + farthest.decimals(2)
  }
  let cut = Epsilon.pixels(0.1)
  let within = sizes.count { $0.map { $0 <= Double(cut.pixels) } ?? false }
  return """
    \(middle)\(ends). An accuracy at one $ε$ is one cut through this: up to
    \(cut.pixels) it has turned \(within) of \(sizes.count).
    """
}
