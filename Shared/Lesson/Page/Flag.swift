import Foundation
import Shared

/// One command line flag: its name, what it takes, and what it does.
public struct Flag: Sendable {
  var name: String
  var valueName: String?
  /// What a value must be, for the error.
  var takes = ""
  var help: String
  /// The chapters that take it; nil for all.
  var group: Group?
  /// Sets the option; false if the value is out of range.
  var apply: @Sendable (inout Options, String) throws -> Bool

  /// Flags that only some chapters take.
  public enum Group: Sendable {
    /// What decides how a network is trained.
    case training
    /// A trained model to look at.
    case model
    /// A picture of the learner's own.
    case picture
    /// One attack instead of the lesson.
    case attack
    /// One part of the lesson, or one training.
    case lab
    /// A requirement to check a model against, instead of the lesson.
    case gate
  }

  /// The flags of a chapter that takes some groups, in the order of the help.
  ///
  /// Where two have one name, the one of a group is meant.
  static func ofLesson(_ groups: Set<Group>) -> [Flag] {
    let taken = (all + ofAttack + ofLab + ofGate).filter { flag in
      flag.group.map(groups.contains) ?? true
    }
    return taken.filter { flag in
      flag.group != nil
        || !taken.contains { $0.name == flag.name && $0.group != nil }
    }
  }

  private static let all: [Flag] = [
    Flag(name: "--help", help: "print this list") { options, _ in
      options.wantsHelp = true
      return true
    },
    Flag(name: "--no-pause", help: "run straight through") { options, _ in
      options.terminal.pauses = false
      return true
    },
    Flag(name: "--plain", help: "no colour, no cursor movement") { options, _ in
      options.terminal.isPlain = true
      return true
    },
    Flag(
      name: "--images", valueName: "KIND", takes: "blocks or kitty",
      help: "pictures as blocks (default) or kitty graphics"
    ) { options, value in
      guard let images = Terminal.Images(rawValue: value) else { return false }
      options.terminal.images = images
      return true
    },
    Flag(
      name: "--quick", help: "fewer images and steps, under ten seconds"
    ) { options, _ in
      options.isQuick = true
      return true
    },
    Flag(
      name: "--force",
      help: "do not ask (before a longer training is replaced …)"
    ) { options, _ in
      options.force = true
      return true
    },
    Flag(
      name: "--output", valueName: "DIR", takes: "a folder",
      help: "write there instead of Output/"
    ) { options, value in
      options.output = URL(fileURLWithPath: value)
      return !value.isEmpty
    },
    Flag(
      name: "--transcripts",
      help: "save the run as text, too: 60, 80 and 120 columns"
    ) { options, _ in
      options.savesTranscripts = true
      return true
    },
    Flag(
      name: "--data", valueName: "DIR", takes: "a folder",
      help: "read four IDX files from there"
    ) { options, value in
      options.data = URL(fileURLWithPath: value)
      return !value.isEmpty
    },
    Flag(
      name: "--seed", valueName: "N", takes: "a whole number from 0",
      help: "decides everything random (default \(Options.defaultSeed))"
    ) { options, value in
      guard let seed = UInt64(value) else { return false }
      options.seed = seed
      return true
    },
    Flag(
      name: "--threads", valueName: "N", takes: "a whole number, 1 to 256",
      help: "workers (default: one a core)"
    ) { options, value in
      options.threads = Int(value)
      return (1...256).contains(options.threads ?? 0)
    },
    Flag(
      name: "--epochs", valueName: "N", takes: "a whole number, 1 to 1000",
      help: "passes over the images (default \(TrainingSettings().epochs))",
      group: .training
    ) { options, value in
      options.epochs = Int(value)
      return (1...1000).contains(options.epochs ?? 0)
    },
    Flag(
      name: "--batch-size", valueName: "N",
      takes: "a whole number, 1 to 10000",
      help: "images a step (default \(TrainingSettings().batchSize))",
      group: .training
    ) { options, value in
      options.batchSize = Int(value)
      return (1...10_000).contains(options.batchSize ?? 0)
    },
    Flag(
      name: "--learning-rate", valueName: "X",
      takes: "a number above 0, at most 1",
      help: "step size (default \(TrainingSettings().learningRate))",
      group: .training
    ) { options, value in
      options.learningRate = Float(value)
      let rate = options.learningRate ?? 0
      return rate > 0 && rate <= 1
    },
    Flag(
      name: "--model", valueName: "FILE", takes: "a file",
      help: "look at this model (safetensors or ONNX)", group: .model
    ) { options, value in
      options.model = URL(fileURLWithPath: value)
      return !value.isEmpty
    },
    Flag(
      name: "--image", valueName: "FILE", takes: "a file",
      help: "take a digit of your own, too (PNG or PGM)", group: .picture
    ) { options, value in
      options.image = URL(fileURLWithPath: value)
      return !value.isEmpty
    },
  ]
}
