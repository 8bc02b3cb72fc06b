import Glibc

/// What is known of a text that was sent to be copied, in words.
enum Clipboard {
  /// Whether the terminal took it cannot be known, so that the sentence says no more than was done.
  static func outcome(of text: String, sent: Bool) -> String {
    guard sent else { return "Nothing was copied: this terminal has no clipboard to send to." }
    let lines = text.split(whereSeparator: \.isNewline)
    let what = lines.count == 1 ? text : "\(lines.count) lines"
    if getenv("TMUX") != nil {
      return "Sent to tmux, which passes it on where set-clipboard is on: \(what)"
    }
    if getenv("STY") != nil { return "Sent to screen, which may not pass it on: \(what)" }
    return "Sent to the terminal's clipboard: \(what)"
  }
}
