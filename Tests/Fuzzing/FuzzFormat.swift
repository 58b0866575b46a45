import Testing

@testable import Shared

/// A kind of file, how it goes wrong, and what must be true of its reader.
struct FuzzFormat: Sendable, CustomTestStringConvertible {
  /// What became of a file.
  enum Verdict: Equatable {
    case read, refused
    /// The reader has a mistake.
    case broken(String)
  }

  let name: String
  /// Files without a fault.
  let seeds: [[UInt8]]
  /// A file with faults.
  let mutant: @Sendable (inout Mutator) -> [UInt8]
  let verdict: @Sendable (_ file: [UInt8]) -> Verdict

  var testDescription: String { name }

  /// A format with a reader that throws nothing but a `TutorialError`.
  ///
  /// - Parameters:
  ///   - name: The format's name.
  ///   - seeds: Files without a fault.
  ///   - mutant: Makes a file with faults.
  ///   - read: The reader.
  ///   - fault: What is wrong with a value that was read from a file.
  init<Value>(
    _ name: String, seeds: [[UInt8]],
    mutant: @escaping @Sendable (inout Mutator) -> [UInt8],
    read: @escaping @Sendable ([UInt8]) throws -> Value,
    fault: @escaping @Sendable (Value, _ file: [UInt8]) throws -> String?
  ) {
    self.name = name
    self.seeds = seeds
    self.mutant = mutant
    verdict = { file in
      let value: Value
      do {
        value = try read(file)
      } catch let error as TutorialError {
        return Self.isSentence(error.description)
          ? .refused : .broken("is refused with \(error)")
      } catch {
        return .broken("is refused with \(error), which is no TutorialError")
      }
      do {
        return try fault(value, file).map(Verdict.broken) ?? .read
      } catch {
        return .broken("is read, and then comes \(error)")
      }
    }
  }

  /// A format whose files are made of parts.
  ///
  /// Parts are changed one by one and joined afterwards: so lengths and
  /// checksums around them are right, and faults get past them.
  ///
  /// - Parameters:
  ///   - name: The format's name.
  ///   - seeds: The parts of files without a fault.
  ///   - words: Parts that mean something to the reader.
  ///   - join: Makes a file of parts.
  ///   - read: The reader.
  ///   - fault: What is wrong with a value that was read from a file.
  init<Value>(
    _ name: String, seeds: [[[UInt8]]], words: [[UInt8]] = [],
    join: @escaping @Sendable ([[UInt8]]) -> [UInt8] = { Array($0.joined()) },
    read: @escaping @Sendable ([UInt8]) throws -> Value,
    fault: @escaping @Sendable (Value, _ file: [UInt8]) throws -> String?
  ) {
    let files = seeds.map(join)
    self.init(
      name, seeds: files,
      mutant: { mutator in
        let file = join(mutator.mutant(of: seeds, words: words))
        // Now and then a fault that nobody has mended.
        return mutator.below(8) == 0
          ? mutator.changed(file, other: mutator.pick(files)) : file
      }, read: read, fault: fault)
  }

  /// Short enough to read, and nothing that steers a terminal.
  private static func isSentence(_ text: String) -> Bool {
    (1...1200).contains(text.unicodeScalars.count)
      && !text.unicodeScalars.contains {
        $0.properties.generalCategory == .control
      }
  }

  /// Words, numbers and single characters: the parts of a text.
  static func parts(of text: String) -> [[UInt8]] {
    text.reduce(into: [""]) { parts, character in
      let isWord = { (character: Character) in
        character.isASCII
          && (character.isLetter || character.isNumber
            || "_.-".contains(character))
      }
      if isWord(character), parts[parts.count - 1].last.map(isWord) == true {
        parts[parts.count - 1].append(character)
      } else {
        parts.append(String(character))
      }
    }.map { Array($0.utf8) }
  }

  static let all = [
    idx, pgm, png, zlib, protobuf, onnx, safeTensors, guessBook,
    exerciseRecord, formula,
  ]
}
