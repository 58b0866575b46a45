import Foundation

/// The MNIST handwritten digits, or another data set in the same four files.
public struct MNIST: Sendable {
  /// 60,000 images to learn from.
  public let training: ImageSet
  /// 10,000 images to measure with.
  public let test: ImageSet
  /// Identifies the data: SHA-256 over the four files, in order.
  public let sha256: String

  /// The shape of one image: rows, columns, channels.
  public static let imageShape = [28, 28, 1]
  /// The mean pixel of the 60,000 training images, to four digits.
  public static let mean: Float = 0.1307
  /// The standard deviation of their pixels, to four digits.
  public static let standardDeviation: Float = 0.3081

  /// The four files, as published and unpacked.
  public static let fileNames = [
    "train-images.idx3-ubyte", "train-labels.idx1-ubyte",
    "t10k-images.idx3-ubyte", "t10k-labels.idx1-ubyte",
  ]

  /// The published files' own SHA-256, in the same order.
  static let publishedSHA256 = [
    "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
  ]

  /// Reads the four files of a folder; by default those that ship here.
  ///
  /// The shipped files must have their published SHA-256. Any other folder may
  /// hold any images of one size with labels 0...9.
  ///
  /// - Throws: A `TutorialError` that names the file and what is wrong with it.
  public init(folder: URL = PackageFiles.mnist) throws {
    let urls = Self.fileNames.map { Self.locate($0, in: folder) }
    let data = try urls.map { try readFile($0) }
    let hashes = Workers.map(4) { SHA256.hash(data[$0]) }
    if folder == PackageFiles.mnist {
      for (index, hash) in hashes.enumerated()
      where hash != Self.publishedSHA256[index] {
        // A damaged header gives a better sentence than a wrong hash does.
        _ = try IDX(
          data[index], axes: index % 2 == 0 ? 3 : 1, name: urls[index].path)
        throw TutorialError(
          "\(urls[index].path) is not the file that ships with this package "
            + "(its SHA-256 differs); restore it with "
            + "`git checkout -- Shared/MNIST`.")
      }
    }
    sha256 = SHA256.hash(Data(hashes.joined(separator: "\n").utf8))
    training = try Self.images(
      data[0], labels: data[1], names: (urls[0].path, urls[1].path))
    test = try Self.images(
      data[2], labels: data[3], names: (urls[2].path, urls[3].path))
    guard training.size == test.size else {
      throw TutorialError(
        "\(folder.path) holds training images of \(training.size.height) × "
          + "\(training.size.width) pixels and test images of "
          + "\(test.size.height) × \(test.size.width); use files of one size."
      )
    }
  }

  /// Where a file is: under its published name, with a hyphen for the point, as
  /// some copies have it, or packed.
  public static func locate(_ name: String, in folder: URL) -> URL {
    let published = folder.appendingPathComponent(name)
    let candidates = [
      name, name.replacingOccurrences(of: ".idx", with: "-idx"), name + ".gz",
      name.replacingOccurrences(of: ".idx", with: "-idx") + ".gz",
    ]
    return candidates.map { folder.appendingPathComponent($0) }
      .first { FileManager.default.fileExists(atPath: $0.path) } ?? published
  }

  private static func images(
    _ images: Data, labels: Data, names: (images: String, labels: String)
  ) throws -> ImageSet {
    let pixels = try IDX(images, axes: 3, name: names.images)
    let classes = try IDX(labels, axes: 1, name: names.labels)
    guard pixels.shape[0] == classes.shape[0], pixels.shape[0] > 0 else {
      throw TutorialError(
        "\(names.images) holds \(pixels.shape[0]) images and \(names.labels) "
          + "\(classes.shape[0]) labels; each image needs one label.")
    }
    guard pixels.shape[1] > 0, pixels.shape[2] > 0 else {
      throw TutorialError(
        "\(names.images) says its images have \(pixels.shape[1]) × "
          + "\(pixels.shape[2]) pixels; copy it again.")
    }
    if let wrong = classes.bytes.firstIndex(where: { $0 > 9 }) {
      throw TutorialError(
        "\(names.labels) gives image \(wrong) the label "
          + "\(classes.bytes[wrong]); labels must be 0 to 9.")
    }
    return ImageSet(
      pixels: pixels.bytes, labels: classes.bytes,
      size: (pixels.shape[1], pixels.shape[2]))
  }
}
