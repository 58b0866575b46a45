import Foundation

/// Reads a whole file.
///
/// - Throws: A `TutorialError` that names the file and says why not: missing, a
///   folder, a pipe or a device (which may never end), too large.
package func readFile(_ url: URL, atMost limit: Int = .max) throws -> Data {
  var status = stat()
  guard stat(url.path, &status) == 0 else {
    throw TutorialError(
      errno == ENOENT
        ? "\(url.path) does not exist; check the path."
        : "\(url.path) cannot be read (\(String(cString: strerror(errno)))).")
  }
  let kind = status.st_mode & S_IFMT
  guard kind == S_IFREG else {
    throw TutorialError(
      kind == S_IFDIR
        ? "\(url.path) is a folder where a file belongs; check the path."
        : "\(url.path) is a pipe or a device where a file belongs.")
  }
  guard status.st_size <= limit else {
    throw TutorialError(
      "\(url.path) has \(Int(status.st_size).grouped) bytes, and "
        + "\(limit.grouped) is the most that is read here.")
  }
  do {
    return try Data(contentsOf: url)
  } catch {
    throw TutorialError("\(url.path) cannot be read (\(reason(error))).")
  }
}

/// Writes a file whole or not at all, and the folders that it lies in.
///
/// - Throws: A `TutorialError` that names the file and says why not.
package func writeFile(_ data: Data, to url: URL) throws {
  try requirePlace(for: url)
  do {
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: url, options: .atomic)
  } catch {
    throw TutorialError("\(url.path) cannot be written (\(reason(error))).")
  }
}

/// - Throws: A `TutorialError` if a folder has the file's name, or a file the
///   name of one of its folders.
package func requirePlace(for url: URL) throws {
  if isFolder(url) == true {
    throw TutorialError("\(url.path) is a folder where a file belongs.")
  }
  var folder = url.deletingLastPathComponent().standardizedFileURL
  while isFolder(folder) == nil, folder.path != "/" {
    folder.deleteLastPathComponent()
  }
  guard isFolder(folder) != false else {
    throw TutorialError("\(folder.path) is a file where a folder belongs.")
  }
}

/// Removes what killed runs have left behind.
///
/// - Parameters:
///   - folder: Where to look.
///   - prefixes: How the names of such files begin.
///   - seconds: What is younger may belong to a run that goes on.
package func removeLeftovers(
  in folder: URL, named prefixes: [String], olderThan seconds: Double
) {
  let files = try? FileManager.default.contentsOfDirectory(
    at: folder, includingPropertiesForKeys: nil)
  for file in files ?? []
  where prefixes.contains(where: file.lastPathComponent.hasPrefix) {
    let date = try? file.resourceValues(forKeys: [.contentModificationDateKey])
      .contentModificationDate
    guard let date, date.timeIntervalSinceNow < -seconds else { continue }
    try? FileManager.default.removeItem(at: file)
  }
}

/// nil if there is nothing.
private func isFolder(_ url: URL) -> Bool? {
  var isFolder: ObjCBool = false
  let exists = FileManager.default.fileExists(
    atPath: url.path, isDirectory: &isFolder)
  return exists ? isFolder.boolValue : nil
}

/// The system's own words, where Foundation hides them.
private func reason(_ error: any Error) -> String {
  let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey]
  if let posix = underlying as? POSIXError {
    return String(cString: strerror(posix.code.rawValue))
  }
  return error.localizedDescription
}
