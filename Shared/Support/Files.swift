import Foundation

/// Reads a whole file.
///
/// - Throws: A `TutorialError` that names the file and says why not.
package func readFile(_ url: URL) throws -> Data {
  var isFolder: ObjCBool = false
  if FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder),
    isFolder.boolValue
  {
    throw TutorialError(
      "\(url.path) is a folder where a file belongs; check the path.")
  }
  do {
    return try Data(contentsOf: url)
  } catch CocoaError.fileReadNoSuchFile {
    throw TutorialError("\(url.path) does not exist; check the path.")
  } catch {
    throw TutorialError(
      "\(url.path) cannot be read (\(error.localizedDescription)).")
  }
}

/// Writes a file whole or not at all, and the folders that it lies in.
///
/// - Throws: A `TutorialError` that names the file and says why not.
package func writeFile(_ data: Data, to url: URL) throws {
  do {
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: url, options: .atomic)
  } catch {
    throw TutorialError("\(url.path) cannot be written (\(reason(error))).")
  }
}

/// The system's own words, where Foundation hides them.
private func reason(_ error: any Error) -> String {
  let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey]
  if let posix = underlying as? POSIXError {
    return String(cString: strerror(posix.code.rawValue))
  }
  return error.localizedDescription
}
