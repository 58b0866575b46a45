import Foundation
import Shared
import Testing

/// `--model FILE` with the weights of another network than the tutorial's.
@Suite struct OtherNetworkTests {
  @Test(arguments: [
    PackageFiles.defense("interval-0.3"), PackageFiles.perceptron,
  ])
  func `chapter 4 looks into every network that is known`(file: URL) throws {
    try inFolder { folder in
      let run = try runChapter(
        "04-Hooks",
        ["--quick", "--model", file.path, "--output", folder.path])
      #expect(run.status == 0, "\(run.error.suffix(2000))")
      let text = run.output.replacing("\n", with: " ")
      #expect(text.contains("fit another network than the tutorial's"))
      #expect(!text.contains("was not written by chapter 3"))
      let checkpoint = try LoadedCheckpoint(file)
      let layers = (checkpoint["architecture"] ?? "").split(separator: ", ")
      #expect(layers.count >= 5)
      for layer in layers {
        let name = layer.prefix { $0 != ":" }
        #expect(text.contains("\(name): ["), "\(name)")
      }
    }
  }
}
