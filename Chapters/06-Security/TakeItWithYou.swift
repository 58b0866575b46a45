import Foundation
import Lesson
import Shared

/// The network that stood best, as a file that others can run.
func takeItWithYou(
  _ page: Page, _ lab: Lab,
  _ exercises: (
    tensor: Exercise<ONNXWriter.TensorBytes>,
    node: Exercise<ONNXWriter.NodeBytes>, model: Exercise<ONNXWriter.ModelBytes>
  )
) throws {
  let (model, reason) = try chosenNetwork(page, lab)
  page.say(
    """
    \(reason) An ONNX file (onnx.ai) says what a network computes: one operation
    after the other, from a published list, with the weights beside them.
    Programs for servers, phones and browsers run it, without Swift.
    `Shared/Export` writes it, byte by byte.
    """)
  let (tensor, node, whole) = page.exercises(
    exercises.tensor, exercises.node, exercises.model)
  let writer = ONNXWriter(tensor: tensor, node: node, model: whole)
  let file = try page.show {
    let file = try model.onnxFile(forImages: MNIST.imageShape, by: writer)
    try page.workspace.write(file, to: "06-Security.onnx")
    return file
  }
  let place = page.short(page.workspace.url("06-Security.onnx"))
  page.output(
    "saved \(place), \(file.count.grouped) bytes", ["onnxBytes": file.count])
  useInPython(page, place)
}

/// Of the networks that met the whole set at the largest ε the one of which
/// most is left; where that is nothing, the one that this run has trained.
///
/// - Returns: The network, and why it is this one.
private func chosenNetwork(_ page: Page, _ lab: Lab) throws
  -> (network: Sequential, reason: String)
{
  let rungs = lab.rungs.filter {
    $0.epsilon == lab.strongest && $0.worst != nil
  }
  // Where two are equal, the one that reads more clean images.
  let best = rungs.max { one, other in
    func key(_ rung: Rung) -> (Double, Double) {
      (rung.shares[4]?.value ?? 0, rung.shares[0]?.value ?? 0)
    }
    return key(one) < key(other)
  }
  guard let best, let left = best.shares[4], left.successes > 0,
    let network = lab.network(best.network)
  else {
    page.record("chosenNetwork", "one-step")
    return (
      try lab.needHardened(),
      "No network of this run keeps an image at the largest ε, so you take the "
        + "one-step model, which was trained before your eyes."
    )
  }
  page.record("chosenNetwork", best.network)
  return (
    network,
    """
    At $ε = \(lab.strongest.pixels)$ no network of the scoreboard keeps more in
    its worst case than *\(best.network)*, \(left.successes) of the first
    \(left.total) images. If that box is what you fear, it is the one to take;
    the table of section "Beyond the box" says what it costs elsewhere. (These
    images have chosen it; ask others how good it is.)
    """
  )
}

extension Lab {
  /// The network behind a name on the ladder.
  fileprivate func network(_ name: String) -> Sequential? {
    switch name {
    case "plain": plain
    case "one-step": hardened
    default: defenses[name]
    }
  }
}

/// How others run the network, from the file at `place`.
private func useInPython(_ page: Page, _ place: String) {
  page.say(
    """
    Optional: with Python and `onnxruntime` three lines run it.

        import onnxruntime
        session = onnxruntime.InferenceSession("\(place)")
        logits, = session.run(None, {"images": images})

    `images` is a NumPy array of `float32`, shape `[N, 1, 28, 28]`, with pixels
    in 0...1. The file normalizes them itself, so do not do it before.
    """)
}
