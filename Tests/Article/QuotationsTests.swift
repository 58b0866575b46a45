import Foundation
import Testing

@testable import Record

@Suite struct QuotationsTests {
  private let file = "struct A {\n  func b() {\n    c()\n\n    d()\n  }\n}\n"

  private func faults(_ text: String) -> [String] {
    quotationFaults(in: text) { $0 == "A.swift" ? file : nil }
  }

  @Test(arguments: [
    "<!-- from A.swift -->\n```swift\nc()\n\nd()\n```\n",
    "<!-- from A.swift -->\n```swift\nfunc b() {\n  c()\n```\n\n```sh\nls\n```",
    "<!-- from A.swift -->\n```\n    d()\n  }\n```",
    "No code.",
  ])
  func `consecutive lines are a quotation`(text: String) {
    #expect(faults(text) == [])
  }

  @Test(arguments: [
    ("<!-- from A.swift -->\n```swift\nc()\nd()\n```", "do not stand"),
    ("<!-- from A.swift -->\n```swift\nfunc b() {\nc()\n```", "do not stand"),
    ("<!-- from B.swift -->\n```swift\nc()\n```", "do not stand"),
    ("<!-- from A.swift -->\n```swift\n```", "do not stand"),
    ("<!-- from A.swift -->\n\n```swift\nc()\n```", "which file"),
  ])
  func `other lines are none`(text: String, what: String) {
    #expect(faults(text).count == 1)
    #expect(faults(text).first?.contains(what) == true, "\(faults(text))")
  }

  @Test(
    .enabled(
      if: ProcessInfo.processInfo.environment["AS_SHIPPED"] == "1",
      "Sources are there to be edited; AS_SHIPPED=1 looks at them as shipped."))
  func `the article quotes the sources as they are`() throws {
    for path in try articlePaths() {
      let faults = try quotationFaults(in: packageText(path)) {
        try? packageText($0)
      }
      #expect(faults == [], "\(path)")
    }
  }
}
