import Shared

/// The same images three times.
struct Versions {
  /// Shape `[N, H, W, 1]`, as the others.
  var clean: Tensor
  /// With random signs.
  var noisy: Tensor
  /// Under FGSM.
  var attacked: Tensor

  static let names = ["clean", "random signs", "FGSM"]

  /// In the order of the names.
  var all: [Tensor] { [clean, noisy, attacked] }

  /// One of the images, as a batch of its own.
  func image(_ index: Int) -> Versions {
    Versions(
      clean: clean.rows(index..<index + 1),
      noisy: noisy.rows(index..<index + 1),
      attacked: attacked.rows(index..<index + 1))
  }
}

/// An image that FGSM turns and noise of the same ε does not.
struct TurnedImage {
  /// Its number in the test set.
  var index: Int
  /// The image itself.
  var versions: Versions
  /// What each version is read as.
  var answers: [Int]

  /// The first such image among the first 300; nil if there is none.
  init?(
    in mnist: MNIST, _ model: Sequential, _ epsilon: Epsilon, seed: UInt64
  ) {
    let candidates = mnist.test.first(300)
    func changed(by attack: any Attack) -> Tensor {
      attack.perturb(
        candidates.images, labels: candidates.labels, against: model)
    }
    let all = Versions(
      clean: candidates.images,
      noisy: changed(by: RandomSigns(epsilon: epsilon, seed: seed)),
      attacked: changed(by: FGSM(epsilon: epsilon)))
    let answers = all.all.map { predictions(model.logits(of: $0)) }
    let found = candidates.labels.indices.first {
      answers[0][$0] == candidates.labels[$0]
        && answers[1][$0] == candidates.labels[$0]
        && answers[2][$0] != candidates.labels[$0]
    }
    guard let found else { return nil }
    index = found
    versions = all.image(found)
    self.answers = answers.map { $0[found] }
  }
}
