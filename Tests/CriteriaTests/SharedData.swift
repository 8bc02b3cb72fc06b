import Foundation

/// The folder of shared test data, where there is one.
let sharedFolder: URL? = {
  let environment = ProcessInfo.processInfo.environment["LOBULE_SHARED"]
  let folder =
    environment.map { URL(fileURLWithPath: $0) }
    ?? URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared")
  return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
}()
