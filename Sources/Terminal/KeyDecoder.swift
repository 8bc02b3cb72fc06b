/// Turns the bytes that a terminal sends into keys and pasted text.
///
/// It knows no clock: whoever feeds it says when nothing more has come for a while.
struct KeyDecoder {
  /// More of a paste than this is dropped.
  static let pasteLimit = 64 * 1024

  private var bytes: ArraySlice<UInt8> = []
  private var pasted: [UInt8]?
  private let sequences: [[UInt8]: Key]
  /// Whether the terminal's background has been asked for, and its answer may come in pieces.
  var expectsBackground = false
  /// Whether the byte before was an ESC that was taken for the key, and began an answer perhaps.
  private var hasGivenEscape = false

  /// - Parameter sequences: what this terminal sends for some keys, beside what all terminals send.
  init(sequences: [[UInt8]: Key] = [:]) {
    self.sequences = sequences.filter { $0.key.count > 1 && $0.key.first == Self.escape }
  }

  /// What the decoder waits for before it can say what has come.
  enum Waiting {
    case nothing, restOfKey, restOfPaste
    /// A lone ESC, while an answer is expected.
    case perhapsAnswer
    /// An answer has begun, and nothing else can be meant.
    case restOfAnswer
  }

  var waiting: Waiting {
    if pasted != nil { return .restOfPaste }
    if bytes.isEmpty { return .nothing }
    if expectsBackground, bytes.first == Self.escape {
      if bytes.count == 1 { return .perhapsAnswer }
      if case .incomplete = background() { return .restOfAnswer }
    }
    return .restOfKey
  }

  mutating func feed(_ more: some Sequence<UInt8>) { bytes.append(contentsOf: more) }

  /// The next event, or none where more bytes are needed.
  /// - Parameter idle: nothing more came for a while, so that what is there has to be all.
  mutating func next(idle: Bool = false) -> Event? {
    while true {
      if pasted != nil {
        if let text = takePaste(idle: idle) {
          if text.isEmpty { continue }
          return .paste(text)
        }
        return nil
      }
      let step = step(idle: idle)
      if case .incomplete = step { return nil }
      hasGivenEscape = false
      switch step {
      case .key(let key, let length):
        hasGivenEscape = key == .escape && length == 1 && expectsBackground
        drop(length)
        return .key(key)
      case .mouse(let press, let length):
        drop(length)
        return .mouse(press)
      case .background(let background, let length):
        expectsBackground = false
        drop(length)
        return .background(background)
      case .ignored(let length): drop(length)
      case .pasteBegins(let length):
        drop(length)
        pasted = []
      case .incomplete: return nil
      }
    }
  }

  // MARK: Keys

  private static let escape: UInt8 = 0x1B

  private enum Step {
    case key(Key, Int)
    case ignored(Int)
    case pasteBegins(Int)
    case background(Background, Int)
    case mouse(MousePress, Int)
    case incomplete
  }

  private mutating func drop(_ count: Int) {
    bytes = bytes.dropFirst(count)
    if bytes.isEmpty { bytes = [] }
  }

  private func byte(_ offset: Int) -> UInt8? {
    let index = bytes.startIndex + offset
    return index < bytes.endIndex ? bytes[index] : nil
  }

  private func step(idle: Bool) -> Step {
    guard let first = byte(0) else { return .incomplete }
    if let answer = background(), !idle || first == Self.escape { return answer }
    switch first {
    case Self.escape: return escaped(idle: idle)
    case 0x00: return .key(.control(" "), 1)
    case 0x08, 0x7F: return .key(.backspace, 1)
    case 0x09: return .key(.tab, 1)
    case 0x0A, 0x0D: return .key(.enter, 1)
    case 0x01..<0x1B: return .key(.control(Character(Unicode.Scalar(first + 0x60))), 1)
    case 0x1C..<0x20: return .key(.control(Character(Unicode.Scalar(first + 0x40))), 1)
    case 0x20..<0x7F: return .key(.character(Character(Unicode.Scalar(first))), 1)
    default: return encoded(first, idle: idle)
    }
  }

  private func encoded(_ first: UInt8, idle: Bool) -> Step {
    let length =
      switch first {
      case 0xC2..<0xE0: 2
      case 0xE0..<0xF0: 3
      case 0xF0..<0xF5: 4
      default: 1
      }
    for offset in 1..<max(2, length) {
      guard let next = byte(offset) else {
        return idle || length == 1 ? .ignored(offset) : .incomplete
      }
      guard next & 0xC0 == 0x80 else { return .ignored(offset) }
    }
    guard length > 1,
      let scalar = String(validating: bytes.prefix(length), as: UTF8.self)?.unicodeScalars.first
    else { return .ignored(1) }
    switch Display(scalar) {
    case .cell(let shown, _) where shown != scalar: return .ignored(length)
    case .nothing: return .ignored(length)
    default: return .key(.character(Character(scalar)), length)
    }
  }

  private func escaped(idle: Bool) -> Step {
    if let (key, length) = listed() { return .key(key, length) }
    if !idle, sequences.keys.contains(where: { $0.count > bytes.count && $0.starts(with: bytes) }) {
      return .incomplete
    }
    switch byte(1) {
    case UInt8(ascii: "["): return controlSequence() ?? (idle ? .key(.escape, 1) : .incomplete)
    case UInt8(ascii: "O"): return singleShift(idle: idle)
    case UInt8(ascii: "]"): return answer() ?? (idle ? .key(.escape, 1) : .incomplete)
    case nil: return idle ? .key(.escape, 1) : .incomplete
    default: return .key(.escape, 1)
    }
  }

  /// The longest of the terminal's own sequences that the bytes begin with.
  private func listed() -> (Key, Int)? {
    guard !sequences.isEmpty else { return nil }
    let found = sequences.filter { bytes.starts(with: $0.key) }.max { $0.key.count < $1.key.count }
    return found.map { ($0.value, $0.key.count) }
  }

  /// ESC [ parameters letter.
  ///
  /// What is not known is swallowed whole, so that it is never typed.
  private func controlSequence() -> Step? {
    // The Linux console's F1 to F5 have a second bracket.
    if byte(2) == UInt8(ascii: "[") {
      guard let letter = byte(3) else { return nil }
      guard (UInt8(ascii: "A")...UInt8(ascii: "E")).contains(letter) else {
        return .key(.escape, 1)
      }
      return .key(.function(Int(letter) - 64), 4)
    }
    var offset = 2
    while let next = byte(offset), (0x20..<0x40).contains(next) { offset += 1 }
    guard let final = byte(offset) else { return nil }
    guard (0x40..<0x7F).contains(final) else { return .key(.escape, 1) }
    let text = bytes.dropFirst(2).prefix(offset - 2)
    let length = offset + 1
    if text.first == UInt8(ascii: "<"), final == UInt8(ascii: "M") {
      return Self.mouse(text.dropFirst()).map { .mouse($0, length) } ?? .ignored(length)
    }
    guard text.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x3B }) else {
      return .ignored(length)
    }
    let numbers = text.split(separator: 0x3B, omittingEmptySubsequences: false)
      .map { Int(String(decoding: $0, as: UTF8.self)) ?? 1 }
    if final == UInt8(ascii: "~") {
      if numbers.first == 200 { return .pasteBegins(length) }
      guard let number = numbers.first, let key = Self.tilde[number] else {
        return .ignored(length)
      }
      return .key(key.held(with: numbers), length)
    }
    // A report of the cursor's place is not F3.
    if final == UInt8(ascii: "R"), numbers.count != 1, numbers.first != 1 {
      return .ignored(length)
    }
    guard let key = Self.letters[final] ?? Self.shiftedLetters[final] else {
      return .ignored(length)
    }
    return .key(key.held(with: numbers), length)
  }

  /// Button ; column ; row, counted from 1, as xterm's mode 1006 has it.
  ///
  /// `nil` for other buttons, for movements, and where a key is held with it.
  private static func mouse(_ text: ArraySlice<UInt8>) -> MousePress? {
    let numbers = text.split(separator: 0x3B).map { Int(String(decoding: $0, as: UTF8.self)) ?? -1 }
    let buttons: [Int: MousePress.Button] = [0: .left, 64: .wheelUp, 65: .wheelDown]
    guard numbers.count == 3, numbers[1] > 0, numbers[2] > 0, let button = buttons[numbers[0]]
    else { return nil }
    return MousePress(button, at: Point(x: numbers[1] - 1, y: numbers[2] - 1))
  }

  private func singleShift(idle: Bool) -> Step {
    guard let letter = byte(2) else { return idle ? .key(.escape, 1) : .incomplete }
    if let key = Self.letters[letter] ?? Self.keypad[letter] { return .key(key, 3) }
    return .key(.escape, 1)
  }

  /// ESC ] 11 ; rgb:… BEL or ESC \, what lies behind the text; `nil` where it is something else.
  ///
  /// It may come in pieces, and late. What has begun so is no key: where it does not go on as an
  /// answer does, what has come of it is dropped.
  private func background() -> Step? {
    let start: Int
    if byte(0) == Self.escape, byte(1) == UInt8(ascii: "]") {
      start = 2
    } else if hasGivenEscape, byte(0) == UInt8(ascii: "]") {
      start = 1
    } else {
      return nil
    }
    let name = Array("11;".utf8)
    for (offset, letter) in name.enumerated() {
      guard let next = byte(start + offset) else { return expectsBackground ? .incomplete : nil }
      guard next == letter else { return nil }
    }
    var offset = start + name.count
    while let next = byte(offset), offset < 64 {
      let isText = (0x2F...0x3A).contains(next) || (0x61...0x7A).contains(next | 0x20)
      if isText {
        offset += 1
        continue
      }
      let content = bytes.dropFirst(start + name.count).prefix(offset - start - name.count)
      var end = offset
      if next == 0x07 {
        end += 1
      } else if next == Self.escape {
        guard let last = byte(offset + 1) else { return expectsBackground ? .incomplete : nil }
        if last == UInt8(ascii: "\\") { end += 2 }
      }
      let found = Background(color: String(decoding: content, as: UTF8.self))
      return end > offset ? found.map { .background($0, end) } ?? .ignored(end) : .ignored(offset)
    }
    return offset == 64 ? .ignored(offset) : expectsBackground ? .incomplete : nil
  }

  /// ESC ] number ; … BEL, a terminal's late answer to a question.
  private func answer() -> Step? {
    guard let digit = byte(2) else { return nil }
    guard (0x30...0x39).contains(digit) else { return .key(.escape, 1) }
    var offset = 3
    while let next = byte(offset) {
      if next == 0x07 { return .ignored(offset + 1) }
      if next == Self.escape {
        guard let end = byte(offset + 1) else { return nil }
        return .ignored(end == UInt8(ascii: "\\") ? offset + 2 : offset)
      }
      guard next >= 0x20, offset < 4096 else { return .key(.escape, 1) }
      offset += 1
    }
    return nil
  }

  private static let letters: [UInt8: Key] = [
    UInt8(ascii: "A"): .up, UInt8(ascii: "B"): .down, UInt8(ascii: "C"): .right,
    UInt8(ascii: "D"): .left, UInt8(ascii: "H"): .home, UInt8(ascii: "F"): .end,
    UInt8(ascii: "P"): .function(1), UInt8(ascii: "Q"): .function(2),
    UInt8(ascii: "R"): .function(3), UInt8(ascii: "S"): .function(4), UInt8(ascii: "Z"): .backTab,
  ]

  private static let shiftedLetters: [UInt8: Key] = [
    UInt8(ascii: "a"): .shiftUp, UInt8(ascii: "b"): .shiftDown, UInt8(ascii: "c"): .shiftRight,
    UInt8(ascii: "d"): .shiftLeft,
  ]

  /// What the numeric keypad sends in application mode.
  private static let keypad: [UInt8: Key] = {
    var keys: [UInt8: Key] = [
      UInt8(ascii: "M"): .enter, UInt8(ascii: "X"): .character("="), UInt8(ascii: "a"): .controlUp,
      UInt8(ascii: "b"): .controlDown, UInt8(ascii: "c"): .controlRight,
      UInt8(ascii: "d"): .controlLeft,
    ]
    for (letter, character) in zip(UInt8(ascii: "j")...UInt8(ascii: "y"), "*+,-./0123456789") {
      keys[letter] = .character(character)
    }
    return keys
  }()

  private static let tilde: [Int: Key] = {
    var keys: [Int: Key] = [
      1: .home, 2: .insert, 3: .delete, 4: .end, 5: .pageUp, 6: .pageDown, 7: .home, 8: .end,
    ]
    let numbers = [
      11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24, 25, 26, 28, 29, 31, 32, 33, 34,
    ]
    for (index, number) in numbers.enumerated() { keys[number] = .function(index + 1) }
    return keys
  }()

  // MARK: Pastes

  private static let pasteEnd: [UInt8] = [0x1B, 0x5B, 0x32, 0x30, 0x31, 0x7E]

  /// Moves bytes into the paste; its text once the end has come, or can no longer be expected.
  private mutating func takePaste(idle: Bool) -> String? {
    var ended = false
    var cut = bytes.endIndex
    var index = bytes.startIndex
    while let found = bytes[index...].firstIndex(of: Self.escape) {
      let rest = bytes[found...]
      if rest.starts(with: Self.pasteEnd) {
        cut = found
        ended = true
        break
      }
      if Self.pasteEnd.starts(with: rest), !idle {
        cut = found
        break
      }
      index = found + 1
    }
    let room = Self.pasteLimit - (pasted?.count ?? 0)
    pasted?.append(contentsOf: bytes[..<cut].prefix(room))
    bytes = bytes[cut...].dropFirst(ended ? Self.pasteEnd.count : 0)
    guard ended || idle, let content = pasted else { return nil }
    pasted = nil
    return Self.text(of: content)
  }

  private static func text(of content: [UInt8]) -> String {
    var content = content[...]
    // The limit may have fallen inside a character.
    if content.count == pasteLimit {
      while let last = content.last, last & 0xC0 == 0x80 { content.removeLast() }
      if let last = content.last, last >= 0xC0 { content.removeLast() }
    }
    let text = String(decoding: content, as: UTF8.self)
    return String(text.map { $0 == "\r" || $0 == "\r\n" ? "\n" : $0 })
  }
}

extension Key {
  /// The same key with what xterm's second parameter says is held: Shift 1, Alt 2, Ctrl 4, plus 1.
  fileprivate func held(with numbers: [Int]) -> Key {
    guard numbers.count > 1, numbers[1] > 1 else { return self }
    let shift = (numbers[1] - 1) & 1 != 0
    let control = (numbers[1] - 1) & 4 != 0
    switch self {
    case .up: return control ? .controlUp : shift ? .shiftUp : self
    case .down: return control ? .controlDown : shift ? .shiftDown : self
    case .left: return control ? .controlLeft : shift ? .shiftLeft : self
    case .right: return control ? .controlRight : shift ? .shiftRight : self
    case .tab: return shift ? .backTab : self
    case .function(let number) where shift && number <= 12: return .function(number + 12)
    default: return self
    }
  }
}
