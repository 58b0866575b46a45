import Testing

@testable import Shared

@Suite struct ImageChangeTests {
  private let changes: [any ImageChange] = [
    Rotation(degrees: 25), Rotation(degrees: -25),
    Translation(rows: 3, columns: -2), GaussianBlur(sigma: 1.5), Pen.thicker,
    Pen.thinner,
  ]

  @Test func `each image is changed on its own and stays one`() throws {
    let images = try Victim.shared.get().batch.images.rows(0..<5)
    for change in changes {
      let changed = change.changed(images)
      #expect(changed.shape == images.shape, "\(change.name)")
      #expect(changed != images, "\(change.name)")
      #expect(changed.scalars.allSatisfy { (0...1) ~= $0 }, "\(change.name)")
      for row in 0..<5 {
        #expect(
          change.changed(images.rows([row])) == changed.rows([row]),
          "\(change.name)")
      }
    }
    #expect(Set(changes.map(\.name)).count == changes.count)
  }

  @Test func `what stands is right under every change of the list`() throws {
    let victim = try Victim.shared.get()
    let (model, batch) = (victim.model, victim.batch)
    let each = changes.map { change -> [Bool] in
      let answers = predictions(model.logits(of: change.changed(batch.images)))
      return zip(answers, batch.labels).map(==)
    }
    let all = batch.labels.indices.map { image in
      each.allSatisfy { $0[image] }
    }
    #expect(model.stands(under: changes, on: batch) == all)
    #expect(model.stands(under: changes.reversed(), on: batch) == all)
    // Some fall and some do not.
    #expect(all.contains(true) && all.contains(false))
    for (change, right) in zip(changes, each) {
      #expect(model.stands(under: [change], on: batch) == right)
    }
    #expect(model.stands(under: [], on: batch).allSatisfy { $0 })
  }

  @Test func `when all have fallen there is nothing to ask`() throws {
    let victim = try Victim.shared.get()
    let black = Translation(rows: 28, columns: 0)
    let right = predictions(
      victim.model.logits(of: Tensor(shape: [1, 28, 28, 1])))[0]
    let others = victim.batch.labels.indices.filter {
      victim.batch.labels[$0] != right
    }
    let batch = Batch(
      images: victim.batch.images.rows(others),
      labels: others.map { victim.batch.labels[$0] })
    #expect(
      victim.model.stands(under: [black, Pen.thicker], on: batch)
        .allSatisfy { !$0 })
  }

  @Test func `what are no images is refused`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Pen.thicker.changed(Tensor([1, 2]))
    }
    expectMessage(of: result, contains: "thicker pen", "[2]")
  }
}
