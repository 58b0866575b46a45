// swift-tools-version: 6.2
import PackageDescription

// Whoever builds this package runs it on the same machine, so the kernels may
// use every vector instruction that machine has.
#if arch(x86_64)
  let native = ["-Xcc", "-march=native"]
#else
  let native: [String] = []
#endif

// `swift run` makes a debug build. These flags make it a fast one that keeps
// its checks: `-O` is worth a factor of fifty here, and without
// `-assert-config Debug` a failed precondition would lose its message.
let settings: [SwiftSetting] = [
  .unsafeFlags(
    ["-O", "-assert-config", "Debug"], .when(configuration: .debug)),
  .unsafeFlags(native),
]

func chapter(_ name: String) -> Target {
  .executableTarget(
    name: name, dependencies: ["Shared", "Lesson"], path: "Chapters/\(name)",
    swiftSettings: settings)
}

let package = Package(
  name: "AdversarialMNIST",
  platforms: [.macOS(.v15)],
  targets: [
    chapter("01-Architecture"),
    chapter("02-Data"),
    chapter("03-Training"),
    chapter("04-Hooks"),
    chapter("05-Attacks"),
    chapter("06-Security"),
    .target(
      name: "Shared", dependencies: ["Vector"], path: "Shared",
      exclude: ["MNIST", "Pretrained", "Kernels/Vector", "Lesson"],
      swiftSettings: settings),
    .systemLibrary(name: "Vector", path: "Shared/Kernels/Vector"),
    .target(
      name: "Lesson", dependencies: ["Shared"], path: "Shared/Lesson",
      exclude: [
        "Notebook/notebook.css", "Explorer/explorer.css",
        "Explorer/explorer.js",
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "Benchmarks", dependencies: ["Shared", "Lesson"],
      path: "Tests/Benchmarks", exclude: ["pytorch_peer.py"],
      swiftSettings: settings),
    .executableTarget(
      name: "Record", dependencies: ["Shared", "Lesson"], path: "Tests/Record",
      swiftSettings: settings),
    .executableTarget(
      name: "Attempts", dependencies: ["Shared", "Lesson"],
      path: "Tests/Attempts", swiftSettings: settings),
    .testTarget(
      name: "LibraryTests", dependencies: ["Shared", "Lesson", "Record"],
      path: "Tests",
      exclude: [
        "Attempts", "Benchmarks", "ChapterTests", "Fixtures", "Golden",
        "Interop", "Record",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "ChapterTests", dependencies: ["Shared", "Lesson", "Record"],
      path: "Tests/ChapterTests", swiftSettings: settings),
  ]
)
