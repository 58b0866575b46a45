import Foundation
import Testing

@Suite struct InterruptTests {
  @Test func `Control-C ends with 130, one sentence and no half files`() throws
  {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let error = Pipe()
    let process = Process()
    process.executableURL = productsFolder.appendingPathComponent("03-Training")
    process.arguments = ["--output", folder.path]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = error
    try process.run()
    Thread.sleep(forTimeInterval: 2)
    process.interrupt()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    #expect(process.terminationStatus == 130)
    let text = String(
      decoding: try error.fileHandleForReading.readToEnd() ?? Data(),
      as: UTF8.self)
    #expect(text == "Stopped; every file saved so far is complete.\n")
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(left.allSatisfy { $0.hasPrefix("03-Training") || $0 == "figures" })
  }
}
