import Testing

@testable import Shared

@Suite struct TerminalTests {
  @Test func `the environment decides about colours`() {
    func depth(_ environment: [String: String]) -> Terminal.ColorDepth {
      Terminal.colorDepth(in: environment)
    }
    #expect(depth([:]) == .palette)
    #expect(depth(["COLORTERM": "truecolor"]) == .trueColor)
    #expect(depth(["COLORTERM": "24bit"]) == .trueColor)
    #expect(depth(["COLORTERM": "yes"]) == .palette)
    // no-color.org: when present and not empty.
    #expect(depth(["COLORTERM": "truecolor", "NO_COLOR": "1"]) == .none)
    #expect(depth(["NO_COLOR": ""]) == .palette)
  }
}
