import Foundation
import Testing

@testable import Lesson
@testable import Shared

/// Answers that break one rule of a task, or know one question by heart.
///
/// A wrong answer that passes is the gravest fault that a grader can have.
@Suite struct MutantTests {
  @Test func `hard-coded rates, momenta and decays are refused`() {
    let refused = [
      graded(
        .momentumStep { p, g, v, _, m in
          momentumStep(
            parameters: p, gradients: g, velocities: v, learningRate: 0.1,
            momentum: m)
        }),
      graded(
        .momentumStep { p, g, v, rate, _ in
          momentumStep(
            parameters: p, gradients: g, velocities: v, learningRate: rate,
            momentum: 0.9)
        }),
      graded(
        .adamStep { p, g, state, _ in
          adamStep(parameters: p, gradients: g, state: state, learningRate: 0.1)
        }),
      graded(
        .adamWStep { p, g, state, rate, _ in
          adamWStep(
            parameters: p, gradients: g, state: state, learningRate: rate,
            weightDecay: 0.5)
        }),
      graded(
        .runningStatistics { old, new, rows, _ in
          updatedRunningStatistics(
            running: old, batch: new, rows: rows, momentum: 0.1)
        }),
    ]
    #expect(!refused.contains("solved"), "\(refused)")
  }

  @Test func `shares are rounded, neither cut off nor raised`() {
    for rule in [FloatingPointRoundingRule.down, .up] {
      @Sendable func mixed(_ clean: Batch, _ attacked: Tensor, _ share: Float)
        -> Batch
      {
        let count = Int((share * Float(clean.count)).rounded(rule))
        let kept = clean.count - count
        return Batch(
          images: Tensor(concatenating: [
            clean.images.rows(0..<kept), attacked.rows(kept..<clean.count),
          ]), labels: clean.labels)
      }
      #expect(graded(.mixedBatch(mixed)) != "solved")
      #expect(
        graded(
          .hardeningStep { model, batch, attack, share in
            let attacked = attack.perturb(
              batch.images, labels: batch.labels, against: model)
            return model.parameterGradients(
              on: mixed(batch, attacked, share), mode: .inference
            ).parameters
          }) != "solved")
    }
  }

  @Test func `a gradient divided by its own size is refused`() {
    #expect(
      graded(
        .ascend { start, images, labels, model, epsilon, stepSize, steps in
          var current = start
          for _ in 0..<steps {
            let gradient = model.inputGradient(of: current, labels: labels)
            for i in 0..<current.count {
              let g = gradient.scalars[i]
              current.scalars[i] = projectedPixel(
                current.scalars[i] + stepSize.pixels * g / abs(g),
                around: images.scalars[i], epsilon: epsilon.pixels)
            }
          }
          return current
        }) != "solved")
  }

  @Test func `curves follow the ε that are given, in their order`() {
    #expect(
      graded(
        .robustnessCurves { model, batch, epsilons, attacks in
          robustnessCurves(
            of: model, on: batch,
            epsilons: epsilons.sorted { $0.pixels < $1.pixels },
            attacks: attacks)
        }) != "solved")
  }

  @Test func `a matrix is not transposed`() {
    #expect(
      graded(
        .onnxTensor { tensor, name in
          guard tensor.shape.count == 2 else {
            return onnxTensor(tensor, name: name)
          }
          let (rows, columns) = (tensor.shape[0], tensor.shape[1])
          var turned = tensor
          for row in 0..<rows {
            for column in 0..<columns {
              turned.scalars[column * rows + row] = tensor[row, column]
            }
          }
          return onnxTensor(turned, name: name)
        }) != "solved")
  }

  @Test func `a list of one number is a list`() {
    #expect(
      graded(
        .onnxNode { operation, name, inputs, output, settings in
          onnxNode(
            operation, name: name, inputs: inputs, output: output,
            settings: settings.map {
              $0.numbers.count == 1
                ? ONNXSetting($0.name, number: $0.numbers[0]) : $0
            })
        }) != "solved")
  }

  @Test(
    arguments: [
      (7, 17, "g", false), (99, 17, "g", false), (8, 0, "g", false),
      (8, 9, "g", false), (8, 17, "", false), (8, 17, "g", true),
    ] as [(Int, Int, String, Bool)])
  func `a file that runtimes refuse is refused`(
    version: Int, operations: Int, name: String, isRight: Bool
  ) {
    let verdict = graded(
      .onnxModel { nodes, tensors, input, output in
        var graph = ProtobufWriter()
        for node in nodes { graph.write(node, field: 1) }
        if !name.isEmpty { graph.write(name, field: 2) }
        for tensor in tensors { graph.write(tensor, field: 5) }
        graph.write(input, field: 11)
        graph.write(output, field: 12)
        var set = ProtobufWriter()
        set.write(operations, field: 2)
        var model = ProtobufWriter()
        model.write(version, field: 1)
        model.write(graph.bytes, field: 7)
        model.write(set.bytes, field: 8)
        return model.bytes
      })
    #expect((verdict == "solved") == isRight, "\(verdict)")
  }
}
