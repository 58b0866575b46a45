import Foundation
import Shared

extension Page {
  /// Reads the data set: MNIST, or the folder that `--data` names.
  ///
  /// - Throws: A `TutorialError` if a file is wrong, or if the images have
  ///   another size than the network takes.
  public func loadData() throws -> MNIST {
    let data = try MNIST(folder: options.data ?? PackageFiles.mnist)
    let size = [data.training.size.height, data.training.size.width]
    let expected = Array(MNIST.imageShape.prefix(2))
    guard size == expected else {
      throw TutorialError(
        "\((options.data ?? PackageFiles.mnist).path) holds images of "
          + "\(size.times) pixels and the network takes \(expected.times); "
          + "scale them first.")
    }
    guard data.training.count >= 120, data.test.count >= 100 else {
      throw TutorialError(
        "\((options.data ?? PackageFiles.mnist).path) holds "
          + "\(data.training.count.grouped) training and "
          + "\(data.test.count.grouped) test images; the chapters need at least "
          + "120 and 100.")
    }
    if options.data != nil {
      if data.firstLabel > 0 {
        say(
          "The labels of this data begin at \(data.firstLabel), as EMNIST's do; "
            + "inside, classes are counted from 0.")
      }
      if let hint = data.hintAtTransposition() { say("**Careful:** \(hint)") }
    }
    return data
  }

  /// Loads the model that `--model` names, the learner's trained one, or the
  /// shipped one, and says which.
  public func loadTrainedModel(_ data: MNIST) throws -> TrainedModel {
    let trained = try TrainedModel(
      in: workspace, data: data, file: options.model, flags: commandFlags)
    let accuracy = trained.statedAccuracy.map { $0.percent() } ?? "unknown"
    let file = short(trained.checkpoint.url)
    switch trained.source {
    case .shipped:
      say(
        "There is no trained model of yours in `\(short(workspace.folder))` "
          + "yet, so this run uses the one that ships with the package (stated "
          + "accuracy \(accuracy)). To use your own: `swift run 03-Training"
          + "\(commandFlags)`.")
    case .own:
      say(
        "This run uses your own model, `\(file)` (stated accuracy "
          + "\(accuracy)).")
    case .given:
      say(
        "This run uses the model in `\(file)` (stated accuracy \(accuracy)).")
    }
    sayWhatIsUnknown(of: trained, data)
    if let fault = trained.model.fault(on: data.test.prefix(1000)) {
      say(
        "**Careful:** something is wrong with this model: \(fault). What the "
          + "text below says about trained networks will not fit it.")
    }
    record("model", trained.source.rawValue)
    record("modelSHA256", trained.checkpoint.sha256)
    return trained
  }

  private func sayWhatIsUnknown(of trained: TrainedModel, _ data: MNIST) {
    let checkpoint = trained.checkpoint
    if checkpoint.isForeign {
      let first = trained.model.layers.first?.layer as? Normalize
      say(
        "**Careful:** this file was not written by chapter 3. Which data it was "
          + "trained on, with what seed and how well, is not known."
          + (checkpoint.contents.tensors.isEmpty || first == nil
            ? ""
            : " Nor does it say how the pixels were normalized: here they are, "
              + "by mean \(data.normalize.mean) and standard deviation "
              + "\(data.normalize.standardDeviation)."))
    } else if checkpoint["data.sha256"] != data.sha256 {
      say(
        "**Careful:** this model was trained on other data than this run uses.")
    }
  }

  /// The flags that another chapter needs to work on the same files.
  public var commandFlags: String {
    var flags = ""
    if let data = options.data { flags += " --data \(quoted(data))" }
    if options.output != PackageFiles.output {
      flags += " --output \(quoted(options.output))"
    }
    if options.seed != Options.defaultSeed {
      flags += " --seed \(options.seed)"
    }
    if isQuick { flags += " --quick" }
    return flags
  }

  /// The same for a chapter that looks at a trained model.
  public var modelFlags: String {
    commandFlags + (options.model.map { " --model \(quoted($0))" } ?? "")
  }

  /// A path as a shell takes it.
  private func quoted(_ url: URL) -> String {
    let path = short(url)
    let isPlain = path.allSatisfy {
      $0.isLetter || $0.isNumber || "/._-+".contains($0)
    }
    return isPlain
      ? path : "'" + path.replacingOccurrences(of: "'", with: "'\\''") + "'"
  }
}
