/// An optimizer made of a function that updates one list of numbers.
///
/// `Memory` is what the function keeps of each parameter from step to step.
public struct ParameterwiseOptimizer<Memory: Sendable>: Optimizer {
  /// From parameters, gradients, memory and rate to new parameters and memory.
  ///
  /// It may throw only while it is not written, not in training.
  public typealias Step =
    @Sendable (
      _ parameters: [Float], _ gradients: [Float], _ memory: Memory,
      _ learningRate: Float
    ) throws(Unsolved) -> ([Float], Memory)

  public var learningRate: Float
  private let initial: @Sendable (_ count: Int) -> Memory
  private let step: Step
  private var memories: [Memory] = []

  /// An optimizer that remembers `initial` of each parameter at first.
  public init(
    learningRate: Float, initial: @escaping @Sendable (_ count: Int) -> Memory,
    step: @escaping Step
  ) {
    self.learningRate = learningRate
    self.initial = initial
    self.step = step
  }

  public mutating func update(
    _ model: inout Sequential, with gradients: [Tensor]
  ) {
    model.visitParameters(with: gradients) { index, parameter, gradient in
      if index == memories.count { memories.append(initial(parameter.count)) }
      guard
        let result = try? step(
          parameter.scalars, gradient.scalars, memories[index], learningRate)
      else { preconditionFailure("this optimizer's step is not written yet") }
      parameter = Tensor(shape: parameter.shape, scalars: result.0)
      memories[index] = result.1
    }
  }
}
