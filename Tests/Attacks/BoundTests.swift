import Testing

@testable import Shared

@Suite struct BoundTests {
  /// 4 × 5 pixels of two channels, all gray.
  private let image = Tensor(shape: [1, 4, 5, 2], repeating: 0.5)

  /// The image with some pixels changed, given as row, column and channel.
  private func changed(_ places: (Int, Int, Int)..., to value: Float = 1)
    -> Tensor
  {
    var result = image
    for (y, x, channel) in places { result[0, y, x, channel] = value }
    return result
  }

  @Test func `no pixel further than epsilon, to the last bit`() {
    let bound = Bound.maximum(.pixels(0.25))
    #expect(bound.isKept(image, from: image))
    #expect(bound.isKept(changed((0, 0, 0), to: 0.75), from: image))
    #expect(bound.isKept(changed((3, 4, 1), to: 0.25), from: image))
    let above = (0.75 as Float).nextUp
    #expect(!bound.isKept(changed((3, 4, 1), to: above), from: image))
    let below = (0.25 as Float).nextDown
    #expect(!bound.isKept(changed((0, 0, 0), to: below), from: image))
    #expect(!bound.isKept(changed((1, 1, 1), to: .nan), from: image))
  }

  @Test func `a sum that rounds to epsilon may lie beyond it`() {
    // In 32 bits 0.2 + 0.1 is further from 0.2 than 0.1 is from 0.
    let (pixel, epsilon) = (0.2 as Float, 0.1 as Float)
    #expect(
      !Bound.maximum(.pixels(epsilon))
        .isKept(Tensor([pixel + epsilon]), from: Tensor([pixel])))
  }

  @Test func `all changes together no longer than the radius`() {
    // Four changes of 0.25 are 0.5 long.
    let moved = changed((0, 0, 0), (1, 2, 1), (2, 2, 0), (3, 4, 1), to: 0.75)
    #expect(Bound.euclidean(0.5).isKept(moved, from: image))
    #expect(
      !Bound.euclidean((0.5 as Float).nextDown).isKept(moved, from: image))
    #expect(Bound.euclidean(0).isKept(image, from: image))
    #expect(
      !Bound.euclidean(9).isKept(changed((0, 0, 0), to: .nan), from: image))
  }

  @Test func `changes lie in a square`() {
    #expect(Bound.patch(side: 0).isKept(image, from: image))
    #expect(
      Bound.patch(side: 1).isKept(changed((2, 3, 0), (2, 3, 1)), from: image))
    // Two rows and three columns.
    let corners = changed((1, 1, 0), (2, 3, 1))
    #expect(Bound.patch(side: 3).isKept(corners, from: image))
    #expect(!Bound.patch(side: 2).isKept(corners, from: image))
    // From the end of a row to the start of the next it is far.
    let wrapped = changed((1, 4, 0), (2, 0, 0))
    #expect(Bound.patch(side: 5).isKept(wrapped, from: image))
    #expect(!Bound.patch(side: 4).isKept(wrapped, from: image))
    let tall = changed((0, 2, 0), (3, 2, 0))
    #expect(Bound.patch(side: 4).isKept(tall, from: image))
    #expect(!Bound.patch(side: 3).isKept(tall, from: image))
    let single = Bound.patch(side: 1)
    #expect(
      single.isKept(
        changed((2, 3, 0)).reshaped(to: [4, 5, 2]),
        from: image.reshaped(to: [4, 5, 2])))
  }

  @Test func `no limit is always kept, another shape never`() {
    #expect(Bound.none.isKept(changed((0, 0, 0)), from: image))
    let bounds: [Bound] = [
      .none, .maximum(.pixels(1)), .euclidean(100), .patch(side: 9),
    ]
    for bound in bounds {
      #expect(!bound.isKept(image.reshaped(to: [1, 5, 4, 2]), from: image))
      #expect(!bound.isKept(Tensor(shape: [1, 4, 5, 1]), from: image))
    }
  }

  @Test func `norms by hand`() {
    let (one, other) = (Tensor([0.25, 0.5, 1]), Tensor([0.5, 0.5, 0.25]))
    #expect(Norm.maximum.distance(one, other) == 0.75)
    let length = (0.25 * 0.25 + 0.75 * 0.75).squareRoot()
    #expect(Norm.euclidean.distance(one, other) == length)
    #expect(Norm.maximum.distance(one, one) == 0)
    #expect(Norm.euclidean.distance(one, one) == 0)
  }

  @Test func `long distances are added in double precision`() {
    // In 32 bits the sum of so many small squares would lose its digits.
    let count = 1_000_000
    let start = Tensor(shape: [count])
    let end = Tensor(shape: [count], repeating: 0.001)
    let exact = Double(0.001 as Float) * 1000
    #expect(abs(Norm.euclidean.distance(end, start) - exact) < 1e-9)
  }
}
