#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file to be imported, that can be read from its beginning more than once.
public struct ImportFile {
  /// What it is called in messages.
  public let name: String

  private let content: Content

  private enum Content {
    case path(String)
    case bytes([UInt8])
  }

  /// A file on the disk.
  public init(path: String) {
    name = path
    content = .path(path)
  }

  /// Bytes that are at hand.
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    content = .bytes(bytes)
  }

  /// Runs over the bytes piece by piece.
  func read(_ body: (UnsafeBufferPointer<UInt8>) throws -> Void) throws {
    switch content {
    case .bytes(let bytes): try bytes.withUnsafeBufferPointer(body)
    case .path(let path):
      let descriptor = open(path, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw failure() }
      defer { close(descriptor) }
      let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1 << 16)
      defer { buffer.deallocate() }
      while true {
        let count = Self.systemRead(descriptor, buffer.baseAddress, buffer.count)
        if count < 0, errno == EINTR { continue }
        guard count >= 0 else { throw failure() }
        if count == 0 { return }
        try body(UnsafeBufferPointer(rebasing: buffer[..<count]))
      }
    }
  }

  private static func systemRead(
    _ descriptor: Int32, _ buffer: UnsafeMutablePointer<UInt8>?, _ count: Int
  ) -> Int {
    #if canImport(Glibc)
      Glibc.read(descriptor, buffer, count)
    #else
      Darwin.read(descriptor, buffer, count)
    #endif
  }

  /// All bytes; refused beyond a size that no record of patients in JSON has.
  func all() throws -> [UInt8] {
    var bytes: [UInt8] = []
    try read { chunk in
      bytes += chunk
      guard bytes.count <= Self.largest else {
        throw ImportError(name, "larger than \(Self.largest >> 20) MB; split it")
      }
    }
    return bytes
  }

  private static let largest = 512 << 20

  private func failure() -> ImportError {
    ImportError(name, "cannot be read: \(String(cString: strerror(errno)))")
  }
}

/// Why a file was not imported at all.
public struct ImportError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file.
  public let file: String
  /// What is wrong with it, and where.
  public let reason: String

  init(_ file: String, _ reason: String) {
    self.file = file
    self.reason = reason
  }

  /// The sentence for a person.
  public var description: String { "'\(file)': \(reason)" }
}
