import Foundation

#if canImport(Glibc)
  import Glibc
#endif

/// A file system of some hundred kilobytes in memory, so that tests can fill a disk and take it away.
public final class SmallDisk: Sendable {
  /// Why a test that needs one does not run.
  public static let need = "mounting a small file system needs root on Linux"

  /// Whether one can be mounted here: root may, on Linux.
  public static let isPossible: Bool = {
    #if canImport(Glibc)
      return geteuid() == 0 && (try? SmallDisk(kilobytes: 64)) != nil
    #else
      return false
    #endif
  }()

  /// What the system said when it was to be mounted.
  public struct Failure: Error {
    let reason: String
  }

  /// Where it is mounted.
  public let path: String

  /// Mounts a new one, that is gone with this object.
  public init(kilobytes: Int) throws {
    path = NSTemporaryDirectory() + "lobule-disk-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    #if canImport(Glibc)
      guard mount("tmpfs", path, "tmpfs", 0, "size=\(kilobytes)k,mode=0700") == 0 else {
        let reason = String(cString: strerror(errno))
        rmdir(path)
        throw Failure(reason: reason)
      }
    #endif
  }

  deinit {
    takeAway()
    rmdir(path)
  }

  /// The path of a file on it.
  public func file(_ name: String) -> String { path + "/" + name }

  /// Takes what room is left, but for so many kilobytes.
  public func fill(leaving kilobytes: Int = 0) {
    let descriptor = open(file("ballast"), O_WRONLY | O_CREAT | O_APPEND, 0o600)
    let block = [UInt8](repeating: 0, count: 4096)
    while write(descriptor, block, block.count) > 0 {}
    var status = stat()
    fstat(descriptor, &status)
    ftruncate(descriptor, max(0, status.st_size - off_t(kilobytes << 10)))
    close(descriptor)
  }

  /// Gives the room back that ``fill(leaving:)`` took.
  public func makeRoom() {
    unlink(file("ballast"))
  }

  /// Unmounts it, also under files that are open; its path is an empty folder then.
  public func takeAway() {
    #if canImport(Glibc)
      umount2(path, Int32(MNT_DETACH))
    #endif
  }
}
