import TestSupport
import Testing

@testable import Terminal

@Suite struct TextTests {
  @Test func widthsAreThoseOfTheLibraryThatDraws() {
    TextWidth.prepareCurses()
    // Marks that C libraries of different age see differently; they are drawn on what they follow.
    let disputed: Set<UInt32> = [0x302A, 0x302B, 0x302C, 0x302D, 0x3099, 0x309A]
    let used: [ClosedRange<UInt32>] = [
      0x20...0x7E, 0xA0...0x1FF, 0x250...0x52F, 0x1E00...0x2BFF, 0x3000...0x312F,
      0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7A3, 0xFF00...0xFFEF, 0x20000...0x2A6DF,
    ]
    var compared = 0
    for scalar in used.joined().compactMap(Unicode.Scalar.init) {
      guard case .cell(let shown, let columns) = Display(scalar), shown == scalar else { continue }
      let known = TextWidth.curses(scalar)
      guard known >= 0, !disputed.contains(scalar.value) else { continue }
      compared += 1
      #expect(columns == known, "U+\(String(scalar.value, radix: 16, uppercase: true))")
    }
    #expect(compared > 80_000)
  }

  @Test func countsColumns() {
    #expect("MELD 3.0".columns == 8)
    #expect("肝衰竭 a".columns == 8)
    #expect("e\u{301}tat".columns == 4)
    #expect("한글".columns == 4)
    #expect("\u{1112}\u{1161}\u{11AB}".columns == 2)
    #expect("".columns == 0)
    #expect("\u{301}".columns == 1)
  }

  @Test(arguments: [
    ("a\u{1B}[31mb", "a\u{FFFD}[31mb"),
    ("a\u{9B}b\u{7F}", "a\u{FFFD}b\u{FFFD}"),
    ("a\tb\nc\r\nd", "a b c  d"),
    ("a\u{202E}evil\u{2066}b\u{200F}", "a\u{FFFD}evil\u{FFFD}b\u{FFFD}"),
    ("a\u{200B}\u{FEFF}b", "a\u{FFFD}\u{FFFD}b"),
    ("a\u{200D}b\u{AD}c", "abc"),
    ("\u{E0041}\u{FFF9}", "\u{FFFD}\u{FFFD}"),
    ("µmol/L ≤ 肝", "µmol/L ≤ 肝"),
  ])
  func showsNothingThatSteersATerminal(text: String, expected: String) {
    #expect(Array(text.displayable.unicodeScalars) == Array(expected.unicodeScalars))
  }

  @Test(arguments: [0xFFFE, 0xFFFF, 0xFDD0, 0x10FFFF] as [UInt32])
  func showsNoNoncharacter(value: UInt32) throws {
    let scalar = try #require(Unicode.Scalar(value))
    #expect(String(Character(scalar)).displayable == "\u{FFFD}")
  }

  @Test(arguments: [
    ("e\u{301}", "\u{E9}"), ("A\u{30A}", "\u{C5}"), ("か\u{3099}", "が"),
    ("\u{1112}\u{1161}\u{11AB}", "한"), ("ệ", "\u{1EC7}"), ("x\u{301}", "x\u{301}"),
    ("x\u{301}\u{302}\u{303}\u{304}", "x\u{301}\u{302}"),
  ])
  func composesLettersAndMarks(text: String, expected: String) {
    #expect(Array(text.displayable.unicodeScalars) == Array(expected.unicodeScalars))
  }

  @Test func clips() {
    #expect("bilirubin".clipped(toColumns: 9) == "bilirubin")
    #expect("bilirubin".clipped(toColumns: 5) == "bili…")
    #expect("肝衰竭".clipped(toColumns: 4) == "肝…")
    #expect("肝衰竭".clipped(toColumns: 6) == "肝衰竭")
    #expect("bilirubin".clipped(toColumns: 1) == "…")
    #expect("bilirubin".clipped(toColumns: 0) == "")
    #expect("bilirubin".clipped(toColumns: -3) == "")
  }

  @Test func wrapsBetweenWords() {
    #expect(
      "total bilirubin of 12 mg".wrapped(toColumns: 10) == ["total", "bilirubin", "of 12 mg"])
    #expect("a  b".wrapped(toColumns: 10) == ["a  b"])
    #expect("one\n\ntwo".wrapped(toColumns: 10) == ["one", "", "two"])
    #expect("".wrapped(toColumns: 10) == [""])
    #expect("unbreakable".wrapped(toColumns: 4) == ["unbr", "eaka", "ble"])
    #expect("  indented".wrapped(toColumns: 20) == ["  indented"])
  }

  /// Text of which each scalar takes one column has a way of its own; both must agree.
  @Test func simpleTextIsWrappedAsAnyOther() {
    var random = SeededRandom(1)
    for _ in 0..<300 {
      let text = (0..<Int.random(in: 0...40, using: &random)).map { _ in
        ["a", "é", "–", "·", " ", " "].randomElement(using: &random) ?? " "
      }.joined()
      for limit in 1...12 {
        let lines = text.wrapped(toColumns: limit)
        let slowly = Array((text + "\n肝").wrapped(toColumns: limit).dropLast())
        #expect(
          lines == slowly || lines == [text] && text.columns <= limit, "“\(text)” at \(limit)")
      }
      #expect(text.columns == (text + "肝").columns - 2)
    }
  }

  @Test func wrapsBetweenWideCharacters() {
    #expect("慢加急性肝衰竭".wrapped(toColumns: 6) == ["慢加急", "性肝衰", "竭"])
    #expect("慢加急。性".wrapped(toColumns: 6) == ["慢加", "急。性"])
    #expect("ACLF 肝衰竭".wrapped(toColumns: 9) == ["ACLF 肝衰", "竭"])
    #expect("肝".wrapped(toColumns: 1) == ["肝"])
  }

  @Test(arguments: 1...12) func wrappedLinesNeverOverflow(limit: Int) {
    let text = "慢加急性 liver failure（ACLF），grade 2–3; e\u{301}tat  aigu 12.5 mg/dL"
    let lines = text.wrapped(toColumns: limit)
    #expect(lines.allSatisfy { $0.columns <= max(2, limit) })
    let letters = { (text: String) in text.displayable.filter { $0 != " " } }
    #expect(letters(lines.joined()) == letters(text))
  }
}
