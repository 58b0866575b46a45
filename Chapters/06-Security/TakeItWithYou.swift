import Foundation
import Lesson
import Shared

/// The hardened model as a file that others can run.
func takeItWithYou(
  _ page: Page, _ model: Sequential,
  _ exercises: (
    tensor: Exercise<ONNXWriter.TensorBytes>,
    node: Exercise<ONNXWriter.NodeBytes>, model: Exercise<ONNXWriter.ModelBytes>
  )
) throws {
  page.say(
    """
    The one-step model leaves as a file. ONNX (onnx.ai) is a format that says what a network computes: one
    operation after the other, from a published list, with the weights beside
    them. Programs that run such files exist for servers, phones and browsers,
    and need neither this package nor Swift. `Shared/Export` writes the file, byte
    by byte.
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

/// How others run the hardened model, from the file at `place`.
private func useInPython(_ page: Page, _ place: String) {
  page.say(
    """
    Optional, for those who have Python with `onnxruntime`: three lines run it.

        import onnxruntime
        session = onnxruntime.InferenceSession("\(place)")
        logits, = session.run(None, {"images": images})

    `images` is a NumPy array of `float32`, shape `[N, 1, 28, 28]`, with pixels
    in 0...1. The file normalizes them itself, so do not do it before.
    """)
}
