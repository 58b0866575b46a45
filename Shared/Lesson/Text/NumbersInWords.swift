import Foundation
import Shared

/// A small number as a word, a large one in digits.
public func inWords(_ number: Int) -> String {
  let words = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight",
    "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen",
    "sixteen",
  ]
  return words.indices.contains(number) ? words[number] : number.grouped
}

/// The share that one of `count` has, short if it can be: `0.1`, `(1/26)`.
public func shareInFormula(ofOneIn count: Int) -> String {
  100 % max(count, 1) == 0
    ? (1 / Double(max(count, 1))).shortest : "(1/\(count))"
}
