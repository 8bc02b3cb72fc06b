internal import CDisk

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The half-typed field of one window, on the disk at every key.
///
/// It is a small file beside the store, `lobule.sqlite-draft-1` and so on, one for each program that
/// has the store open, and no part of the log. A key costs one `pwrite` of less than a kilobyte, a
/// few microseconds, with no waiting for the disk: what was typed survives the end of the program
/// however it ends. ``settle()``, called when the keyboard rests, has it forced to the disk, for which
/// no key waits; a power cut thus loses at most what was typed since, of one field.
///
/// A program holds a lock on its file as long as it lives, so that the next one knows which drafts
/// have lost their owner.
public final class DraftJournal {
  /// The drafts that were found without an owner; the first lies in this journal's own file, the
  /// others in theirs, where the next program finds them again.
  public let recovered: [Draft]

  private let descriptor: Int32
  private let path: String
  private var turn: UInt64
  private var isWaiting = false
  /// Where the system forces files to the disk by itself; `nil` until it is needed, 0 where it cannot.
  private var queue: UInt?

  private static let slot = 1024
  private static let magic = Array("lobdraft".utf8)
  private static let most = 64

  /// Opens a journal beside a store, and takes over the drafts of programs that ended without
  /// committing or discarding them.
  ///
  /// - Parameter store: The path of the store's file.
  /// - Throws: ``StoreError`` where no file can be made there.
  public init(beside store: String) throws(StoreError) {
    var recovered: [Draft] = []
    var own: (descriptor: Int32, path: String, turn: UInt64)?
    for number in 1...Self.most {
      let path = "\(store)-draft-\(number)"
      let descriptor = open(path, O_RDWR | O_CLOEXEC | (own == nil ? O_CREAT : 0), 0o600)
      guard descriptor >= 0 else {
        if own != nil { continue }
        throw Self.failure(errno, path)
      }
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, Self.stands(descriptor, at: path) else {
        close(descriptor)
        continue
      }
      let (turn, draft) = Self.latest(descriptor)
      let isFirst = draft != nil && recovered.isEmpty
      if let draft { recovered.append(draft) }
      if let empty = own, isFirst {
        // A draft is dealt with where it lies, so that no crash falls between two files.
        unlink(empty.path)
        close(empty.descriptor)
        own = (descriptor, path, turn)
      } else if own == nil {
        own = (descriptor, path, turn)
      } else {
        // Without a draft it is of no use; with one it is kept until that is dealt with.
        if draft == nil { unlink(path) }
        close(descriptor)
      }
    }
    guard let own else {
      throw .refused("\(Self.most) programs have this store open; close one of them")
    }
    (descriptor, path, turn) = own
    self.recovered = recovered
  }

  deinit {
    if let queue, queue != 0 { disk_close(queue) }
    if Self.latest(descriptor).draft == nil { unlink(path) }
    close(descriptor)
  }

  /// Keeps what stands in a field, in place of what was kept before.
  ///
  /// - Throws: ``StoreError`` where it could not be written.
  public func keep(_ draft: Draft) throws(StoreError) {
    guard let bytes = draft.encoded(limit: Self.slot - 28) else {
      throw .refused("the text is too long to be kept")
    }
    try write(bytes)
  }

  /// Keeps nothing any more: the field was committed, or left as it was.
  public func discard() throws(StoreError) {
    try write([])
  }

  /// Discards what was recovered, once a person has seen it or it is back in its field.
  public func discardRecovered() throws(StoreError) {
    try discard()
    let stem = path.prefix(path.count - path.reversed().prefix { $0 != "-" }.count)
    for number in 1...Self.most where "\(stem)\(number)" != path {
      let other = open("\(stem)\(number)", O_RDWR | O_CLOEXEC)
      guard other >= 0 else { continue }
      if flock(other, LOCK_EX | LOCK_NB) == 0 { unlink("\(stem)\(number)") }
      close(other)
    }
  }

  /// Has what was kept forced to the disk; nothing where it is already.
  ///
  /// The system does it while the program goes on; where it cannot, this waits for the disk.
  /// - Throws: ``StoreError`` where that failed, now or when it was begun the last time.
  public func settle() throws(StoreError) {
    guard isWaiting else { return }
    let queue = queue ?? disk_queue()
    self.queue = queue
    if queue != 0 {
      let failure = disk_flush(queue, descriptor)
      // It is still at the last time: what was kept since is for the next.
      if failure == EAGAIN { return }
      isWaiting = failure != 0
      if failure == 0 { return }
      // A file system that cannot do it by itself may do it while one waits.
      guard failure == EINVAL || failure == EOPNOTSUPP else { throw Self.failure(failure, path) }
      disk_close(queue)
      self.queue = 0
    }
    #if canImport(Glibc)
      // The file keeps its size, so that there is nothing but the data to wait for.
      let result = fdatasync(descriptor)
    #else
      let result = fsync(descriptor)
    #endif
    guard result == 0 else { throw Self.failure(errno, path) }
    isWaiting = false
  }

  /// Whether the file is still in its place: its owner may have removed it before letting go of it.
  private static func stands(_ descriptor: Int32, at path: String) -> Bool {
    var (own, there) = (stat(), stat())
    return fstat(descriptor, &own) == 0 && stat(path, &there) == 0 && own.st_ino == there.st_ino
      && own.st_dev == there.st_dev
  }

  /// Writes to the two slots in turn, so that a write that is cut short leaves the one before.
  private func write(_ payload: [UInt8]) throws(StoreError) {
    turn += 1
    var bytes = Self.magic
    withUnsafeBytes(of: turn.littleEndian) { bytes += $0 }
    withUnsafeBytes(of: UInt32(payload.count).littleEndian) { bytes += $0 }
    bytes += payload
    withUnsafeBytes(of: Self.checksum(bytes[...]).littleEndian) { bytes += $0 }
    let place = off_t(turn % 2) * off_t(Self.slot)
    guard pwrite(descriptor, bytes, bytes.count, place) == bytes.count else {
      throw Self.failure(errno, path)
    }
    isWaiting = true
  }

  private static func latest(_ descriptor: Int32) -> (turn: UInt64, draft: Draft?) {
    var found: (turn: UInt64, draft: Draft?) = (0, nil)
    for place in 0...1 {
      var bytes = [UInt8](repeating: 0, count: slot)
      let count = pread(descriptor, &bytes, slot, off_t(place * slot))
      guard count >= 28, bytes.starts(with: magic) else { continue }
      let turn = bytes[8..<16].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      let length = bytes[16..<20].reversed().reduce(0) { $0 << 8 | Int($1) }
      guard length <= count - 28, turn > found.turn else { continue }
      let sum = bytes[20 + length..<28 + length].reversed().reduce(UInt64(0)) {
        $0 << 8 | UInt64($1)
      }
      guard sum == checksum(bytes[..<(20 + length)]) else { continue }
      found = (turn, length == 0 ? nil : Draft(encoded: bytes[20..<20 + length]))
    }
    return found
  }

  /// FNV-1a: against torn writes, not against anybody.
  private static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }

  private static func failure(_ code: Int32, _ path: String) -> StoreError {
    switch code {
    case EACCES, EPERM: .noPermission(path)
    case EROFS: .readOnly(path)
    case ENOSPC, EDQUOT, EFBIG: .diskFull(path)
    default: .disk(path, detail: String(cString: strerror(code)))
    }
  }
}
