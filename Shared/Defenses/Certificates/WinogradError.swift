// How far a convolution that is computed Winograd's way may be from the exact
// one. In one dimension F(2, 3) is
//
//     outputᵣ = Σᵢ Aᵣᵢ (Σₖ Gᵢₖ weightₖ) (Σₚ Bᵢₚ inputₚ)
//
//         1   1   1   0         1   0   0         1   0  −1   0
//     A = 0   1  −1  −1     G = ½   ½   ½     B = 0   1   1   0
//                               ½  −½   ½         0  −1   1   0
//                               0   0   1         0   1   0  −1
//
// and F(2 × 2, 3 × 3) does it along both sides of a tile, summed over the input
// channels. Multiplied out, an output is a sum of terms ± coefficient · weight
// · input, many of which cancel, and one term b.
//
// Every term is rounded at most C + 11 times, for C input channels:
//
// - 4 times in a transformed filter: two additions along each side. To halve is
//   exact.
// - 2 times in a transformed tile: one difference or sum along each side.
// - C times in the sum of products over the channels, which starts from zero:
//   as a product, and in C − 1 additions; fused, at most as often.
// - 5 times in a transformed output: two additions down, two across, the bias.
//
// So by the argument of `RoundingError` the computed output is within
// γ(C + 11) · (Σ |coefficient| |weight| |input| + |b|) of the exact one. The
// coefficient of |weightₖ| |inputₚ| in outputᵣ is, in one dimension,
//
//     Tᵣ[p][k] = Σᵢ |Aᵣᵢ| |Gᵢₖ| |Bᵢₚ|
//
//          p = 0   1 0 0          p = 0   0 0 0
//     T₀ =     1   1 1 1     T₁ =     1   1 1 2
//              2   2 1 1              2   1 1 1
//              3   0 0 0              3   0 0 1
//
// and in two the product of one a side. The zeros say that an output's error
// comes from its own window alone: p = 0, 1, 2 for r = 0 and 1, 2, 3 for r = 1.
// Counted from where the window begins, neither T₀ nor T₁ exceeds
//
//         1 1 2
//     T = 1 1 1
//         2 1 1
//
// so the sum is at most another convolution, of |input| with T |weights| Tᵀ.

/// Weights of a convolution that bounds the error of Winograd's way.
///
/// Applied to the magnitudes of the inputs it gives at least
/// γ(C + 11) Σ |coefficient| |weight| |input| for every output.
///
/// - Parameter weight: That of the convolution, `[O, C, 3, 3]`.
/// - Returns: Weights in the same shape, above 0.
func winogradErrorWeights(_ weight: Tensor) -> Tensor {
  let spread: [Double] = [1, 1, 2, 1, 1, 1, 2, 1, 1]
  let gamma = RoundingError.gamma(weight.shape[1] + 11)
  let magnitudes = weight.scalars.map { abs(Double($0)) }
  var result = Tensor(shape: weight.shape)
  for filter in stride(from: 0, to: weight.count, by: 9) {
    for entry in 0..<9 {
      let (py, px) = entry.quotientAndRemainder(dividingBy: 3)
      var sum = 0.0
      for ky in 0..<3 {
        for kx in 0..<3 {
          sum +=
            spread[3 * py + ky] * spread[3 * px + kx]
            * magnitudes[filter + 3 * ky + kx]
        }
      }
      // What is added is for underflow where a filter is halved: at most 2⁻¹⁴⁸
      // in each of its nine places that an output needs, and an input reaches
      // no more than those. The factor covers the rounding of the weight.
      result.scalars[filter + entry] = Float(
        gamma * (sum + 0x1p-90) * (1 + 0x1p-20))
    }
  }
  return result
}
