/// One line of text being typed.
public struct LineEditor: Hashable, Sendable {
  /// The text.
  public private(set) var text: String
  /// Where the next character goes, counted in characters as a reader counts them.
  public private(set) var cursor: Int
  /// The most characters it takes.
  public let limit: Int

  /// An editor with its cursor at the end; text beyond the limit is cut.
  public init(_ text: String = "", limit: Int = 400) {
    self.limit = max(0, limit)
    self.text = String(text.displayable.prefix(self.limit))
    cursor = self.text.count
  }

  /// How many columns stand before the cursor.
  public var columnsBeforeCursor: Int { text.prefix(cursor).columns }

  /// Replaces the whole text; the cursor goes to its end.
  public mutating func replace(with text: String) { self = LineEditor(text, limit: limit) }

  /// Types text at the cursor, as from a paste.
  ///
  /// Line ends and tabs become spaces, those around the text are dropped.
  /// - Returns: whether all of it fitted; what did not was cut.
  @discardableResult
  public mutating func insert(_ more: String) -> Bool {
    if isPlainToTheEnd, cursor < limit, let byte = more.utf8.first, more.utf8.count == 1,
      (0x20..<0x7F).contains(byte)
    {
      text += more
      cursor += 1
      return true
    }
    let many = more.count > 1
    let blanks: Set<Character> = ["\n", "\t", "\r", "\r\n"]
    var more = more[...]
    while many, let first = more.first, blanks.contains(first) { more.removeFirst() }
    while many, let last = more.last, blanks.contains(last) { more.removeLast() }
    let place = text.index(text.startIndex, offsetBy: cursor)
    let after = text[place...]
    // A mark that is typed alone belongs to the character before it.
    let before = (String(text[..<place]) + String(more)).displayable
    let kept = before.prefix(limit - after.count)
    text = String(kept) + after
    cursor = min(kept.count, text.count)
    return kept.count == before.count
  }

  /// Removes the character before the cursor; whether there was one.
  @discardableResult
  public mutating func backspace() -> Bool {
    guard cursor > 0 else { return false }
    let isLast = isPlainToTheEnd
    cursor -= 1
    guard isLast else { return delete() }
    text.removeLast()
    return true
  }

  /// Whether the cursor stands at the end of a text of one byte a character, as numbers are: the
  /// answer to most keys.
  private var isPlainToTheEnd: Bool { cursor == text.utf8.count }

  /// Removes the character at the cursor; whether there was one.
  @discardableResult
  public mutating func delete() -> Bool {
    guard cursor < text.count else { return false }
    text.remove(at: text.index(text.startIndex, offsetBy: cursor))
    cursor = min(cursor, text.count)
    return true
  }

  /// Moves the cursor, which stays inside the text.
  public mutating func move(by characters: Int) {
    cursor = max(0, min(cursor + characters, text.count))
  }

  /// Moves the cursor before the first character.
  public mutating func home() { cursor = 0 }

  /// Moves the cursor after the last character.
  public mutating func end() { cursor = text.count }

  /// Moves the cursor to the beginning of the word before it (-1) or after the end of the next (1).
  public mutating func moveWord(_ direction: Int) {
    let characters = Array(text)
    if direction < 0 {
      while cursor > 0, characters[cursor - 1] == " " { cursor -= 1 }
      while cursor > 0, characters[cursor - 1] != " " { cursor -= 1 }
    } else {
      while cursor < characters.count, characters[cursor] == " " { cursor += 1 }
      while cursor < characters.count, characters[cursor] != " " { cursor += 1 }
    }
  }

  /// Removes everything after the cursor.
  public mutating func deleteToEnd() { text = String(text.prefix(cursor)) }

  /// Removes everything before the cursor.
  public mutating func deleteToHome() {
    text = String(text.dropFirst(cursor))
    cursor = 0
  }

  /// Removes the word before the cursor.
  public mutating func deleteWord() {
    let end = cursor
    moveWord(-1)
    text = String(text.prefix(cursor)) + text.dropFirst(end)
  }

  /// What became of a key.
  public enum Answer: Hashable, Sendable {
    /// The key edits no text; it means something else.
    case ignored
    /// The text or the cursor changed, or could not change any further.
    case done
    /// The text is as long as it may be; the character was not taken.
    case full
  }

  /// Answers the keys that edit a line everywhere: characters, Backspace, Delete, arrows, Home, End,
  /// and those of a shell: Ctrl-a e b f k w, and Ctrl-u where `reserved` does not take it for
  /// something else.
  public mutating func handle(_ key: Key, reserved: Set<Key> = []) -> Answer {
    if reserved.contains(key) { return .ignored }
    switch key {
    case .character(let character): return insert(String(character)) ? .done : .full
    case .backspace: backspace()
    case .delete: delete()
    case .left, .control("b"): move(by: -1)
    case .right, .control("f"): move(by: 1)
    case .controlLeft: moveWord(-1)
    case .controlRight: moveWord(1)
    case .home, .control("a"): home()
    case .end, .control("e"): end()
    case .control("k"): deleteToEnd()
    case .control("u"): deleteToHome()
    case .control("w"): deleteWord()
    default: return .ignored
    }
    return .done
  }
}
