import Testing

@testable import Lesson
@testable import Shared

@Suite struct RequirementTests {
  @Test(arguments: [
    ("clean>=0.9", "clean>=0.9"),
    ("clean>=97%", "clean>=0.97"),
    ("  Clean  >  99.5 %  ", "clean>0.995"),
    ("worst@0.1>=0.70", "worst@0.1>=0.7"),
    ("worst @ 0.1 >= 70 %", "worst@0.1>=0.7"),
    ("certified@.3>0", "certified@0.3>0.0"),
    ("certified@1>=1", "certified@1.0>=1.0"),
    ("FGSM@0.1>=0.5", "fgsm@0.1>=0.5"),
    ("mi-fgsm@0>100%", "mi-fgsm@0.0>1.0"),
  ])
  func `every form is read, and written in one`(text: String, plain: String)
    throws
  {
    let requirement = try Requirement(text)
    #expect(requirement.description == plain)
    #expect(try Requirement(plain).description == plain)
  }

  @Test func `the parts are where they belong`() throws {
    let least = try Requirement("worst@0.1>=70%")
    #expect(least.measure.name == "worst" && least.limit == 0.7)
    #expect(least.measure.epsilon == Epsilon.pixels(0.1))
    #expect(least.includesLimit)
    #expect(least.limitInWords == "at least 70 %")
    let more = try Requirement("clean>0.975")
    #expect(more.measure.epsilon == nil && !more.includesLimit)
    #expect(more.limitInWords == "more than 97.5 %")
  }

  @Test func `every attack that bounds each pixel is a measure`() throws {
    let bounded = AttackRecipe.all.filter {
      $0.norm == .maximum && $0.name != "worst-case"
    }
    #expect(bounded.count > 8)
    for recipe in bounded {
      let requirement = try Requirement("\(recipe.name)@0.2>0.5")
      #expect(requirement.description == "\(recipe.name)@0.2>0.5")
    }
  }

  @Test func `a share that equals the limit meets one sign of the two`() throws
  {
    for count in 1...1000 {
      let percent = "\(count / 10).\(count % 10)%"
      let (share, less) = (
        Proportion(count, of: 1000), Proportion(count - 1, of: 1000)
      )
      let least = try Requirement("clean>=\(percent)")
      let more = try Requirement("clean>\(percent)")
      #expect(least.isMet(by: share) && !least.isMet(by: less), "\(percent)")
      #expect(!more.isMet(by: share), "\(percent)")
    }
    #expect(
      try Requirement("clean>0.9913").isMet(by: Proportion(9914, of: 10_000)))
  }

  @Test func `whatever is wrong has a sentence of its own`() {
    let refusals: KeyValuePairs<String, String> = [
      "fgms@0.1>=0.5": "nearest name is fgsm",
      "pgd-l2@0.1>=0.5": "length of the whole change",
      "patch@0.1>=0.5": "may change some pixels at will",
      "worst>=0.7": "needs an ε",
      "clean@0.1>=0.9": "takes no ε",
      "fgsm@-0.1>=0.5": "not negative, got -0.1",
      "fgsm@25.5>=0.5": "levels of 255, that is 0.1.",
      "fgsm@256>=0.5": "at most 1, got 256.",
      "clean>=70": "write 0.7 or 70%",
      "clean>=170%": "got `170%`",
      "worst@0.1": "in quotes, because a shell",
    ]
    let messages = refusals.map { text, _ in message(of: text) }
    for (number, (text, words)) in refusals.enumerated() {
      for (other, message) in messages.enumerated() {
        #expect(
          message.contains(words) == (number == other), "\(text): \(message)")
      }
      #expect(messages[number].hasSuffix("."))
    }
  }

  @Test(arguments: [
    "", "clean", "clean=0.9", "clean<0.9", "clean>=", ">=0.9", "@0.1>=0.9",
    "fgsm@>=0.5", "fgsm@x>=0.5", "fgsm@8/255>=0.5", "fgsm@0.1.2>=0.5",
    "fgsm@.>=0.5", "clean>=nan", "clean>=0.9.9", "clean>=0.9 and more",
    "clean>==0.9", "0.9<=clean",
  ])
  func `what has another form is shown the form`(text: String) {
    #expect(message(of: text).contains("MEASURE@EPSILON>=SHARE"))
  }

  @Test(arguments: ["worst-case", "worts", "wrst"])
  func `the standard set is called worst`(name: String) {
    #expect(message(of: "\(name)@0.1>=0.5").contains("nearest name is worst."))
  }

  @Test(arguments: ["-0.1", "1.01", "100.1", "-5%", "100.1%"])
  func `a share lies between nothing and all`(share: String) {
    #expect(message(of: "clean>=\(share)").contains("A share lies between"))
  }

  private func message(of text: String) -> String {
    let error = #expect(throws: UsageError.self) { try Requirement(text) }
    return error?.description ?? ""
  }
}
