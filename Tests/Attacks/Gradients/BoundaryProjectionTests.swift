import Testing

@testable import Shared

@Suite struct BoundaryProjectionTests {
  @Test func `all pixels go equally far, each its own way`() {
    // 3x₁ − x₂ − 2 is −1, and each 0.01 a pixel makes up for 0.04.
    let up = BoundaryProjection(
      of: [0.5, 0.5, 0.5], normal: [3, -1, 0], offset: -2)
    #expect(up.distance == 0.25)
    #expect(up.point == [0.75, 0.25, 0.5])
    // From the other side the same way back.
    let down = BoundaryProjection(
      of: [1, 0, 0.5], normal: [3, -1, 0], offset: -2)
    #expect(down.distance == 0.25)
    #expect(down.point == [0.75, 0.25, 0.5])
  }

  @Test func `where one pixel has arrived the other goes on`() {
    // 0.5 is missing: 0.25 each, but the first pixel has only 0.125.
    let projection = BoundaryProjection(
      of: [0.875, 0.5], normal: [1, 1], offset: -1.875)
    #expect(projection.distance == 0.375)
    #expect(projection.point == [1, 0.875])
  }

  @Test func `a plane out of reach is approached`() {
    let projection = BoundaryProjection(
      of: [0.75, 0.5, 0.25], normal: [1, -1, 0], offset: -1.5)
    #expect(projection.distance == 0.5)
    #expect(projection.point == [1, 0, 0.25])
  }

  @Test func `without a slope there is nowhere to go`() {
    let projection = BoundaryProjection(
      of: [0.75, 0.5], normal: [0, 0], offset: -1)
    #expect(projection.distance == 0)
    #expect(projection.point == [0.75, 0.5])
  }

  @Test func `a point of the plane stays`() {
    let projection = BoundaryProjection(
      of: [0.75, 0.5], normal: [2, -1], offset: -1)
    #expect(projection.distance == 0)
    #expect(projection.point == [0.75, 0.5])
  }

  @Test func `as near as a linear program finds`() throws {
    let cases = try AttackFixture.load().projections
    #expect(cases.reached.count == 20)
    for plane in cases.reached {
      let projection = projected(plane)
      let distance = try #require(plane.distance)
      #expect(abs(projection.distance - distance) < 1e-5)
      #expect(
        abs(
          scalarProduct(plane.normal.map { Float($0) }, projection.point)
            - plane.offset) < 1e-5)
    }
  }

  @Test func `the nearest approach is that of FAB's authors`() throws {
    let cases = try AttackFixture.load().projections
    #expect(!cases.outOfReach.isEmpty)
    for plane in cases.outOfReach {
      expectClose(
        projected(plane).point.map(Double.init), try #require(plane.moved),
        relative: 1e-6)
    }
  }

  @Test func `on the plane, in the box, and no way is shorter`() {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<200 {
      // Many pixels black or white, as in a digit.
      let image = (0..<100).map { _ in
        min(max(1.5 * generator.uniform(within: 1) + 0.5, 0), 1)
      }
      let normal = image.map { _ in generator.uniform(within: 1) }
      let inside = image.map { _ in generator.uniform() }
      let offset = -scalarProduct(normal, inside)
      let projection = BoundaryProjection(
        of: image, normal: normal, offset: offset)
      #expect(
        abs(scalarProduct(normal, projection.point) + offset) < 1e-5)
      #expect(projection.point.allSatisfy { (0...1).contains($0) })
      #expect(
        zip(projection.point, image).allSatisfy {
          abs(Double($0) - Double($1)) <= projection.distance + 1e-7
        })
      // A little less far in every pixel, in the best direction, is too short.
      let value = scalarProduct(normal, image) + offset
      let less = Float(0.999 * projection.distance)
      let corner = zip(image, normal).map { pixel, weight in
        min(max(pixel - less * sign(weight) * sign(Float(value)), 0), 1)
      }
      #expect((scalarProduct(normal, corner) + offset) * value > 0)
    }
  }

  private func projected(_ plane: AttackFixture.Plane) -> BoundaryProjection {
    BoundaryProjection(
      of: plane.point.map { Float($0) }, normal: plane.normal.map { Float($0) },
      offset: -plane.offset)
  }
}
