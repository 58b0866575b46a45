import Foundation
import Shared

/// A network as a row of boxes, one for each shape that an image takes on its
/// way: squares for the places, one behind the other for the channels, and bars
/// for plain rows of numbers.
public struct NetworkDiagram: Sendable {
  /// What one box stands for.
  struct Stage: Sendable, Equatable {
    /// The layer that gives this shape; `image` for the first.
    var name: String
    var shape: [Int]
    /// Of this layer and those that follow it without a new shape.
    var parameters: Int
  }

  var title: String
  var stages: [Stage]

  /// A diagram of a network.
  ///
  /// - Parameters:
  ///   - title: What stands above it.
  ///   - summary: The network's layers, as `Sequential.summary(for:)` has them.
  ///   - imageShape: The shape of one image, `[H, W, C]`.
  public init(
    _ title: String, _ summary: [LayerSummary], imageShape: [Int]
  ) {
    self.title = title
    stages = summary.reduce(
      into: [Stage(name: "image", shape: imageShape, parameters: 0)]
    ) { stages, layer in
      if layer.outputShape == stages[stages.count - 1].shape {
        stages[stages.count - 1].parameters += layer.parameters
      } else {
        stages.append(
          Stage(
            name: layer.name, shape: layer.outputShape,
            parameters: layer.parameters))
      }
    }
  }

  /// Every box in words.
  var inWords: String {
    let boxes = stages.map { stage in
      "\(stage.name) \(stage.shape.times)"
        + (stage.parameters > 0
          ? " (\(stage.parameters.grouped) parameters)" : "")
    }
    return "\(title). " + boxes.joined(separator: ", then ") + "."
  }

  private static let (width, height, middle) = (720.0, 250.0, 120.0)

  /// The file's text.
  public var svg: String {
    let step = (Self.width - 40) / Double(max(stages.count, 1))
    var parts: [String] = []
    for (index, stage) in stages.enumerated() {
      let x = 20 + step * (Double(index) + 0.5)
      if index > 0 { parts.append(arrow(to: x - step / 2)) }
      parts.append(SVG.group(stage.parameters > 0 ? 0 : 4, box(stage, at: x)))
      let lines =
        [stage.name, stage.shape.times]
        + (stage.parameters > 0 ? [stage.parameters.grouped] : [])
      for (line, words) in lines.enumerated() {
        parts.append(
          SVG.text(
            words, x, 200 + 16 * Double(line), anchor: "middle",
            more: line == 0
              ? #" font-weight="bold""# : #" font-size="11""#))
      }
    }
    return SVG.document(
      width: Int(Self.width), height: Int(Self.height), title: title,
      body: parts)
  }

  private func arrow(to x: Double) -> String {
    SVG.line(
      (x - 6, Self.middle), (x + 6, Self.middle), more: " class=\"plot-axis\"")
  }

  private func box(_ stage: Stage, at x: Double) -> [String] {
    guard stage.shape.count == 3 else {
      let numbers = Double(stage.shape.reduce(1, *))
      return [rectangle(x, 8, 10 * (1 + log2(max(numbers, 1))), 0)]
    }
    let side = 2 * Double(stage.shape[0])
    // One square a doubling of the channels.
    let depth = Int(log2(Double(max(stage.shape[2], 1))).rounded())
    return (0...depth).reversed().map { back in
      rectangle(x, side, side, 3 * (Double(back) - Double(depth) / 2))
    }
  }

  private func rectangle(
    _ x: Double, _ width: Double, _ height: Double, _ shift: Double
  ) -> String {
    "<rect class=\"plot-paper\" x=\"\((x - width / 2 + shift).decimals(1))\" "
      + "y=\"\((Self.middle - height / 2 - shift).decimals(1))\" "
      + "width=\"\(width.decimals(1))\" height=\"\(height.decimals(1))\"/>"
  }
}
