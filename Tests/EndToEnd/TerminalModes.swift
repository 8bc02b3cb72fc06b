import Glibc

/// What a terminal remembers between programs.
extension PseudoTerminal {
  /// All that a terminal remembers between programs (termios).
  struct Modes: Equatable, CustomStringConvertible {
    private let flags: [tcflag_t]
    private let characters: [UInt8]

    init(of terminal: Int32) {
      var modes = termios()
      tcgetattr(terminal, &modes)
      flags = [modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag]
      characters = withUnsafeBytes(of: modes.c_cc) { Array($0) }
    }

    /// Whether it echoes and takes whole lines, as a shell's user expects.
    var isCooked: Bool {
      let wanted = tcflag_t(ECHO | ICANON)
      return flags[3] & wanted == wanted
    }

    var description: String {
      let names = ["input", "output", "control", "local"]
      return zip(names, flags).map { "\($0) \(String($1, radix: 8))" }.joined(separator: ", ")
        + ", characters \(characters)"
    }
  }

  /// The terminal's modes now; compare them with ``modesBefore`` once the program has ended.
  var modes: Modes { Modes(of: master) }

  /// Whether the terminal echoes and takes whole lines now.
  var isCooked: Bool { modes.isCooked }
}
