import Foundation
import Testing

@testable import Lesson
@testable import Shared

private typealias Mix = @Sendable (Batch, Tensor, Float) -> Batch

@Suite struct MixedBatchTests {
  @Test func `every solution of 7a passes`() throws {
    let others: [Mix] = [
      mixedBatch,
      { clean, attacked, share in
        var mix = clean
        let count = lroundf(share * Float(clean.count))
        let area = attacked.rowCount
        for n in clean.labels.indices.suffix(count) {
          for i in n * area..<(n + 1) * area {
            mix.images.scalars[i] = attacked.scalars[i]
          }
        }
        return mix
      },
    ]
    for other in others {
      #expect(Exercise.mixedBatch(other).verdict() == .solved)
    }
  }

  @Test func `each mistake of 7a has its name`() throws {
    let mistakes: [String: Mix] = [
      "nothing replaced": { clean, attacked, share in
        // As if the share were in per cent.
        let count = Int((share / 100 * Float(clean.count)).rounded())
        let kept = clean.count - count
        return joined(
          clean.images.rows(0..<kept), attacked.rows(kept..<clean.count),
          clean.labels)
      },
      "all replaced": { clean, attacked, _ in
        Batch(images: attacked, labels: clean.labels)
      },
      "the first ones replaced": { clean, attacked, share in
        var mix = clean
        let count = Int((share * Float(clean.count)).rounded())
        for i in 0..<count * attacked.rowCount {
          mix.images.scalars[i] = attacked.scalars[i]
        }
        return mix
      },
      "appended": { clean, attacked, _ in
        Batch(
          images: Tensor(concatenating: [clean.images, attacked]),
          labels: clean.labels + clean.labels)
      },
      "share of clean images": { clean, attacked, share in
        let kept = Int((share * Float(clean.count)).rounded())
        return joined(
          clean.images.rows(0..<kept), attacked.rows(kept..<clean.count),
          clean.labels)
      },
      "labels left behind": { clean, attacked, share in
        let k = Int((share * Float(clean.count)).rounded())
        let n = clean.count
        return joined(
          attacked.rows(n - k..<n), clean.images.rows(0..<n - k), clean.labels)
      },
      "another image's attack": { clean, attacked, share in
        let k = Int((share * Float(clean.count)).rounded())
        return joined(
          clean.images.rows(0..<clean.count - k), attacked.rows(0..<k),
          clean.labels)
      },
      "blended images": { clean, attacked, share in
        Batch(
          images: clean.images.combined(with: attacked) {
            $0 + share * ($1 - $0)
          }, labels: clean.labels)
      },
      "cut off instead of rounded": { clean, attacked, share in
        let k = Int(share * Float(clean.count))
        let n = clean.count
        return joined(
          clean.images.rows(0..<n - k), attacked.rows(n - k..<n), clean.labels)
      },
    ]
    for (name, mistake) in mistakes {
      let found = graded(.mixedBatch(mistake))
      #expect(found == name)
    }
    #expect(
      Set(mistakes.keys)
        == Set(Exercise.mixedBatch { clean, _, _ in clean }.misconceptionNames))
  }

  @Test func `7a: trivial answers are refused`() throws {
    let trivial: [Mix] = [
      { clean, _, _ in clean }, { clean, _, _ in clean[0..<1] },
      { clean, attacked, share in
        // The right images, but no label left as it was.
        var mix = AdversarialMix.batch(
          clean: clean, attacked: attacked, share: share)
        mix.labels = mix.labels.map { $0 + 1 }
        return mix
      },
    ]
    for answer in trivial {
      #expect(graded(.mixedBatch(answer)) != "solved")
    }
  }
}

private func joined(_ first: Tensor, _ second: Tensor, _ labels: [Int])
  -> Batch
{
  Batch(images: Tensor(concatenating: [first, second]), labels: labels)
}
