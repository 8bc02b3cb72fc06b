internal import CNcurses

/// What became of a text that was to be copied.
public enum CopyOutcome: Hashable, Sendable {
  /// It was sent to the terminal, which may have taken it: that cannot be known.
  case sentToTerminal
  /// It was sent through tmux, which passes it on where it is set up to.
  case sentThroughTmux
  /// It was sent through screen, to the terminal around it.
  case sentThroughScreen
  /// Nothing was sent: this kind of terminal has no clipboard, and would show the text.
  case noClipboard
  /// Nothing was sent: terminals take so many bytes at the most.
  case tooLong(limit: Int)
}

extension Screen {
  /// Sends text to the terminal's clipboard (OSC 52).
  ///
  /// Whether the terminal takes it cannot be known.
  public func copy(_ text: String) -> CopyOutcome {
    guard isOpen, Self.mayAsk else { return .noClipboard }
    let surroundings: Clipboard.Surroundings =
      Self.environment("TMUX") != nil ? .tmux : Self.environment("STY") != nil ? .screen : .terminal
    guard let bytes = Clipboard.sequence(for: text, in: surroundings) else {
      return .tooLong(limit: Clipboard.limit)
    }
    tty_say(bytes, bytes.utf8.count)
    switch surroundings {
    case .terminal: return .sentToTerminal
    case .tmux: return .sentThroughTmux
    case .screen: return .sentThroughScreen
    }
  }
}

/// The sequences that hand a text to a terminal's clipboard.
enum Clipboard {
  /// What stands between the program and the terminal.
  enum Surroundings {
    case terminal, tmux, screen
  }

  /// The most bytes of a text: xterm and others take 100,000 in base 64.
  static let limit = 74_000

  /// What is to be sent; `nil` for a text that is too long.
  static func sequence(for text: String, in surroundings: Surroundings) -> String? {
    let bytes = Array(text.utf8)
    guard bytes.count <= limit else { return nil }
    let plain = "\u{1B}]52;c;\(base64(bytes))\u{07}"
    switch surroundings {
    case .terminal: return plain
    case .tmux:
      // Where set-clipboard is on, tmux takes the first; where allow-passthrough is, the terminal
      // around it gets the second, each ESC of which is doubled.
      return plain + "\u{1B}Ptmux;" + plain.replacing("\u{1B}", with: "\u{1B}\u{1B}") + "\u{1B}\\"
    case .screen:
      // A string that screen passes on is short, 256 bytes in old versions; the terminal joins them.
      var result = ""
      var rest = plain[...]
      while !rest.isEmpty {
        result += "\u{1B}P" + rest.prefix(240) + "\u{1B}\\"
        rest = rest.dropFirst(240)
      }
      return result
    }
  }

  static func base64(_ bytes: [UInt8]) -> String {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var result: [UInt8] = []
    result.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let three = bytes[start..<min(start + 3, bytes.count)]
      var value = three.reduce(0) { $0 << 8 | Int($1) }
      value <<= 8 * (3 - three.count)
      for place in 0..<4 {
        let digit = digits[value >> (18 - 6 * place) & 63]
        result.append(place <= three.count ? digit : UInt8(ascii: "="))
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
