import Terminal

/// What is known of a text that was sent to be copied, in words.
enum Copying {
  /// Whether the terminal took it cannot be known, so that the sentence says no more than was done.
  ///
  /// Where nothing could be sent, the text goes to a file.
  static func outcome(of text: String, _ outcome: CopyOutcome) -> String {
    let lines = text.split(whereSeparator: \.isNewline)
    let what = lines.count == 1 ? text : "\(lines.count) lines"
    switch outcome {
    case .sentToTerminal: return "Sent to the terminal's clipboard: \(what)"
    case .sentThroughTmux:
      return "Sent to tmux, which needs set-clipboard or allow-passthrough on: \(what)"
    case .sentThroughScreen: return "Sent through screen to the terminal's clipboard: \(what)"
    case .noClipboard: return keep(text, because: "This terminal has no clipboard")
    case .tooLong(let limit):
      return keep(text, because: "No terminal's clipboard takes more than \(limit) bytes")
    }
  }

  private static func keep(_ text: String, because reason: String) -> String {
    guard let path = UserFiles.copied else { return "\(reason). Nothing was copied." }
    if let failure = UserFiles.write(text + "\n", to: path) {
      return "\(reason), and \(UserFiles.shown(path)) cannot be written: \(failure)"
    }
    return "\(reason); written to \(UserFiles.shown(path))"
  }
}
