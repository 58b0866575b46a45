import Testing

@testable import Lesson
@testable import Shared

private typealias Answer =
  @Sendable (LinearBoundsInput) -> LinearBoundsInput.Bounds

@Suite struct LinearBoundsMisconceptionsTests {
  private let mistakes: [String: Answer] = [
    "signs ignored": { asked in
      asked.ends { weight, low, high in (weight * low, weight * high) }
    },
    "ends sorted afterwards": { asked in
      var bounds = asked.ends { weight, low, high in
        (weight * low, weight * high)
      }
      for i in bounds.lower.scalars.indices {
        let ends = [bounds.lower.scalars[i], bounds.upper.scalars[i]].sorted()
        bounds.lower.scalars[i] = ends[0]
        bounds.upper.scalars[i] = ends[1]
      }
      return bounds
    },
    "ends swapped": { asked in
      // The signs the wrong way round.
      asked.ends { weight, low, high in
        guard weight > 0 else { return (weight * low, weight * high) }
        return (weight * high, weight * low)
      }
    },
    "weights transposed": { asked in
      var read = asked
      for o in 0..<asked.weight.shape[0] {
        for i in 0..<asked.weight.shape[1] {
          read.weight[o, i] =
            asked.weight.scalars[i * asked.weight.shape[0] + o]
        }
      }
      return read.solved
    },
    "sums not started anew": { asked in
      var bounds = asked.empty
      for n in 0..<asked.lower.shape[0] {
        var (least, largest) = (Float(0), Float(0))
        for o in 0..<asked.bias.count {
          least += asked.bias.scalars[o]
          largest += asked.bias.scalars[o]
          for i in 0..<asked.weight.shape[1] {
            let weight = asked.weight[o, i]
            let (low, high) = (asked.lower[n, i], asked.upper[n, i])
            least += weight * (weight < 0 ? high : low)
            largest += weight * (weight < 0 ? low : high)
          }
          bounds.lower[n, o] = least
          bounds.upper[n, o] = largest
        }
      }
      return bounds
    },
    "ReLU applied": { asked in
      let (relu, bounds) = (ReLU(), asked.solved)
      return (relu(bounds.lower), relu(bounds.upper))
    },
    "bias forgotten": { asked in
      var unbiased = asked
      unbiased.bias = Tensor(shape: asked.bias.shape)
      return unbiased.solved
    },
    "bias added twice": { asked in
      var (above, below) = (asked.layer, asked.layer)
      above.weight = above.weight.map { max($0, 0) }
      below.weight = below.weight.map { min($0, 0) }
      return (
        above(asked.lower) + below(asked.upper),
        above(asked.upper) + below(asked.lower)
      )
    },
    "bias in the radius": { asked in
      var magnitudes = asked.layer
      magnitudes.weight = magnitudes.weight.map { abs($0) }
      let (layer, center) = (asked.layer, asked.center)
      let (middle, spread) = (layer(center), magnitudes(asked.halfWidth))
      return (middle - spread, middle + spread)
    },
    "whole width as the radius": { asked in
      asked.around(asked.upper - asked.lower) { $0 + $1 }
    },
    "center only": { asked in
      let (layer, center) = (asked.layer, asked.center)
      return (layer(center), layer(center))
    },
    "one width for all inputs": { asked in
      var radii = asked.halfWidth
      for n in 0..<radii.shape[0] {
        let widest = radii.row(n).max() ?? 0
        radii.replaceRow(n, with: radii.row(n).map { _ in widest })
      }
      return asked.around(radii) { $0 + $1 }
    },
    "one input at a time": { asked in
      asked.around(asked.halfWidth) { max($0, $1) }
    },
    "a point of the box leaves the bounds": { asked in
      // Half the radius.
      asked.around(asked.halfWidth * 0.5) { $0 + $1 }
    },
    "looser than needed": { asked in
      let bounds = asked.solved
      return (bounds.lower.map { $0 - 0.01 }, bounds.upper.map { $0 + 0.01 })
    },
  ]

  @Test func `each mistake of 14 has its name`() {
    for (name, mistake) in mistakes {
      let found = graded(.bounds(mistake))
      #expect(found == name)
    }
    let known = Exercise.linearBounds(linearBounds).misconceptionNames
    #expect(Set(mistakes.keys) == Set(known))
    #expect(known.count == mistakes.count)
  }
}
