import Cohorts
import Glibc
import Synchronization

/// How far a long run is, in one line of the terminal behind standard error; nothing where that is no
/// terminal or cannot clear a line.
struct ProgressBar: Sendable {
  private let size: Int?
  private let isShown: Bool
  private let begin = ContinuousClock.now
  private let shown = LastShown()

  private final class LastShown: Sendable {
    let moment = Mutex<ContinuousClock.Instant?>(nil)
  }

  /// - Parameters:
  ///   - size: The bytes that are to be read; `nil` where nobody knows.
  ///   - isHidden: Whether it is not wanted.
  init(size: Int?, isHidden: Bool) {
    self.size = size
    let type = getenv("TERM").map { String(cString: $0) } ?? "dumb"
    isShown = !isHidden && isatty(STDERR_FILENO) == 1 && type != "dumb"
  }

  /// Draws it, ten times a second at the most.
  func show(_ progress: Cohort.Progress) {
    guard isShown else { return }
    let now = ContinuousClock.now
    let isDue = shown.moment.withLock { last in
      if let last, now - last < .milliseconds(100) { return false }
      last = now
      return true
    }
    guard isDue else { return }
    let line = Self.line(
      rows: progress.rows, share: size.map { Double(progress.bytes) / Double(max(1, $0)) },
      elapsed: now - begin, width: Self.width)
    draw("\r\(line)\u{1B}[K")
  }

  /// Takes it away.
  func clear() {
    guard isShown, shown.moment.withLock({ $0 }) != nil else { return }
    draw("\r\u{1B}[K")
  }

  /// The line: a bar as long as there is room for one, the part that is done, the rows, and how long
  /// it may take; what does not fit is left out from its end, so that no line is ever broken.
  static func line(rows: Int, share: Double?, elapsed: Duration, width: Int) -> String {
    var parts = ["\(rows) rows"]
    guard let share = share.map({ min(1, max(0, $0)) }) else { return fitting(parts, width) }
    parts.insert("\(Int(share * 100)) %", at: 0)
    let seconds = elapsed / .seconds(1)
    if share > 0, seconds >= 1 {
      let left = (seconds * (1 - share) / share).rounded(.up)
      parts.append("\(left < 120 ? "\(Int(left)) s" : "\(Int(left / 60)) min") left")
    }
    let text = fitting(parts, width)
    let room = min(30, width - text.count - 5)
    guard room >= 5 else { return text }
    let filled = Int(share * Double(room))
    return "[" + String(repeating: "#", count: filled)
      + String(repeating: ".", count: room - filled) + "] " + text
  }

  /// As many of the parts as fit beside the cursor.
  private static func fitting(_ parts: [String], _ width: Int) -> String {
    for count in stride(from: parts.count, to: 0, by: -1) {
      let text = parts.prefix(count).joined(separator: "  ")
      if text.count < width { return text }
    }
    return ""
  }

  /// The columns of the terminal.
  private static var width: Int {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  private func draw(_ text: String) {
    _ = Array(text.utf8).withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
