import Foundation
import Lesson
import Shared

/// What a model file can do to whoever opens it, and what damage is noticed.
///
/// - Throws: A `TutorialError` if the temporary copies cannot be written.
func supplyChain(_ page: Page, _ lab: Lab) throws {
  let network = try lab.needHardened()
  let sound = try Checkpoint(
    chapter: page.chapter, tensors: network.stateDictionary,
    seed: page.options.seed, data: lab.mnist.sha256
  ).encoded()
  let refusals = try damagedCopies(of: sound).map { copy in
    (name: copy.name, sentence: try refusal(of: copy.bytes, lab))
  }
  let flipped = try flippedBit(sound, lab)
  page.record(
    "refusedFiles",
    Dictionary(
      uniqueKeysWithValues: refusals.map { ($0.name, $0.sentence != nil) }))
  page.say(
    """
    And a model from somebody else? `torch.save` writes a *pickle*: instructions
    that rebuild objects and may call any function, so to load it is to run it.
    Python's manual warns to unpickle only what one trusts
    (docs.python.org/3/library/pickle). A safetensors file is a header and
    numbers: nothing in it runs, and what the header claims can be checked. Bad
    copies of the one-step model, and the loader's own words about them:

    \(refusals.map { name, sentence in
      "- \(name): \(sentence ?? "**Careful:** it was loaded.")"
    }.joined(separator: "\n"))

    \(flipped)
    """)
}

/// Files as accidents and strangers make them.
private func damagedCopies(of sound: Data) -> [(name: String, bytes: Data)] {
  var longHeader = sound
  // A thousand million, least significant byte first.
  let length: [UInt8] = [0, 0xCA, 0x9A, 0x3B, 0, 0, 0, 0]
  longHeader.replaceSubrange(0..<8, with: length)
  var wild = sound
  wild.replaceSubrange(
    wild.count - 4..<wild.count, with: [UInt8](repeating: 0xFF, count: 4))
  return [
    ("a header longer than the file", longHeader),
    ("cut by four bytes, so that a tensor ends outside", sound.dropLast(4)),
    ("a weight overwritten with what is no number", wild),
    ("a file that begins like a pickle", Data([0x80, 0x02]) + sound),
  ]
}

/// One bit makes another number, which no loader can know to be wrong.
private func flippedBit(_ sound: Data, _ lab: Lab) throws -> String {
  var flipped = sound
  // The lowest bit of the last weight.
  flipped[flipped.count - 4] ^= 1
  guard try refusal(of: flipped, lab) == nil else { return "" }
  let (before, after) = (SHA256.hash(sound), SHA256.hash(flipped))
  return """
    A copy with one flipped bit is *loaded*: the weight is another finite
    number. Only its SHA-256 tells, `\(after.prefix(8))…` for
    `\(before.prefix(8))…`. So get that from where you trust, compare it before
    use (`shasum -a 256 FILE`), and keep it: each checkpoint here states those
    of its data and of the files that it was made from.
    """
}

/// What is said of a file with these bytes when it is given as `--model`; nil
/// if it is taken.
private func refusal(of bytes: Data, _ lab: Lab) throws -> String? {
  let file = FileManager.default.temporaryDirectory
    .appendingPathComponent("\(UUID().uuidString).safetensors")
  defer { try? FileManager.default.removeItem(at: file) }
  try writeFile(bytes, to: file)
  do {
    _ = try TrainedModel(
      in: lab.page.workspace, data: lab.mnist, file: file, flags: "")
    return nil
  } catch let error as TutorialError {
    return error.description.replacing(file.path, with: "it")
  }
}
