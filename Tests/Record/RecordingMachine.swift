import Foundation

/// On what the recorded numbers were made: it may decide their last digits.
struct RecordingMachine {
  /// `Swift version 6.3.1 …`, as the compiler says it.
  var toolchain: String
  /// The processor, as the system calls it.
  var processor: String

  /// This one; "unknown" for what it does not tell.
  static var current: RecordingMachine {
    RecordingMachine(
      toolchain: firstLine(of: "swift", "--version") ?? "unknown",
      processor: processorOnLinux
        ?? firstLine(of: "sysctl", "-n", "machdep.cpu.brand_string")
        ?? "unknown")
  }

  /// As the ledger holds it.
  var entry: [String: String] {
    ["toolchain": toolchain, "processor": processor]
  }

  private static var processorOnLinux: String? {
    let facts = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
    func fact(_ name: String) -> String? {
      facts?.split(separator: "\n").first { $0.hasPrefix(name) }?
        .split(separator: ":").last?.trimmingCharacters(in: .whitespaces)
    }
    return fact("model name").map { name in
      let numbers = ["cpu family", "model\t"].compactMap(fact)
      return ([name] + numbers).joined(separator: ", ")
    }
  }

  private static func firstLine(of command: String...) -> String? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self).split(separator: "\n").first
      .map(String.init)
  }
}
