/// PGD put together from three pieces, each of which can be replaced.
///
/// The pieces are those that chapter 5 asks its readers to write: the way back
/// into the box, the walk, and the random start. With the library's own pieces
/// the result has the same bits as `PGD`, random start included.
/// Madry et al., ICLR 2018, arXiv:1706.06083.
public struct StepwisePGD: Attack {
  /// From a candidate, the original pixel and ε to a pixel inside the box.
  public typealias Projection =
    @Sendable (_ candidate: Float, _ pixel: Float, _ epsilon: Float)
    throws(Unsolved) -> Float
  /// From start, images, labels, model, ε, step size and steps to new images.
  public typealias Ascent =
    @Sendable (
      _ start: Tensor, _ images: Tensor, _ labels: [Int], _ model: Sequential,
      _ epsilon: Float, _ stepSize: Float, _ steps: Int
    ) throws(Unsolved) -> Tensor
  /// From images, ε and a seed to a random point of the box.
  public typealias Start =
    @Sendable (_ images: Tensor, _ epsilon: Float, _ seed: UInt64)
    throws(Unsolved) -> Tensor

  public var epsilon: Epsilon
  /// How far one step moves each pixel.
  public var stepSize: Epsilon
  /// The number of steps.
  public var steps: Int
  /// Decides the random start; nil starts at the image.
  public var seed: UInt64?
  /// Finds the random start.
  public var start: Start
  /// Walks uphill from there.
  public var ascend: Ascent

  /// PGD with the given pieces, the library's where none is given.
  public init(
    epsilon: Epsilon, stepSize: Epsilon, steps: Int, seed: UInt64? = 0,
    start: @escaping Start = StepwisePGD.drawing(),
    ascend: @escaping Ascent = StepwisePGD.climbing()
  ) {
    precondition(steps > 0, "PGD takes at least one step, got \(steps)")
    self.epsilon = epsilon
    self.stepSize = stepSize
    self.steps = steps
    self.seed = seed
    self.start = start
    self.ascend = ascend
  }

  public func perturb(
    _ images: Tensor, labels: [Int], against model: Sequential
  ) -> Tensor {
    do {
      var current = images
      if let seed { current = try start(images, epsilon.pixels, seed) }
      current = try ascend(
        current, images, labels, model, epsilon.pixels, stepSize.pixels, steps)
      // `pixel + ε` may round to a hair outside; an attack promises no hair.
      return images.combined(with: current) { pixel, candidate in
        projected(candidate, around: pixel, epsilon.pixels)
      }
    } catch {
      preconditionFailure("a piece of PGD says that it is not written yet")
    }
  }

  /// The nearest value within ε of the pixel and within 0...1.
  public static let projection: Projection = {
    (candidate: Float, pixel: Float, epsilon: Float) throws(Unsolved) -> Float
    in
    projected(candidate, around: pixel, epsilon)
  }

  /// Steps along the sign of the slope, each followed by the projection.
  public static func climbing(with project: @escaping Projection = projection)
    -> Ascent
  {
    {
      (
        start: Tensor, images: Tensor, labels: [Int], model: Sequential,
        epsilon: Float, stepSize: Float, steps: Int
      ) throws(Unsolved) -> Tensor in
      var current = start
      for _ in 0..<steps {
        let slope = model.inputGradient(of: current, labels: labels)
        for i in 0..<current.count {
          current.scalars[i] = try project(
            current.scalars[i] + stepSize * sign(slope.scalars[i]),
            images.scalars[i], epsilon)
        }
      }
      return current
    }
  }

  /// Every pixel moved by something in ±ε, followed by the projection.
  public static func drawing(with project: @escaping Projection = projection)
    -> Start
  {
    {
      (images: Tensor, epsilon: Float, seed: UInt64) throws(Unsolved) -> Tensor
      in
      var generator = SeededGenerator(seed: derivedSeed(seed, .attackStart))
      var moved = images
      for (i, pixel) in images.scalars.enumerated() {
        moved.scalars[i] = try project(
          pixel + generator.uniform(within: epsilon), pixel, epsilon)
      }
      return moved
    }
  }
}
