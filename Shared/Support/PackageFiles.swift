import Foundation

/// Where the package lies on this machine, and what is in it.
///
/// Everything is found from this source file, so nothing is copied into the
/// build folder and a program may be started from any directory.
public enum PackageFiles {
  /// The folder that holds `Package.swift`.
  public static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The four files of MNIST.
  public static let mnist = root.appendingPathComponent("Shared/MNIST")

  /// The trained model that ships with the package.
  public static let pretrained = root.appendingPathComponent(
    "Shared/Pretrained/03-Training.safetensors")

  /// A model of the security lab that ships with the package.
  public static func defense(_ recipe: String) -> URL {
    root.appendingPathComponent(
      "Shared/Pretrained/Defense-\(recipe).safetensors")
  }

  /// The two small networks from which attacks are carried over to it.
  public static let smallConvolution = root.appendingPathComponent(
    "Shared/Pretrained/Surrogate-Convolution.safetensors")
  public static let perceptron = root.appendingPathComponent(
    "Shared/Pretrained/Surrogate-Perceptron.safetensors")
}
