import Testing

@testable import Terminal

@Suite struct KeyTests {
  /// Everything that comes of some bytes once nothing more follows.
  private func events(_ pieces: String..., sequences: [[UInt8]: Key] = [:]) -> [Event] {
    var decoder = KeyDecoder(sequences: sequences)
    var events: [Event] = []
    for piece in pieces {
      decoder.feed(piece.utf8)
      while let event = decoder.next() { events.append(event) }
    }
    while decoder.waiting != .nothing, let event = decoder.next(idle: true) { events.append(event) }
    return events
  }

  private func keys(_ text: String) -> [Key] {
    events(text).compactMap { if case .key(let key) = $0 { key } else { nil } }
  }

  @Test(arguments: [
    ("\u{1B}[A", Key.up), ("\u{1B}OA", .up), ("\u{1B}[D", .left), ("\u{1B}[H", .home),
    ("\u{1B}OF", .end), ("\u{1B}[1~", .home), ("\u{1B}[8~", .end), ("\u{1B}[3~", .delete),
    ("\u{1B}[5~", .pageUp), ("\u{1B}[6~", .pageDown), ("\u{1B}[Z", .backTab),
    ("\u{1B}OP", .function(1)), ("\u{1B}[[A", .function(1)), ("\u{1B}[11~", .function(1)),
    ("\u{1B}[15~", .function(5)), ("\u{1B}[24~", .function(12)), ("\u{1B}[1;2P", .function(13)),
    ("\u{1B}[1;2A", .shiftUp), ("\u{1B}[1;5C", .controlRight), ("\u{1B}[1;3A", .up),
    ("\u{1B}[a", .shiftUp), ("\u{1B}Od", .controlLeft), ("\u{1B}OM", .enter),
    ("\u{1B}Op", .character("0")), ("\u{1B}On", .character(".")), ("\u{1B}Oy", .character("9")),
    ("\r", .enter), ("\n", .enter), ("\t", .tab), ("\u{7F}", .backspace), ("\u{8}", .backspace),
    ("\0", .control(" ")), ("\u{3}", .control("c")), ("\u{13}", .control("s")),
    ("\u{1C}", .control("\\")), ("\u{1F}", .control("_")), ("\u{1B}", .escape),
    ("é", .character("é")), ("肝", .character("肝")), ("😀", .character("😀")),
  ])
  func decodes(bytes: String, key: Key) { #expect(events(bytes) == [.key(key)]) }

  @Test func escapeIsAKeyOfItsOwn() {
    #expect(keys("\u{1B}q") == [.escape, .character("q")])
    #expect(keys("\u{1B}\u{1B}") == [.escape, .escape])
    #expect(keys("\u{1B}\u{1B}[A") == [.escape, .up])
    #expect(keys("\u{1B}[") == [.escape, .character("[")])
    #expect(keys("\u{1B}O") == [.escape, .character("O")])
    #expect(keys("\u{1B}\r") == [.escape, .enter])
  }

  @Test(arguments: [
    "\u{1B}[99;99y", "\u{1B}[I", "\u{1B}[O", "\u{1B}[24;80R", "\u{1B}[?62;22c", "\u{1B}[<0;3;4M",
    "\u{1B}[201~", "\u{1B}]11;rgb:ffff/ffff/ffff\u{7}", "\u{1B}]11;rgb:0/0/0\u{1B}\\",
    "\u{FFF9}", "\u{202E}", "\u{85}",
  ])
  func whatIsNotKnownIsNeverTyped(bytes: String) {
    #expect(keys(bytes + "x") == [.character("x")])
  }

  @Test func brokenBytesAreDropped() {
    var decoder = KeyDecoder()
    decoder.feed([0xFF, 0xC3, 0x41, 0x80, 0xE8, 0x82, 0xF8, 0x42, 0xED, 0xA0, 0x80, 0x43, 0xE8])
    var found: [Event] = []
    while let event = decoder.next(idle: true) { found.append(event) }
    #expect(found == ["A", "B", "C"].map { .key(.character($0)) })
    #expect(decoder.waiting == .nothing)
  }

  @Test func keysMayComeInPieces() {
    #expect(events("\u{1B}", "[", "1;", "5", "C") == [.key(.controlRight)])
    var decoder = KeyDecoder()
    for byte in "肝".utf8.dropLast() {
      decoder.feed([byte])
      #expect(decoder.next() == nil)
    }
    #expect(decoder.waiting == .restOfKey)
    decoder.feed("肝".utf8.suffix(1))
    #expect(decoder.next() == .key(.character("肝")))
  }

  @Test func terminalsMayHaveTheirOwn() {
    let own: [[UInt8]: Key] = [Array("\u{1B}?x".utf8): .function(3), [0x08]: .up]
    #expect(events("\u{1B}?", "xy", sequences: own) == [.key(.function(3)), .key(.character("y"))])
    #expect(events("\u{8}", sequences: own) == [.key(.backspace)])
    #expect(events("\u{1B}?", sequences: own) == [.key(.escape), .key(.character("?"))])
  }

  @Test func pasteIsOneEvent() {
    #expect(
      events("a\u{1B}[200~q\u{1B}[A\r\n肝\r\u{1B}[201~b") == [
        .key(.character("a")), .paste("q\u{1B}[A\n肝\n"), .key(.character("b")),
      ])
    #expect(events("\u{1B}[20", "0~q", "\u{1B}[2", "01", "~") == [.paste("q")])
    #expect(events("\u{1B}[200~\u{1B}[201~x") == [.key(.character("x"))])
  }

  @Test func pasteWithoutEndDoesNotHang() {
    #expect(events("\u{1B}[200~text") == [.paste("text")])
    #expect(events("\u{1B}[200~text\u{1B}") == [.paste("text\u{1B}")])
    #expect(events("\u{1B}[200~") == [])
    var decoder = KeyDecoder()
    decoder.feed("\u{1B}[200~a".utf8)
    #expect(decoder.next() == nil)
    #expect(decoder.waiting == .restOfPaste)
    #expect(decoder.next(idle: true) == .paste("a"))
    decoder.feed("b".utf8)
    #expect(decoder.next() == .key(.character("b")))
  }

  @Test func longPastesAreCut() throws {
    let long = String(repeating: "肝", count: 30_000)
    let found = events("\u{1B}[200~" + long, long + "\u{1B}[201~x")
    guard case .paste(let text) = try #require(found.first) else {
      Issue.record("no paste but \(found)")
      return
    }
    #expect(text == String(repeating: "肝", count: KeyDecoder.pasteLimit / 3))
    #expect(found.dropFirst() == [.key(.character("x"))])
  }

  @Test func namesGoBothWays() {
    var all: [Key] = [
      .enter, .tab, .backTab, .escape, .backspace, .delete, .insert, .up, .down, .left, .right,
      .home, .end, .pageUp, .pageDown, .shiftUp, .shiftDown, .shiftLeft, .shiftRight, .controlUp,
      .controlDown, .controlLeft, .controlRight, .control(" "), .control("_"), .control("\\"),
      .character("肝"), .character("-"), .character("^"),
    ]
    all += (1...24).map { .function($0) }
    all += (0x20..<0x7F).map { .character(Character(Unicode.Scalar(UInt8($0)))) }
    all += "abcdefghijklmnopqrstuvwxyz".map { .control($0) }
    for key in all { #expect(Key(key.name) == key, "\(key.name)") }
    #expect(Set(all.map(\.name)).count == Set(all).count)
  }

  @Test func understandsOtherNames() {
    #expect(Key("ctrl-U") == .control("u"))
    #expect(Key("^U") == .control("u"))
    #expect(Key("Shift-tab") == .backTab)
    #expect(Key("Up") == .up)
    #expect(Key("Escape") == .escape)
    #expect(Key("return") == .enter)
    #expect(Key("f12") == .function(12))
    for wrong in ["", "Ctrl-", "F0", "F25", "Alt-x", "Ctrl-1", "ab", "Ctrl-é"] {
      #expect(Key(wrong) == nil, "\(wrong)")
    }
  }

  // MARK: The answer about the background

  private static let answer = "\u{1B}]11;rgb:fdfd/f6f6/e3e3"

  /// What comes of bytes in pieces, with an answer expected; what is between the pieces takes long.
  private func expecting(_ pieces: [String], late: Bool) -> [Event] {
    var decoder = KeyDecoder()
    decoder.expectsBackground = true
    var events: [Event] = []
    for piece in pieces {
      decoder.feed(piece.utf8)
      while let event = decoder.next() { events.append(event) }
      // As the screen does it: nothing ends the patience with an answer that has begun.
      while late, [.restOfKey, .perhapsAnswer].contains(decoder.waiting),
        let event = decoder.next(idle: true)
      {
        events.append(event)
      }
    }
    return events
  }

  @Test(arguments: ["\u{7}", "\u{1B}\\"]) func anAnswerIsNeverTyped(end: String) {
    let whole = "a" + Self.answer + end + "b"
    let wanted: [Event] = [
      .key(.character("a")), .background(.light), .key(.character("b")),
    ]
    #expect(expecting([whole], late: false) == wanted)
    for place in 0...whole.utf8.count {
      let pieces = [
        String(decoding: whole.utf8.prefix(place), as: UTF8.self),
        String(decoding: whole.utf8.dropFirst(place), as: UTF8.self),
      ]
      #expect(expecting(pieces, late: false) == wanted, "split at \(place)")
      // A lone ESC that nothing follows for long is the key.
      let slow = expecting(pieces, late: true).filter { $0 != .key(.escape) }
      #expect(slow == wanted, "late at \(place)")
    }
    #expect(expecting(whole.map(String.init), late: false) == wanted)
    let bytes = ["a", "\u{1B}]"] + whole.dropFirst(3).map(String.init)
    #expect(expecting(bytes, late: true) == wanted, "late at every byte")
  }

  @Test func keysAreKeysWhileAnAnswerIsExpected() {
    let escape = Event.key(.escape)
    #expect(expecting(["\u{1B}"], late: true) == [escape])
    #expect(expecting(["\u{1B}", "j"], late: true) == [escape, .key(.character("j"))])
    #expect(expecting(["\u{1B}", "]"], late: true) == [escape, .key(.character("]"))])
    #expect(
      expecting(["\u{1B}]", "j"], late: true)
        == [escape, .key(.character("]")), .key(.character("j"))])
    #expect(expecting(["\u{1B}[A"], late: true) == [.key(.up)])
    #expect(expecting(["\u{1B}[", "A"], late: false) == [.key(.up)])
  }

  @Test func anAnswerThatBreaksOffTakesNoKeyWithIt() {
    #expect(expecting([Self.answer, "\u{1B}[A"], late: true) == [.key(.up)])
    #expect(expecting([Self.answer, "\u{3}"], late: true) == [.key(.control("c"))])
    #expect(expecting(["\u{1B}]11;none\u{7}j"], late: true) == [.key(.character("j"))])
  }

  @Test func answersToOtherQuestionsAreDropped() {
    #expect(events("\u{1B}]10;rgb:ff/ff/ff\u{7}j") == [.key(.character("j"))])
    #expect(events("\u{1B}]11;rgb:00/00/00\u{7}j") == [.background(.dark), .key(.character("j"))])
  }

  // MARK: The mouse

  @Test func theMouseHasAWheelAndAButton() {
    #expect(
      events("\u{1B}[<0;5;3Mj\u{1B}[<0;5;3m\u{1B}[<64;1;1M\u{1B}[<65;80;24M") == [
        .mouse(MousePress(.left, at: Point(x: 4, y: 2))), .key(.character("j")),
        .mouse(MousePress(.wheelUp, at: Point(x: 0, y: 0))),
        .mouse(MousePress(.wheelDown, at: Point(x: 79, y: 23))),
      ])
    for other in ["2;1;1M", "32;1;1M", "4;1;1M", "0;0;1M", "0;1M", ";;M", "0;1;1;1M"] {
      #expect(events("\u{1B}[<\(other)") == [], "\(other)")
    }
  }
}
