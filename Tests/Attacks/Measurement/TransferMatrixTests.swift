import Testing

@testable import Lesson
@testable import Shared

@Suite struct TransferMatrixTests {
  /// They look at both pixels, at the first alone, and at the second.
  private let models = [[1, -1], [1, -0.25], [-0.25, 1]].map {
    ExerciseSamples.twoPixelClassifier($0)
  }

  @Test func `three models by hand`() {
    // FGSM on the first two: (−0.1, +0.1). On the third: (+0.1, −0.1).
    let batch = Batch(
      images: ExerciseSamples.pixels(0.5, 0.4, 0.25, 0.2), labels: [0, 0])
    let matrix = TransferMatrix(
      of: { _ in FGSM(epsilon: .pixels(0.125)) }, on: batch, among: models)
    // (0.375, 0.525) and (0.125, 0.325): leads of −0.15 and −0.2;
    // 0.24 and 0.04; 0.43 and 0.29.
    // (0.625, 0.275) and (0.375, 0.075): 0.35 and 0.3; positive;
    // 0.12 and −0.02.
    #expect(
      matrix.accuracies.map { $0.map(\.successes) }
        == [[0, 2, 2], [0, 2, 2], [2, 2, 1]])
    #expect(matrix.accuracies.joined().allSatisfy { $0.total == 2 })
  }

  @Test func `the attack is made on the model of its row`() {
    let batch = Batch(
      images: ExerciseSamples.pixels(0.5, 0.4, 0.25, 0.2), labels: [0, 0])
    // An attack that knows its model, and leaves all but one alone.
    let matrix = TransferMatrix(
      of: { model in
        let looksAtBoth = model.logits(of: batch.images).scalars[0] < 0.15
        return FGSM(epsilon: .pixels(looksAtBoth ? 0.125 : 0))
      }, on: batch, among: models)
    let found = matrix.accuracies.map { $0.map(\.successes) }
    #expect(found[0] == [0, 2, 2])
    #expect(found[1] == [2, 2, 2])
  }

  @Test func `its diagonal is the accuracy under attack`() throws {
    let victim = try Victim.shared.get()
    let other = Sequential.notebookNetwork(seed: 3)
    let attack = FGSM(epsilon: .pixels(0.2))
    let matrix = TransferMatrix(
      of: { _ in attack }, on: victim.batch, among: [victim.model, other])
    #expect(
      matrix.accuracies[0][0]
        == victim.model.accuracy(under: attack, on: victim.batch))
    // What an untrained network is fooled by fools a trained one less.
    #expect(
      matrix.accuracies[1][0].successes > matrix.accuracies[0][0].successes)
  }
}
