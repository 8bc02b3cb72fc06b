import ArgumentParser
import Cohorts
import Dispatch
import Glibc
import Synchronization
import Terminal

/// `lobule score --from`: scores of a file of patients, from the file to another one.
struct CohortRun: Sendable {
  /// The file of patients; `-` for standard input.
  let input: String
  /// The file that is made; standard output where it is `nil`.
  let output: String?
  let cohort: Cohort

  /// More rows than these are not told one by one.
  private static let mostMessages = 20

  /// Does the work.
  ///
  /// - Throws: ``BadInput`` where a file or its header cannot be used; exit status 1 where a row
  ///   could not be read.
  func run() throws {
    let source = try InputStream(input)
    let target = try OutputStream(output, filtered: cohort.format == .table, besides: source)
    let bar = ProgressBar(size: source.size, isHidden: output == nil && isatty(STDOUT_FILENO) == 1)
    let (cohort, name) = (cohort, source.name)
    let report: CohortReport
    do {
      report = try waitFor {
        var told = 0
        return try await cohort.score(
          from: { try source.read($0) },
          to: { try target.write($0) },
          onBadRow: { row in
            told += 1
            guard told <= Self.mostMessages else { return }
            bar.clear()
            Output.complain(row.sentences.map { "\(name), \($0)" })
          },
          onProgress: { bar.show($0) })
      }
      bar.clear()
      try target.close()
    } catch {
      bar.clear()
      target.discard()
      if let error = error as? CohortError {
        throw BadInput(error.problems.map { "\(name), \($0)" })
      }
      throw error
    }
    Output.complain(messages(report))
    if report.badRows > 0 { throw ExitCode(1) }
  }

  private func messages(_ report: CohortReport) -> [String] {
    var lines: [String] = []
    if report.badRows > Self.mostMessages {
      lines.append("and \(report.badRows - Self.mostMessages) more; the column reason has them all")
    }
    lines.append(
      "\(report.rows) \(report.rows == 1 ? "row" : "rows")"
        + (report.badRows > 0 ? ", \(report.badRows) of them could not be read" : ""))
    lines += report.remarks
    if !report.unusedColumns.isEmpty {
      let names = report.unusedColumns.joined(separator: ", ")
      lines.append("not used by these scores: \(names)")
    }
    return lines
  }

  /// Waits on this thread for a job that runs on others.
  private func waitFor<Result: Sendable>(
    _ job: @escaping @Sendable () async throws -> Result
  ) throws -> Result {
    let done = DispatchSemaphore(value: 0)
    let result = ResultBox<Result>()
    Task.detached {
      do {
        result.set(.success(try await job()))
      } catch {
        result.set(.failure(error))
      }
      done.signal()
    }
    done.wait()
    return try result.get()
  }

  private final class ResultBox<Value: Sendable>: Sendable {
    private let outcome = Mutex<Result<Value, any Error>?>(nil)

    func set(_ result: Result<Value, any Error>) { outcome.withLock { $0 = result } }

    func get() throws -> Value {
      guard let result = outcome.withLock({ $0 }) else { throw CancellationError() }
      return try result.get()
    }
  }
}

/// A file or standard input, read in a stream.
struct InputStream: Sendable {
  /// What it is called in messages.
  let name: String
  /// Its length in bytes, where it has one.
  let size: Int?

  private let file: Int32
  private let place: (device: dev_t, node: ino_t)

  /// Opens a file; `-` is standard input.
  init(_ path: String) throws {
    name = path == "-" ? "standard input" : "'\(path)'"
    file = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    var about = stat()
    guard file >= 0, fstat(file, &about) == 0 else {
      throw BadInput("\(name) cannot be read: \(String(cString: strerror(errno)))")
    }
    guard about.st_mode & S_IFMT != S_IFDIR else { throw BadInput("\(name) is a folder") }
    size = about.st_mode & S_IFMT == S_IFREG ? Int(about.st_size) : nil
    place = (about.st_dev, about.st_ino)
  }

  /// Fills a buffer; zero at the end.
  func read(_ buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    while true {
      let count = Glibc.read(file, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      guard errno == EINTR else {
        throw BadInput("\(name) cannot be read: \(String(cString: strerror(errno)))")
      }
    }
  }

  /// Whether a path leads to this file.
  func isAt(_ path: String) -> Bool {
    var about = stat()
    return stat(path, &about) == 0 && about.st_dev == place.device && about.st_ino == place.node
  }
}

/// A file that appears whole under its name or not at all, or standard output.
struct OutputStream: Sendable {
  private let path: String?
  /// Where a file is made until it is whole; `nil` where it is written directly.
  private let draft: String?
  private let file: Int32
  private let isFiltered: Bool

  /// - Parameters:
  ///   - path: The file; standard output where it is `nil`.
  ///   - filtered: Whether it is for reading on a terminal.
  ///   - input: A file that must not be overwritten.
  init(_ path: String?, filtered: Bool, besides input: InputStream) throws {
    self.path = path
    guard let path else {
      (draft, file) = (nil, STDOUT_FILENO)
      isFiltered = filtered || isatty(STDOUT_FILENO) == 1
      return
    }
    isFiltered = false
    guard !input.isAt(path) else {
      throw BadInput("'\(path)' is the file that is read: name another one to write")
    }
    var about = stat()
    if stat(path, &about) == 0, about.st_mode & S_IFMT != S_IFREG {
      draft = nil
      file = open(path, O_WRONLY | O_CLOEXEC)
    } else {
      var name = Array((path + ".part-XXXXXX").utf8CString)
      file = mkstemp(&name)
      _ = fcntl(file, F_SETFD, FD_CLOEXEC)
      draft = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
    guard file >= 0 else {
      throw BadInput("'\(path)' cannot be made: \(String(cString: strerror(errno)))")
    }
  }

  /// Writes all of the bytes.
  func write(_ bytes: [UInt8]) throws {
    if isFiltered {
      let text = String(decoding: bytes, as: UTF8.self)
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      return try send(Array(lines.map { String($0).displayable }.joined(separator: "\n").utf8))
    }
    try send(bytes)
  }

  private func send(_ bytes: [UInt8]) throws {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(file, $0.baseAddress.map { $0 + sent }, $0.count - sent)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure() }
      sent += count
    }
  }

  /// Puts the file under its name.
  func close() throws {
    guard let path, let draft else { return }
    guard fsync(file) == 0 || errno == EINVAL else { throw failure() }
    guard Glibc.close(file) == 0, rename(draft, path) == 0 else { throw failure() }
  }

  /// Leaves nothing behind.
  func discard() {
    if let draft { unlink(draft) }
  }

  private func failure() -> BadInput {
    let name = path.map { "'\($0)'" } ?? "standard output"
    return errno == ENOSPC
      ? BadInput("\(name) cannot be written: the disk is full")
      : BadInput("\(name) cannot be written: \(String(cString: strerror(errno)))")
  }
}
