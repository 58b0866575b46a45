import Foundation

extension MNIST {
  /// Where a file is: under its published name, under one of the names that
  /// other data sets give it, or packed.
  ///
  /// Some copies have a hyphen for the point. EMNIST puts its name before and
  /// calls the test images `test`: `emnist-letters-test-images-idx3-ubyte.gz`.
  ///
  /// - Throws: A `TutorialError` if the folder holds several data sets.
  public static func locate(_ name: String, in folder: URL) throws -> URL {
    let published = folder.appendingPathComponent(name)
    let hyphened = name.replacingOccurrences(of: ".idx", with: "-idx")
    let exact = [name, hyphened, name + ".gz", hyphened + ".gz"]
      .map { folder.appendingPathComponent($0) }
      .first { FileManager.default.fileExists(atPath: $0.path) }
    if let exact { return exact }
    let names =
      (try? FileManager.default.contentsOfDirectory(
        atPath: folder.path)) ?? []
    let endings = [
      hyphened, hyphened.replacingOccurrences(of: "t10k", with: "test"),
    ]
    let found = names.sorted().filter { file in
      let plain = file.hasSuffix(".gz") ? String(file.dropLast(3)) : file
      return endings.contains { plain == $0 || plain.hasSuffix("-" + $0) }
    }
    guard found.count < 2 else {
      throw TutorialError(
        "\(folder.path) holds several data sets (\(found[0]), \(found[1]) …); "
          + "put the four files of one into a folder of their own.")
    }
    return found.first.map { folder.appendingPathComponent($0) } ?? published
  }
}
