import Testing

@testable import Terminal

@Suite struct CanvasTests {
  private func canvas(_ columns: Int, _ rows: Int, glyphs: Glyphs = .unicode) -> Canvas {
    Canvas(Size(columns: columns, rows: rows), glyphs: glyphs)
  }

  @Test func putsText() {
    var canvas = canvas(10, 2)
    #expect(canvas.put("INR", x: 1, y: 0) == 4)
    #expect(canvas.put("2.1", endingAt: 10, y: 0, Style(.accent)) == 10)
    #expect(canvas.put("肝衰", x: 0, y: 1) == 4)
    #expect(canvas.lines == [" INR   2.1", "肝衰"])
    #expect(canvas[1, 0].scalar == "I")
    #expect(canvas[9, 0].style.role == .accent)
    #expect(canvas[1, 1].isContinuation)
    #expect(canvas[50, 50] == Cell())
  }

  @Test func clipsText() {
    var canvas = canvas(10, 1)
    let clip = Rect(x: 2, y: 0, width: 4, height: 1)
    #expect(canvas.put("abcdefgh", x: 0, y: 0, clip: clip) == 6)
    #expect(canvas.lines == ["  cdef"])
    #expect(canvas.put("outside", x: 0, y: 5) == 7)
    #expect(canvas.put("outside", x: 20, y: 0) == 20)
    canvas.put("toolongtofit", endingAt: 6, y: 0, clip: clip)
    #expect(canvas.lines == ["  ofit"])
  }

  @Test func wideCharactersAreWholeOrNot() {
    var canvas = canvas(6, 1)
    canvas.put("肝衰竭", x: 0, y: 0)
    canvas.put("x", x: 1, y: 0)
    #expect(canvas.lines == [" x衰竭"])
    canvas.put("y", x: 4, y: 0)
    #expect(canvas.lines == [" x衰y"])
    canvas.put("肝", x: 5, y: 0)
    #expect(canvas.lines == [" x衰y"])
    canvas.put("肝", x: 1, y: 0)
    #expect(canvas.lines == [" 肝 y"])
    canvas.put("肝", x: -1, y: 0)
    #expect(canvas.lines == [" 肝 y"])
    #expect(!canvas[0, 0].isContinuation)
    canvas.fill(Rect(x: 2, y: 0, width: 1, height: 1), with: "#")
    #expect(canvas.lines == ["  # y"])
  }

  @Test func textOverWideCharactersLeavesNoHalves() {
    for (x, expected) in [(0, "ab衰竭"), (1, " ab 竭"), (2, "肝ab竭"), (3, "肝 ab"), (5, "肝衰 a")] {
      var canvas = canvas(6, 1)
      canvas.put("肝衰竭", x: 0, y: 0)
      canvas.put("ab", x: x, y: 0)
      #expect(canvas.lines == [expected])
    }
    var canvas = canvas(6, 1)
    canvas.put("肝衰竭", x: 0, y: 0)
    canvas.put("abcd", x: 0, y: 0, clip: Rect(x: 1, y: 0, width: 2, height: 1))
    #expect(canvas.lines == [" bc 竭"])
  }

  @Test func marksStandOnTheirLetters() {
    var canvas = canvas(4, 1)
    canvas.put("x\u{301}\u{302}y", x: 0, y: 0)
    #expect(canvas[0, 0].marks == ["\u{301}", "\u{302}"])
    #expect(canvas[1, 0].scalar == "y")
    canvas.put("\u{301}", x: 2, y: 0)
    #expect(canvas[2, 0].scalar == "\u{FFFD}")
    #expect(canvas[1, 0].marks.isEmpty)
  }

  @Test func drawsBoxesThatJoin() {
    var canvas = canvas(20, 7)
    let rect = Rect(x: 0, y: 0, width: 20, height: 7)
    canvas.box(rect, title: "Patient")
    canvas.horizontalRule(y: 2, in: rect, title: "Ask")
    canvas.verticalRule(x: 8, in: Rect(x: 0, y: 2, width: 20, height: 5))
    canvas.horizontalRule(y: 4, in: rect)
    #expect(
      canvas.lines == [
        "╭─ Patient ────────╮",
        "│                  │",
        "├─ Ask ─┬──────────┤",
        "│       │          │",
        "├───────┼──────────┤",
        "│       │          │",
        "╰───────┴──────────╯",
      ])
  }

  @Test func clipsTitles() {
    var canvas = canvas(12, 4)
    canvas.box(Rect(x: 0, y: 0, width: 12, height: 2), title: "Eligibility", focused: true)
    canvas.box(Rect(x: 0, y: 2, width: 5, height: 2), title: "Eligibility")
    canvas.box(Rect(x: 6, y: 2, width: 1, height: 2), title: "none")
    #expect(canvas.lines == ["╭─ Eligi… ─╮", "╰──────────╯", "╭───╮", "╰───╯"])
    #expect(canvas[0, 0].style.role == .frameFocused)
  }

  @Test func boxesMayLieOutside() {
    var canvas = canvas(3, 2)
    canvas.box(Rect(x: -1, y: -1, width: 3, height: 3))
    canvas.horizontalRule(y: 9, in: Rect(x: 0, y: 0, width: 30, height: 30))
    canvas.fill(Rect(x: 2, y: -5, width: 90, height: 90), with: "#")
    #expect(canvas.lines == [" │#", "─╯#"])
  }

  @Test func drawsInASCII() {
    var canvas = canvas(32, 4, glyphs: .ascii)
    canvas.box(Rect(x: 0, y: 0, width: 12, height: 3), title: "α")
    canvas.horizontalRule(y: 1, in: Rect(x: 0, y: 0, width: 12, height: 3))
    canvas.put("✓✗?▸…● 88 µmol/L ≤×é⣿ 肝", x: 13, y: 0, Style(.clears))
    canvas.put("150 ×10⁹/L, 10⁻³, 1.73 m²", x: 0, y: 3)
    #expect(
      canvas.lines
        == [
          "+- a ------+ +x?>.* 88 umol/L <xe. ??", "+----------+", "+----------+",
          "150 x1e9/L, 1e-3, 1.73 m2",
        ].map { String($0.prefix(32)) })
    #expect(canvas.lines.allSatisfy { $0.allSatisfy(\.isASCII) })
    canvas.put("210⁹ 10½ 肝10²", x: 0, y: 3)
    #expect(canvas.lines[3].hasPrefix("2109 10? ??1e2"))
  }

  @Test func everyGlyphKeepsItsColumnsInASCII() {
    let text = "╭─╮│├┤┬┴┼✓✗▸…●▁▂▃▄▅▆▇█⠿µ⁹≤≥×–—“”’→肝한é\u{301}x\u{302}"
    var canvas = canvas(80, 1, glyphs: .ascii)
    #expect(canvas.put(text, x: 0, y: 0) == text.columns)
    canvas.put("|", x: text.columns, y: 0)
    #expect(canvas.lines[0].utf8.count == text.columns + 1)
  }

  @Test func restyles() {
    var canvas = canvas(6, 2)
    canvas.put("ab 肝", x: 0, y: 0, Style(.clears, bold: true))
    canvas.restyle(Rect(x: 0, y: 0, width: 6, height: 1)) { $0.reverse = true }
    canvas.put("c", x: 0, y: 1, Style(.quiet, underline: true, italic: true))
    #expect(
      canvas.annotated() == [
        "  ab 肝", "r CCCCC", "a rrrrrr", "  c", "r q", "a *",
      ])
  }

  @Test func changesSizeWithWhatItHolds() {
    var canvas = canvas(4, 2)
    canvas.put("a肝b", x: 0, y: 0)
    canvas.cursor = Point(x: 1, y: 1)
    #expect(canvas.fitted(to: Size(columns: 2, rows: 1)).lines == ["a"])
    #expect(canvas.fitted(to: Size(columns: 6, rows: 3)).lines == ["a肝b", "", ""])
    #expect(canvas.fitted(to: Size(columns: 6, rows: 3)).cursor == Point(x: 1, y: 1))
    #expect(canvas.fitted(to: Size(columns: 0, rows: 0)).lines == [])
  }
}

@Suite struct GeometryTests {
  private let rect = Rect(x: 2, y: 3, width: 10, height: 6)

  @Test func splits() {
    #expect(
      rect.split(left: 4) == (
        Rect(x: 2, y: 3, width: 4, height: 6), Rect(x: 6, y: 3, width: 6, height: 6)
      ))
    #expect(
      rect.split(right: 4) == (
        Rect(x: 8, y: 3, width: 4, height: 6), Rect(x: 2, y: 3, width: 6, height: 6)
      ))
    #expect(
      rect.split(top: 1) == (
        Rect(x: 2, y: 3, width: 10, height: 1), Rect(x: 2, y: 4, width: 10, height: 5)
      ))
    #expect(
      rect.split(bottom: 1) == (
        Rect(x: 2, y: 8, width: 10, height: 1), Rect(x: 2, y: 3, width: 10, height: 5)
      ))
  }

  @Test(arguments: [-5, 0, 3, 6, 10, 11, 1000]) func nothingIsNegativeOrLost(count: Int) {
    for (one, other) in [rect.split(left: count), rect.split(right: count)] {
      #expect(one.width + other.width == 10 && one.width >= 0 && other.width >= 0)
    }
    for (one, other) in [rect.split(top: count), rect.split(bottom: count)] {
      #expect(one.height + other.height == 6 && one.height >= 0 && other.height >= 0)
    }
    let inner = rect.inset(by: abs(count))
    #expect(inner.width == max(0, 10 - 2 * abs(count)))
    #expect(inner.isEmpty || rect.intersection(inner) == inner)
  }

  @Test func centers() {
    #expect(rect.centered(width: 4, height: 2) == Rect(x: 5, y: 5, width: 4, height: 2))
    #expect(rect.centered(width: 40, height: 20) == rect)
  }
}
