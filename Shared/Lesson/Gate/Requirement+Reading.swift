import Foundation
import Shared

extension Requirement {
  /// Reads `MEASURE@EPSILON>=SHARE`, also with spaces, in capitals, with `>` or
  /// with a share in per cent; a measure of clean images has no ε.
  ///
  /// - Throws: A `UsageError` that says what is wrong and how to write it.
  init(_ text: String) throws {
    let form =
      #/([a-z][a-z0-9-]*)\s*(?:@\s*(-?[0-9.]+))?\s*(>=?)\s*(-?[0-9.]+)\s*(%?)/#
    let plain = text.lowercased().trimmingCharacters(in: .whitespaces)
    guard let parts = plain.wholeMatch(of: form)?.output else {
      throw Self.unreadable(text)
    }
    let (_, name, size, sign, number, percent) = parts
    let pixels = size.flatMap { Float($0) }
    // An exponent, because a division would round once more.
    guard let share = Double(String(number) + (percent.isEmpty ? "" : "e-2")),
      size == nil || pixels != nil
    else { throw Self.unreadable(text) }
    measure = try Self.measure(String(name), pixels)
    includesLimit = sign == ">="
    limit = share
    guard (0...1).contains(share) else {
      throw UsageError(
        percent.isEmpty && share > 1 && share <= 100
          ? "A share lies between 0 and 1, got \(number); write "
            + "\((share / 100).shortest) or \(number)%."
          : "A share lies between 0 and 1, or between 0 % and 100 %, got "
            + "`\(number)\(percent)`.")
    }
  }

  private static func unreadable(_ text: String) -> UsageError {
    UsageError(
      "`\(text)` cannot be read as a requirement; it has the form "
        + "MEASURE@EPSILON>=SHARE, as \"worst@0.1>=0.70\" or \"clean>=97%\", "
        + "in quotes, because a shell takes > for itself.")
  }

  private static func measure(_ name: String, _ pixels: Float?) throws
    -> Measure
  {
    switch name {
    case "clean":
      guard pixels == nil else {
        throw UsageError(
          "`clean` takes no ε, because clean images are left as they are; "
            + "write \"clean>=0.97\".")
      }
      return .clean
    case "worst": return .worst(try epsilon(pixels, of: name))
    case "certified": return .certified(try epsilon(pixels, of: name))
    default:
      return .attack(try recipe(name), try epsilon(pixels, of: name))
    }
  }

  /// An attack that moves no pixel further than ε.
  ///
  /// That in turn several are tried is what `worst` stands for.
  private static func recipe(_ name: String) throws -> AttackRecipe {
    let others = AttackRecipe.all.filter {
      $0.name != AttackRecipe.worstCase.name
    }
    guard let recipe = others.first(where: { $0.name == name }) else {
      let known =
        ["clean", "worst", "certified"]
        + others.filter { $0.norm == .maximum }.map(\.name)
      throw UsageError(
        "There is no measure `\(name)`; the nearest name is "
          + "\(known.nearest(to: name) ?? "none"). Known: "
          + known.joined(separator: ", ") + ".")
    }
    switch recipe.norm {
    case .maximum: return recipe
    case .euclidean:
      throw UsageError(
        "`\(name)` is bounded by the length of the whole change (ℓ2), and a "
          + "requirement by that of each pixel (ℓ∞); take another attack, such "
          + "as pgd.")
    case nil:
      throw UsageError(
        "`\(name)` has no ε, because it may change some pixels at will, and a "
          + "requirement needs one; take another attack, such as pgd.")
    }
  }

  private static func epsilon(_ pixels: Float?, of name: String) throws
    -> Epsilon
  {
    guard let pixels else {
      throw UsageError(
        "`\(name)` needs an ε, how far each pixel may move: "
          + "\"\(name)@0.1>=0.7\".")
    }
    guard pixels >= 0 else {
      throw UsageError(
        "ε is how far each pixel may move, and so not negative, got "
          + "\(Double(pixels).shortest).")
    }
    guard pixels <= 1 else {
      throw UsageError(
        "ε counts pixels, black 0 and white 1, so it is at most 1, got "
          + "\(Double(pixels).shortest)."
          + (pixels <= 255
            ? " If you mean levels of 255, that is "
              + "\(Double(pixels / 255).shortest)." : ""))
    }
    return .pixels(pixels)
  }
}
