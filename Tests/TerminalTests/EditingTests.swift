import Testing

@testable import Terminal

@Suite struct LineEditorTests {
  private func typed(_ keys: Key..., into text: String = "", limit: Int = 400) -> LineEditor {
    var editor = LineEditor(text, limit: limit)
    for key in keys { _ = editor.handle(key) }
    return editor
  }

  @Test func editsLikeAShell() {
    #expect(typed(.character("5"), into: "12.").text == "12.5")
    #expect(typed(.left, .character("x"), into: "ab").text == "axb")
    #expect(typed(.home, .delete, into: "ab").text == "b")
    #expect(typed(.backspace, into: "ab").text == "a")
    #expect(typed(.home, .backspace, .end, .delete, into: "ab").text == "ab")
    #expect(typed(.control("a"), .right, .control("k"), into: "abc").text == "a")
    #expect(typed(.left, .control("u"), into: "abc").text == "c")
    #expect(typed(.control("w"), into: "acute on chronic ").text == "acute on ")
    #expect(typed(.controlLeft, .character("X"), into: "acute liver").text == "acute Xliver")
    #expect(typed(.home, .controlRight, into: "acute liver").cursor == 5)
  }

  @Test func leavesReservedKeysAlone() {
    var editor = LineEditor("12")
    let reserved = editor.handle(.control("u"), reserved: [.control("u")])
    #expect(reserved == .ignored)
    #expect(editor.text == "12")
    let enter = editor.handle(.enter)
    #expect(enter == .ignored)
    let free = editor.handle(.control("u"))
    #expect(free == .done)
    #expect(editor.text == "")
  }

  @Test func countsCharactersAsReadersDo() {
    var editor = LineEditor("肝e\u{301}😀")
    #expect(editor.cursor == 3)
    #expect(editor.columnsBeforeCursor == 5)
    editor.backspace()
    editor.backspace()
    #expect(editor.text == "肝")
    // A mark typed after its letter joins it, and the cursor stays behind both.
    _ = editor.handle(.character("x"))
    _ = editor.handle(.character("\u{301}"))
    #expect(editor.cursor == 2)
    editor.backspace()
    #expect(editor.text == "肝")
  }

  @Test func takesPastesAsFarAsTheyFit() {
    var editor = LineEditor("ab", limit: 6)
    editor.move(by: -1)
    let fitted = editor.insert("12")
    #expect(fitted)
    #expect(editor.text == "a12b")
    #expect(editor.cursor == 3)
    let overflowed = editor.insert("3456")
    #expect(!overflowed)
    #expect(editor.text == "a1234b")
    #expect(editor.cursor == 5)
    let full = editor.handle(.character("x"))
    #expect(full == .full)
    #expect(editor.text == "a1234b")
  }

  @Test func pastesBecomeOneLine() {
    var editor = LineEditor()
    let pasted = editor.insert("\n12.5\tmg/dL\u{1B}\n")
    #expect(pasted)
    #expect(editor.text == "12.5 mg/dL\u{FFFD}")
    #expect(LineEditor("abcdef", limit: 3).text == "abc")
  }
}

@Suite struct ListScrollTests {
  @Test func keepsTheChoiceInView() {
    var list = ListScroll(count: 100, height: 10)
    list.move(by: 9)
    #expect(list.visible == 0..<10)
    list.move(by: 1)
    #expect(list.visible == 1..<11)
    list.end()
    #expect(list.selection == 99 && list.visible == 90..<100)
    list.move(by: 5)
    #expect(list.selection == 99)
    list.page(by: -1)
    #expect(list.selection == 90 && list.visible == 90..<100)
    list.page(by: -1)
    #expect(list.selection == 81 && list.visible == 81..<91)
    list.home()
    #expect(list.selection == 0 && list.offset == 0)
  }

  @Test func fitsOtherSizes() {
    var list = ListScroll(count: 50, height: 10, selection: 40)
    list.fit(count: 50, height: 3)
    #expect(list.visible.contains(40))
    list.fit(count: 12, height: 20)
    #expect(list.selection == 11 && list.visible == 0..<12)
    list.fit(count: 0, height: 5)
    #expect(list.selection == 0 && list.visible == 0..<0)
    list.fit(count: 5, height: 0)
    #expect(list.visible.isEmpty)
    list.move(by: 3)
    list.fit(count: 5, height: 1)
    #expect(list.visible == 3..<4)
  }

  @Test func answersKeys() {
    var list = ListScroll(count: 30, height: 10)
    for key in [Key.down, .character("j"), .control("n"), .control("d")] {
      let moved = list.handle(key)
      #expect(moved)
    }
    #expect(list.selection == 8)
    let jumped = list.handle(.character("G"))
    #expect(jumped)
    #expect(list.selection == 29)
    let opened = list.handle(.enter)
    #expect(!opened)
  }
}
