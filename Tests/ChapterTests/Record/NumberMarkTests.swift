import Foundation
import Shared
import Testing

@testable import Record

@Suite struct NumberMarkTests {
  private func ledger(_ share: Double = 0.843, count: Int = 5) throws
    -> Ledger
  {
    let json =
      #"{"05-Attacks": {"pgd": {"accuracy": \#(share), "images": 1000}, "#
      + #""count": \#(count)}}"#
    return try Ledger(json: Data(json.utf8))
  }

  private let text = """
    Five<!--=05-Attacks count word 0--> digits. PGD leaves 84.3 %
      (81.9–86.4)<!--=05-Attacks pgd interval 1--> of them,

    | ε | 84.3<!--=05-Attacks pgd.accuracy share 1--> | or −2 |

    and a mark is written `1 %<!--=HERE-->`, or `as
    code`: 5<!--=05-Attacks count number 0-->.

    ```
    7<!--=05-Attacks count number 0-->
    ```
    """

  @Test func `marks are found, and code is none`() {
    #expect(NumberMark.all(in: text).map(\.line) == [1, 2, 4, 7])
  }

  @Test func `a text with right numbers stays`() throws {
    #expect(try numberFaults(in: text, path: "a.md", by: ledger()) == [])
    #expect(try withNumbers(of: ledger(), in: text, path: "a.md") == text)
  }

  @Test func `new numbers take the old ones' places, lines stay as they are`()
    throws
  {
    let expected =
      text
      .replacing("84.3 %\n  (81.9–86.4)", with: "9.0 %\n  (7.4–10.9)")
      .replacing("84.3<", with: "9.0<")
      .replacing("Five", with: "Six").replacing(": 5<", with: ": 6<")
    let new = try ledger(0.09, count: 6)
    #expect(try withNumbers(of: new, in: text, path: "a.md") == expected)
    #expect(numberFaults(in: text, path: "a.md", by: new).count == 4)
    #expect(numberFaults(in: expected, path: "a.md", by: new) == [])
  }

  @Test func `a wrong digit is told with file, line and mark`() throws {
    let wrong = text.replacing("| 84.3<", with: "| 84.4<")
    #expect(
      try numberFaults(in: wrong, path: "a.md", by: ledger()) == [
        "a.md, line 4, <!--=05-Attacks pgd.accuracy share 1-->: "
          + "\"84.4\" should be \"84.3\""
      ])
  }

  @Test(arguments: [
    "84.3<!--=05-Attacks pgd.accuracy-->",
    "84.3<!--=05-Attacks pgd.accuracy shares 1-->",
    "84.3<!--=05-Attacks pgd.precision share 1-->",
    "84.3<!--=05-Attacks pgd share 1-->",
    "84.3 <!--=05-Attacks pgd.accuracy share 1-->",
    "84.3 %<!--=05-Attacks pgd.accuracy share 1-->",
    "about<!--=05-Attacks pgd.accuracy share 1-->",
    "84.3<!--=05-Attacks pgd.accuracy percent 1-->",
    "1,84.3<!--=05-Attacks pgd.accuracy share 1-->",
    "<!--=05-Attacks pgd.accuracy share 1-->",
  ])
  func `a mark that cannot be followed is an error`(text: String) throws {
    let own = try ledger()
    #expect(numberFaults(in: text, path: "a.md", by: own).count == 1)
    #expect(throws: TutorialError.self) {
      try withNumbers(of: own, in: text, path: "a.md")
    }
  }
}
