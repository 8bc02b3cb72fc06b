#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The file of a store, and what the system says of it.
struct StoreFile: Sendable {
  let path: String

  /// Which file stands at the path.
  struct Identity: Hashable, Sendable {
    let device: UInt64
    let file: UInt64
  }

  /// What stands at the path; `nil` where nothing does.
  var identity: Identity? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return Identity(
      device: UInt64(truncatingIfNeeded: status.st_dev),
      file: UInt64(truncatingIfNeeded: status.st_ino))
  }

  /// Why the file that was opened is not at its path any more.
  var absence: StoreError {
    var status = stat()
    return stat(path, &status) == 0 ? .vanished(path) : failure(errno)
  }

  /// Makes the folder for this account alone, and an empty file in it, where they are missing.
  func create() throws(StoreError) {
    if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
      try makeFolder(String(path[..<slash]))
    }
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    if descriptor >= 0 {
      close(descriptor)
    } else if errno != EEXIST {
      throw refusal(errno)
    }
  }

  private func makeFolder(_ folder: String) throws(StoreError) {
    var status = stat()
    if stat(folder, &status) == 0 { return }
    if let slash = folder.lastIndex(of: "/"), slash != folder.startIndex {
      try makeFolder(String(folder[..<slash]))
    }
    guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw refusal(errno) }
    // SQLite sees to the folder of its files, and not to that the folder itself lasts.
    Self.synchronise(StoreFile(path: folder).folder)
  }

  private static func synchronise(_ folder: String) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  /// The folder that it lies in.
  private var folder: String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Makes an empty file for this account alone; `false` where one stands there already.
  func reserve() throws(StoreError) -> Bool {
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    if descriptor < 0, errno == EEXIST { return false }
    guard descriptor >= 0 else { throw refusal(errno) }
    close(descriptor)
    return true
  }

  func remove() {
    unlink(path)
  }

  /// Whether others than the owner can read the file.
  var isOpenToOthers: Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & 0o077 != 0
  }

  /// Why the file cannot be opened, where the system says so before SQLite does; SQLite says
  /// "unable to open" to all of it.
  func obstacle(writing: Bool) -> StoreError? {
    var status = stat()
    guard stat(path, &status) == 0 else { return failure(errno) }
    if status.st_mode & S_IFMT != S_IFREG { return .notAStore(path) }
    if access(path, R_OK) != 0 { return .noPermission(path) }
    let header = firstBytes()
    if !header.isEmpty, !header.starts(with: "SQLite format 3\0".utf8) { return .notAStore(path) }
    var log = stat()
    let isWaiting = stat(path + "-wal", &log) == 0 && log.st_size > 0
    if header.isEmpty, isWaiting {
      // SQLite would take it for a new one, and throw away what waits beside it.
      return .damaged(path, detail: "it is empty, while changes wait in \(path)-wal")
    }
    if !header.isEmpty, !isWaiting, !Self.isWhole(size: Int(status.st_size), header) {
      return .damaged(path, detail: "it was cut off")
    }
    guard writing else { return nil }
    return access(path, W_OK) == 0 && access(folder, W_OK) == 0 ? nil : .readOnly(path)
  }

  /// Whether a file is whole pages long: SQLite would not miss the end of the last one.
  private static func isWhole(size: Int, _ header: [UInt8]) -> Bool {
    guard header.count == 18 else { return false }
    // As the format of SQLite has it, in two bytes, of which 1 stands for 65536.
    let page = Int(header[16]) << 8 | Int(header[17])
    return page > 0 && size % (page == 1 ? 65536 : page) == 0
  }

  private func firstBytes() -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    return [UInt8](unsafeUninitializedCapacity: 18) { buffer, count in
      count = max(0, read(descriptor, buffer.baseAddress, 18))
    }
  }

  /// Why nothing can be made at the path.
  private func refusal(_ code: Int32) -> StoreError {
    switch failure(code) {
    case .vanished, .disk:
      .refused("no store can be made at \(path): \(String(cString: strerror(code)))")
    case let other: other
    }
  }

  private func failure(_ code: Int32) -> StoreError {
    switch code {
    case EACCES, EPERM: .noPermission(path)
    case EROFS: .readOnly(path)
    case ENOSPC, EDQUOT: .diskFull(path)
    case ENOENT, ESTALE, ENOTCONN: .vanished(path)
    default: .disk(path, detail: String(cString: strerror(code)))
    }
  }
}
