import Foundation
import Testing

@testable import Shared

/// The messages byte by byte, against Python's `onnx` package 1.23.2.
///
/// Each test names the expression that made its bytes, after
///
///     import numpy as np
///     from onnx import TensorProto, helper, numpy_helper
@Suite struct ONNXWriterTests {
  // numpy_helper.from_array(np.array([[1, -2, 0.5]], np.float32), "w")
  //   .SerializeToString().hex()
  @Test func `a tensor has the bytes that Python writes`() {
    let tensor = Tensor(shape: [1, 3], scalars: [1, -2, 0.5])
    #expect(
      digits(ONNXWriter.tensorProto(tensor, name: "w"))
        == "0801080310014201774a0c0000803f000000c00000003f")
  }

  // helper.make_node("MaxPool", ["a"], ["b"], name="pool1",
  //   kernel_shape=[2, 2], strides=[2, 2]).SerializeToString().hex()
  @Test func `a node with lists has the bytes that Python writes`() {
    let node = ONNXWriter.nodeProto(
      "MaxPool", name: "pool1", inputs: ["a"], output: "b",
      settings: [
        ONNXSetting("kernel_shape", list: [2, 2]),
        ONNXSetting("strides", list: [2, 2]),
      ])
    #expect(
      digits(node)
        == "0a01611201621a05706f6f6c3122074d6178506f6f6c2a150a0c6b65726e656c"
        + "5f736861706540024002a001072a100a077374726964657340024002a00107")
  }

  // helper.make_node("Gemm", ["x", "w", "c"], ["y"], name="fc1", transB=1)
  //   .SerializeToString().hex()
  @Test func `a node with a number has the bytes that Python writes`() {
    let node = ONNXWriter.nodeProto(
      "Gemm", name: "fc1", inputs: ["x", "w", "c"], output: "y",
      settings: [ONNXSetting("transB", number: 1)])
    #expect(
      digits(node)
        == "0a01780a01770a01631201791a03666331220447656d6d2a0d0a067472616e73"
        + "421801a00102")
  }

  // def image(name):
  //     return helper.make_tensor_value_info(
  //         name, TensorProto.FLOAT, ["N", 1, 2, 3])
  // helper.make_model(
  //     helper.make_graph(
  //         [helper.make_node("Relu", ["images"], ["logits"], name="relu")],
  //         "network", [image("images")], [image("logits")]),
  //     producer_name="AdversarialMNIST", ir_version=8,
  //     opset_imports=[helper.make_opsetid("", 17)]).SerializeToString().hex()
  @Test func `a file has the bytes that Python writes`() throws {
    let model: Sequential = ["relu": ReLU()]
    #expect(
      digits(try model.onnxFile(forImages: [2, 3, 1]))
        == "08081210416476657273617269616c4d4e4953543a6d0a1c0a06696d61676573"
        + "12066c6f676974731a0472656c75220452656c7512076e6574776f726b5a210a"
        + "06696d6167657312170a15080112110a0312014e0a0208010a0208020a020803"
        + "62210a066c6f6769747312170a15080112110a0312014e0a0208010a0208020a"
        + "02080342040a001011")
  }
}
