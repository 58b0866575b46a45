import Testing

@testable import Lesson
@testable import Shared

@Suite struct SquareAttackTests {
  @Test func `it sees scores and nothing more`() {
    #expect(SquareAttack.Access.self == ScoreAccess.self)
    #expect(SquareAttack.knowledge == .scores)
  }

  @Test func `epsilon 0 changes nothing and asks nothing`() throws {
    let victim = try Victim.shared.get()
    let run = AttackRun(
      SquareAttack(epsilon: .pixels(0)), on: victim.batch, against: victim.model
    )
    #expect(run.images == victim.batch.images)
    #expect(run.passes.allSatisfy { $0 == Passes() })
  }

  @Test(arguments: [0.003, 0.1, 0.3, 1] as [Float])
  func `no pixel leaves its box, by not even one bit`(epsilon: Float) throws {
    let victim = try Victim.shared.get()
    let images = victim.batch.images
    let result = SquareAttack(epsilon: .pixels(epsilon), queries: 12, seed: 3)
      .perturb(images, labels: victim.batch.labels, against: victim.model)
    #expect(Epsilon.pixels(epsilon).isAllowed(result, from: images))
    #expect(result != images)
  }

  @Test func `the same seed gives the same bits for any number of workers`()
    throws
  {
    let victim = try Victim.shared.get()
    func result(workers: Int, seed: UInt64 = 1) -> Tensor {
      Workers.$count.withValue(workers) {
        SquareAttack(epsilon: .pixels(0.1), queries: 20, seed: seed).perturb(
          victim.batch.images, labels: victim.batch.labels,
          against: victim.model)
      }
    }
    let one = result(workers: 1)
    #expect(result(workers: 2) == one)
    #expect(result(workers: 3) == one)
    #expect(result(workers: 2, seed: 2) != one)
  }

  @Test func `the one pixel that decides is found`() {
    // Class 0 wins by 5·(x₉ − 0.45), which no other pixel changes.
    let run = AttackRun(
      SquareAttack(epsilon: .pixels(0.1), queries: 300), on: gray(20),
      against: onePixelClassifier(limit: 0.45))
    #expect(run.success.successes == 20)
    for row in 0..<20 {
      #expect(run.images.row(row).dropFirst(9).first == 0.4)
    }
    // Half of the stripes do it at once; the others need squares.
    let queries = run.passes.map(\.forward)
    #expect(queries.contains(2))
    #expect(queries.contains { $0 > 2 })
    #expect(queries.allSatisfy { $0 <= 300 })
  }

  @Test func `out of reach, all queries are used and the best is returned`() {
    let run = AttackRun(
      SquareAttack(epsilon: .pixels(0.04), queries: 200), on: gray(5),
      against: onePixelClassifier(limit: 0.45))
    #expect(run.success.successes == 0)
    #expect(run.passes.allSatisfy { $0 == Passes(forward: 200, backward: 0) })
    for row in 0..<5 {
      #expect(run.images.row(row).dropFirst(9).first == 0.46)
    }
  }

  @Test func `an image already wrong stays as it is, for one query`() {
    let run = AttackRun(
      SquareAttack(epsilon: .pixels(0.1)), on: gray(3),
      against: onePixelClassifier(limit: 0.55))
    #expect(run.images == gray(3).images)
    #expect(run.passes.allSatisfy { $0 == Passes(forward: 1, backward: 0) })
  }

  @Test func `with a target another wrong class does not do`() {
    // Scores 0.2, x₁ and x₂: class 2 wins only with x₂ up and x₁ down.
    let model: Sequential = [
      "flatten": Flatten(),
      "scores": Linear(
        weight: Tensor(shape: [3, 2], scalars: [0, 0, 1, 0, 0, 1]),
        bias: Tensor([0.2, 0, 0])),
    ]
    let images = Tensor(shape: [8, 1, 2, 1], repeating: 0.15)
    let batch = Batch(images: images, labels: Array(repeating: 0, count: 8))
    let attack = SquareAttack(epsilon: .pixels(0.1), queries: 100)
    let run = AttackRun(attack, on: batch, target: 2, against: model)
    #expect(run.answers == Array(repeating: 2, count: 8))
    #expect(
      AttackRun(attack, on: batch, against: model).answers.contains(1))
  }

  @Test func `a target of real digits is come nearer`() throws {
    let victim = try Victim.shared.get()
    let batch = Batch(
      images: victim.batch.images.rows(0..<1), labels: [victim.batch.labels[0]])
    let goal = Goal.reach(3, from: batch.labels[0])
    func loss(_ images: Tensor) -> Double {
      let logits = victim.model.logits(of: images).scalars
      return AttackLoss.crossEntropy(logits, goal).value
    }
    let run = AttackRun(
      SquareAttack(epsilon: .pixels(0.2), queries: 300), on: batch, target: 3,
      against: victim.model)
    #expect(loss(run.images) > loss(batch.images) + 1)
  }

  @Test func `the first change is vertical stripes`() {
    let images = Tensor(shape: [6, 5, 4, 1], repeating: 0.5)
    let search = SquareSearch(
      images.rows([0]), goal: .avoid(0), .pixels(0.25), seed: 5)
    let stripes = search.candidate
    #expect(Set(stripes) == [0.25, 0.75])
    for (index, pixel) in stripes.enumerated() {
      #expect(pixel == stripes[index % 4])
    }
  }

  @Test func `a square moves nothing beside it and may lie anywhere`() {
    let image = Tensor(shape: [1, 5, 6, 2], repeating: 0.5)
    var search = SquareSearch(image, goal: .avoid(0), .pixels(0.25), seed: 5)
    search.judge([1, 0], answer: 0)
    var everMoved = Set<Int>()
    for _ in 0..<300 {
      search.drawSquare(side: 3)
      let moved = search.best.indices.filter {
        search.candidate[$0] != search.best[$0]
      }
      everMoved.formUnion(moved)
      let (rows, columns) = (moved.map { $0 / 12 }, moved.map { $0 / 2 % 6 })
      #expect((rows.max() ?? 0) - (rows.min() ?? 0) < 3)
      #expect((columns.max() ?? 0) - (columns.min() ?? 0) < 3)
    }
    #expect(everMoved.count == 60)
  }

  @Test func `only what raises the loss is kept`() {
    var search = SquareSearch(
      Tensor(shape: [1, 2, 2, 1], repeating: 0.5), goal: .avoid(0),
      .pixels(0.25), seed: 5)
    search.judge([1, 0], answer: 0)
    let stripes = search.best
    search.drawSquare(side: 2)
    search.judge([1, 0], answer: 0)
    #expect(search.best == stripes)
    search.drawSquare(side: 1)
    search.judge([1, 0.5], answer: 0)
    #expect(search.best == search.candidate)
    #expect(!search.isMet)
    search.judge([1, 2], answer: 1)
    #expect(search.isMet)
  }

  @Test func `squares shrink as the paper says, whatever the queries`() {
    func sides(_ attack: SquareAttack, after queries: [Int]) -> [Int] {
      queries.map { attack.side(after: $0, height: 28, width: 28) }
    }
    // √(0.8 · 784) = 25.04, and each time divided by √2.
    let expected = [25, 25, 18, 18, 13, 9, 6, 4, 3, 2, 2, 1]
    #expect(
      sides(
        SquareAttack(epsilon: .pixels(0.1), queries: 10_000),
        after: [
          1, 10, 11, 50, 51, 201, 501, 1001, 2001, 4001, 6001, 8001,
        ]) == expected)
    #expect(
      sides(
        SquareAttack(epsilon: .pixels(0.1), queries: 1000),
        after: [1, 1, 2, 5, 6, 21, 51, 101, 201, 401, 601, 801]) == expected)
    var slow = SquareAttack(epsilon: .pixels(0.1), queries: 1000)
    slow.schedule = 10_000
    #expect(sides(slow, after: [10, 11, 201, 501]) == [25, 18, 9, 6])
    #expect(
      SquareAttack(epsilon: .pixels(0.1)).side(after: 1, height: 2, width: 90)
        == 2)
  }
}
