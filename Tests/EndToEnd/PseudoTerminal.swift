import CVTerm
import Glibc
import TestSupport

/// A program that runs in a terminal of its own, drawn by an emulator, so that tests see what a user
/// would see: text, looks, cursor, and what state the shell gets its terminal back in.
///
///     let terminal = try PseudoTerminal(arguments: ["--theme", "dark"], columns: 80, rows: 24)
///     try terminal.wait(text: "Patient")        // reads until the screen shows it
///     terminal.send("214")                      // typed characters
///     terminal.press(.tab)                      // keys, as this terminal sends them
///     terminal.press(.control("u"))
///     try terminal.wait("a MELD score") { $0.line(3).contains("MELD") }
///     #expect(terminal.cell(4, 3).isReversed)
///     terminal.press(.control("q"))
///     #expect(try terminal.exit() == 0)
///     #expect(terminal.modes == terminal.modesBefore)
///
/// Nothing happens between calls: output is read while one of the waiting functions runs. So never
/// sleep; wait for what the screen is to show. Tests may run in parallel, each with its own.
///
/// The program sees none of this machine's environment but `PATH`; give it `HOME` or whatever says
/// where its files go through `environment`. A test that makes it crash should set
/// `SWIFT_BACKTRACE` to `enable=no`, because Swift's own crash report waits for a key.
final class PseudoTerminal {
  /// What went wrong, with the last screen.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// The program built together with these tests, which lies beside their bundle.
  static var program: String {
    var path = [CChar](repeating: 0, count: 4096)
    let length = readlink("/proc/self/exe", &path, path.count)
    let own = String(
      decoding: path.prefix(max(0, length)).map(UInt8.init(bitPattern:)), as: UTF8.self)
    return (own.split(separator: "/").dropLast().map { "/" + $0 } + ["/lobule"]).joined()
  }

  /// The terminal's extent.
  private(set) var columns: Int, rows: Int
  /// How many bytes the program has sent so far.
  private(set) var bytesReceived = 0
  /// Everything the program has sent so far.
  private(set) var output: [UInt8] = []
  /// The terminal's modes before the program began.
  let modesBefore: Modes

  let master: Int32
  /// What the program uses as long as it runs.
  private let folder: TemporaryFolder?
  private let process: pid_t
  let emulator: OpaquePointer, screen: OpaquePointer
  let properties: UnsafeMutablePointer<Properties>
  private let callbacks: UnsafeMutablePointer<VTermScreenCallbacks>
  private var hasEnded = false, hasHungUp = false, hasBeenWaitedFor = false
  private var status: Int32 = 0

  struct Properties {
    var cursorVisible = true
    var alternate = false
  }

  // MARK: Starting

  /// Starts a program in a new terminal, as leader of its own session.
  /// - Parameters:
  ///   - program: its path; the built `lobule` when none is given.
  ///   - environment: added to TERM=xterm-256color, LANG=C.UTF-8 and PATH; an empty value unsets.
  ///   - folder: kept until the program has ended, since that may write into it until then.
  init(
    program: String = PseudoTerminal.program, arguments: [String] = [], columns: Int = 80,
    rows: Int = 24, environment: [String: String] = [:], keeping folder: TemporaryFolder? = nil
  ) throws {
    self.folder = folder
    self.columns = columns
    self.rows = rows
    // posix_openpt is hidden from Swift, and openpty would leave the pair open in other children.
    master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK)
    let unlock: UInt = 0x4004_5431
    let getNumber: UInt = 0x8004_5430
    var locked: Int32 = 0
    var number: UInt32 = 0
    guard master >= 0, ioctl(master, unlock, &locked) == 0, ioctl(master, getNumber, &number) == 0
    else { throw Failure(description: "no pseudo-terminal: \(Self.message(errno))") }
    Self.setSize(of: master, columns: columns, rows: rows)
    modesBefore = Modes(of: master)

    var variables = ["TERM": "xterm-256color", "LANG": "C.UTF-8"]
    // The last three let coverage and sanitizers see the program as well.
    for name in ["PATH", "LLVM_PROFILE_FILE", "ASAN_OPTIONS", "TSAN_OPTIONS"] {
      if let value = getenv(name) { variables[name] = String(cString: value) }
    }
    variables.merge(environment) { $1 }
    do {
      process = try Self.spawn(
        [program] + arguments, on: "/dev/pts/\(number)", variables.filter { !$0.value.isEmpty })
    } catch {
      close(master)
      throw error
    }

    emulator = vterm_new(Int32(rows), Int32(columns))
    vterm_set_utf8(emulator, 1)
    screen = vterm_obtain_screen(emulator)
    vterm_screen_enable_altscreen(screen, 1)
    properties = .allocate(capacity: 1)
    properties.initialize(to: Properties())
    callbacks = .allocate(capacity: 1)
    callbacks.initialize(to: VTermScreenCallbacks())
    callbacks.pointee.settermprop = { property, value, user in
      guard let value, let known = user?.assumingMemoryBound(to: Properties.self) else { return 0 }
      switch property {
      case VTERM_PROP_CURSORVISIBLE: known.pointee.cursorVisible = value.pointee.boolean != 0
      case VTERM_PROP_ALTSCREEN: known.pointee.alternate = value.pointee.boolean != 0
      default: return 0
      }
      return 1
    }
    vterm_screen_set_callbacks(screen, callbacks, properties)
    vterm_screen_reset(screen, 1)
  }

  deinit {
    if !hasBeenWaitedFor {
      kill(process, SIGKILL)
      waitpid(process, nil, 0)
    }
    if !hasHungUp { close(master) }
    vterm_free(emulator)
    callbacks.deallocate()
    properties.deallocate()
  }

  private static func spawn(
    _ arguments: [String], on terminal: String, _ environment: [String: String]
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // The first terminal that a session leader opens becomes its own.
    posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    let newSession: Int32 = 0x80
    posix_spawnattr_setflags(
      &attributes, Int16(newSession | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    var argv: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    var envp: [UnsafeMutablePointer<CChar>?] =
      environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for string in argv + envp { free(string) } }
    var process: pid_t = 0
    let failure = posix_spawn(&process, arguments[0], &actions, &attributes, &argv, &envp)
    guard failure == 0 else {
      throw Failure(description: "cannot start \(arguments[0]): \(message(failure))")
    }
    return process
  }

  private static func message(_ number: Int32) -> String { String(cString: strerror(number)) }

  // MARK: Typing

  /// A key of this terminal.
  enum Key {
    case enter, tab, backTab, escape, backspace, delete, insert
    case up, down, left, right, home, end, pageUp, pageDown
    case function(Int), control(Character)
  }

  /// Types characters; control characters and escape sequences may be among them.
  func send(_ text: String) { send(bytes: Array(text.utf8)) }

  /// Sends bytes, waiting where the program is slow to take them.
  func send(bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty, !hasEnded {
      let sent = rest.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
      if sent > 0 {
        rest = rest.dropFirst(sent)
      } else if sent < 0, errno == EAGAIN {
        pump(5)
      } else {
        return
      }
    }
  }

  /// Presses keys, which are sent as the modes that the program has chosen ask for.
  func press(_ keys: Key...) {
    for key in keys {
      switch key {
      case .enter: send("\r")
      case .tab: send("\t")
      case .escape: send("\u{1B}")
      case .backspace: send("\u{7F}")
      case .control(let character):
        let value = character.uppercased().unicodeScalars.first?.value ?? 0
        send(bytes: [UInt8(truncatingIfNeeded: value & 0x1F)])
      case .backTab: press(VTERM_KEY_TAB, VTERM_MOD_SHIFT)
      case .delete: press(VTERM_KEY_DEL)
      case .insert: press(VTERM_KEY_INS)
      case .up: press(VTERM_KEY_UP)
      case .down: press(VTERM_KEY_DOWN)
      case .left: press(VTERM_KEY_LEFT)
      case .right: press(VTERM_KEY_RIGHT)
      case .home: press(VTERM_KEY_HOME)
      case .end: press(VTERM_KEY_END)
      case .pageUp: press(VTERM_KEY_PAGEUP)
      case .pageDown: press(VTERM_KEY_PAGEDOWN)
      case .function(let number):
        press(VTermKey(rawValue: VTERM_KEY_FUNCTION_0.rawValue + UInt32(number)))
      }
    }
  }

  private func press(_ key: VTermKey, _ modifier: VTermModifier = VTERM_MOD_NONE) {
    vterm_keyboard_key(emulator, key, modifier)
    answer()
  }

  /// Pastes text: between markers where the program has asked for them, as if typed where not.
  func paste(_ text: String) {
    vterm_keyboard_start_paste(emulator)
    answer()
    send(text)
    vterm_keyboard_end_paste(emulator)
    answer()
  }

  // MARK: What can happen to a terminal

  /// Changes the terminal's size; the program hears of it.
  func resize(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    vterm_set_size(emulator, Int32(rows), Int32(columns))
    Self.setSize(of: master, columns: columns, rows: rows)
  }

  private static func setSize(of terminal: Int32, columns: Int, rows: Int) {
    var size = winsize(
      ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(terminal, UInt(TIOCSWINSZ), &size)
  }

  /// Sends the program a signal, as `SIGTERM`, or `SIGCONT` after ``waitUntilStopped()``.
  func signal(_ number: Int32) { kill(process, number) }

  /// Takes the terminal away, as closing its window does.
  ///
  /// Its modes cannot be read any more.
  func hangUp() {
    guard !hasHungUp else { return }
    hasHungUp = true
    hasEnded = true
    close(master)
  }

  /// The processor time that the program has used so far, in clock ticks of a hundredth of a second.
  var processorTicks: Int {
    guard let file = fopen("/proc/\(process)/stat", "r") else { return 0 }
    defer { fclose(file) }
    var text = [CChar](repeating: 0, count: 1024)
    let length = fread(&text, 1, text.count - 1, file)
    let line = String(decoding: text[..<length].map(UInt8.init(bitPattern:)), as: UTF8.self)
    // The program's name may contain blanks; the fields are counted from behind it.
    let fields = line.split(separator: ")").last?.split(separator: " ") ?? []
    return fields.count > 12 ? (Int(fields[11]) ?? 0) + (Int(fields[12]) ?? 0) : 0
  }

  // MARK: Waiting

  /// Waits until the screen answers a question.
  /// - Parameter what: what is waited for, for the error, which shows the last screen.
  func wait(
    _ what: String, seconds: Double = 10, for condition: (PseudoTerminal) -> Bool
  ) throws {
    let end = Self.now() + seconds
    while !condition(self) {
      guard Self.now() < end, !hasEnded else {
        throw Failure(
          description: "\(hasEnded ? "ended before" : "never seen"): \(what), but\n\(text)")
      }
      pump(20)
    }
    // A picture may come in pieces, and what is waited for need not be in the last.
    while Self.now() < end, pump(5) {}
  }

  /// Waits until the screen shows a text, which must not be broken between lines.
  func wait(text wanted: String, seconds: Double = 10) throws {
    try wait("“\(wanted)”", seconds: seconds) { $0.text.contains(wanted) }
  }

  /// Waits until the screen no longer shows a text.
  func wait(gone unwanted: String, seconds: Double = 10) throws {
    try wait("no “\(unwanted)”", seconds: seconds) { !$0.text.contains(unwanted) }
  }

  /// Reads for a while and says how many bytes came: 0 from a program that is idle.
  func bytesReceived(withinMilliseconds milliseconds: Int) -> Int {
    let before = bytesReceived
    let end = Self.now() + Double(milliseconds) / 1000
    while Self.now() < end, !hasEnded { pump(Int32(max(1, (end - Self.now()) * 1000))) }
    return bytesReceived - before
  }

  /// Waits until the program has had nothing to say for a while.
  func waitUntilQuiet(milliseconds: Int = 300, seconds: Double = 10) throws {
    let end = Self.now() + seconds
    while bytesReceived(withinMilliseconds: milliseconds) > 0 {
      guard Self.now() < end else {
        throw Failure(description: "the program never fell silent; its screen:\n\(text)")
      }
    }
  }

  /// Waits until the program has stopped itself, as after Ctrl-Z; `signal(SIGCONT)` continues it.
  func waitUntilStopped(seconds: Double = 10) throws {
    let end = Self.now() + seconds
    while Self.now() < end {
      if waitpid(process, &status, WNOHANG | WUNTRACED) == process {
        if status & 0xFF == 0x7F {
          while pump(0) {}
          return
        }
        hasBeenWaitedFor = true
        break
      }
      pump(5)
    }
    throw Failure(description: "the program did not stop; its screen:\n\(text)")
  }

  /// Waits for the end of the program.
  /// - Returns: its exit status, or the number of the signal that killed it, negative.
  func exit(seconds: Double = 10) throws -> Int32 {
    let end = Self.now() + seconds
    while !hasBeenWaitedFor {
      guard Self.now() < end else {
        throw Failure(description: "the program did not end; its screen:\n\(text)")
      }
      if waitpid(process, &status, WNOHANG) == process {
        hasBeenWaitedFor = true
      } else if hasEnded {
        usleep(2000)
      } else {
        pump(5)
      }
    }
    while pump(20) {}
    return status & 0x7F == 0 ? status >> 8 & 0xFF : -(status & 0x7F)
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// Takes what the program sends within the time; whether anything came.
  @discardableResult
  private func pump(_ milliseconds: Int32) -> Bool {
    // The number of a closed terminal may be another test's by now.
    if hasHungUp { return false }
    var ready = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard poll(&ready, 1, milliseconds) > 0 else { return false }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    let count = read(master, &buffer, buffer.count)
    guard count > 0 else {
      if count == 0 || errno != EAGAIN { hasEnded = true }
      return false
    }
    bytesReceived += count
    output += buffer[..<count]
    _ = buffer.withUnsafeBytes {
      vterm_input_write(emulator, $0.assumingMemoryBound(to: CChar.self).baseAddress, count)
    }
    answer()
    return true
  }

  /// Sends what the emulator has to say: keys, and answers to the program's questions.
  private func answer() {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = vterm_output_read(emulator, &buffer, buffer.count)
    if count > 0 { send(bytes: buffer[..<count].map(UInt8.init(bitPattern:))) }
  }
}
