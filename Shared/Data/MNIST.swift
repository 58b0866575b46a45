import Foundation

/// The MNIST handwritten digits, or another data set in the same four files.
public struct MNIST: Sendable {
  /// The images to learn from; 60,000 in MNIST.
  public let training: ImageSet
  /// The images to measure with; 10,000 in MNIST.
  public let test: ImageSet
  /// What each class is called.
  public let classNames: [String]
  /// The label that the files give to the first class.
  ///
  /// It is 1 in EMNIST's letters. In `training` and `test` it is always 0.
  public let firstLabel: Int
  /// The layer that gives the training images mean 0 and standard deviation 1,
  /// both computed from them and rounded to four digits.
  public let normalize: Normalize
  /// Identifies the data: SHA-256 over the four unpacked files, in order.
  public let sha256: String
  /// Whether these are the digits that ship with the package.
  public let isShipped: Bool

  /// The shape of one image: rows, columns, channels.
  public static let imageShape = [28, 28, 1]

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
  /// hold any images of one size, also packed with gzip. A file `classes.txt`
  /// there gives the classes names, one a line.
  ///
  /// - Throws: A `TutorialError` that names the file and what is wrong with it.
  public init(folder: URL = PackageFiles.mnist) throws {
    isShipped = folder == PackageFiles.mnist
    let urls = try Self.fileNames.map { try Self.locate($0, in: folder) }
    let data = try urls.map { try IDX.bytes(of: $0) }
    let hashes = Workers.map(4) { SHA256.hash(data[$0]) }
    if isShipped { try Self.requirePublished(hashes, data, urls) }
    sha256 = SHA256.hash(Data(hashes.joined(separator: "\n").utf8))
    let paths = urls.map(\.path)
    let images = try (0..<2).map {
      try Self.images(
        data[2 * $0], labels: data[2 * $0 + 1],
        names: (paths[2 * $0], paths[2 * $0 + 1]))
    }
    guard images[0].size == images[1].size else {
      throw TutorialError(
        "\(folder.path) holds training images of \(images[0].size.height) × "
          + "\(images[0].size.width) pixels and test images of "
          + "\(images[1].size.height) × \(images[1].size.width); use files of "
          + "one size.")
    }
    let classes = try DataClasses(
      labels: images.flatMap(\.labels), in: folder)
    classNames = classes.names
    firstLabel = classes.firstLabel
    (training, test) = (
      images[0].relabeled(from: classes.firstLabel),
      images[1].relabeled(from: classes.firstLabel)
    )
    normalize =
      isShipped ? .mnist : try PixelStatistics(training).normalize()
  }

  private static func requirePublished(
    _ hashes: [String], _ data: [Data], _ urls: [URL]
  ) throws {
    for (index, hash) in hashes.enumerated()
    where hash != publishedSHA256[index] {
      // A damaged header gives a better sentence than a wrong hash does.
      _ = try IDX(
        data[index], axes: index % 2 == 0 ? 3 : 1, name: urls[index].path)
      throw TutorialError(
        "\(urls[index].path) is not the file that ships with this package "
          + "(its SHA-256 differs); restore it with "
          + "`git checkout -- Shared/MNIST`.")
    }
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
    return ImageSet(
      pixels: pixels.bytes, labels: classes.bytes,
      size: (pixels.shape[1], pixels.shape[2]))
  }
}
