import Glibc
import Quantities
import Terminal

/// What was typed or lies in a file and cannot be used; the program ends with status 2.
struct BadInput: Error {
  /// One sentence a line, each saying what would be right.
  let lines: [String]

  init(_ lines: [String]) {
    self.lines = lines
  }

  init(_ line: String) {
    lines = [line]
  }
}

/// Data to standard output, messages to standard error; nothing that could steer a terminal.
enum Output {
  /// Writes lines of data.
  static func print(_ text: String) {
    write(text, to: STDOUT_FILENO)
  }

  /// Writes a file's content as it is.
  static func data(_ text: String) {
    write(Array(text.utf8), to: STDOUT_FILENO)
  }

  /// Writes messages, each behind the program's name.
  static func complain(_ lines: [String]) {
    for line in lines {
      write(
        line.hasPrefix("Error") || line.hasPrefix("lobule") ? line : "lobule: \(line)",
        to: STDERR_FILENO)
    }
  }

  /// Writes messages that say their own place, as compilers do.
  static func report(_ lines: [String]) {
    for line in lines { write(line, to: STDERR_FILENO) }
  }

  private static func write(_ text: String, to file: Int32) {
    // Line by line, since a line break is a control character too.
    let safe = text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { String($0).displayable }.joined(separator: "\n")
    write(Array((safe + "\n").utf8), to: file)
  }

  private static func write(_ content: [UInt8], to file: Int32) {
    var bytes = content[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        // A reader that has gone, such as head, has seen what it wanted.
        if errno == EPIPE || file != STDOUT_FILENO { return }
        complain(["standard output cannot be written: \(String(cString: strerror(errno)))"])
        Glibc.exit(2)
      }
      bytes = bytes.dropFirst(count)
    }
  }
}

extension String {
  /// The text with blanks behind it up to a width.
  func padded(to columns: Int) -> String {
    self + String(repeating: " ", count: max(0, columns - self.columns))
  }

  /// The text with blanks before it up to a width.
  func padded(left columns: Int) -> String {
    String(repeating: " ", count: max(0, columns - self.columns)) + self
  }
}
