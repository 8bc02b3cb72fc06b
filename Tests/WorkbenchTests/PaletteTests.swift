import Terminal
import Testing

@testable import Workbench

/// The palette of commands: found by a part of what they do, run by Enter.
@Suite struct PaletteTests {
  @Test(arguments: ScreenTests.sizes) func looks(size: Size) {
    let name = "\(size.columns)x\(size.rows)"
    Golden.check(Desk(size).press(":").canvas, "palette-trials-\(name)")
    Golden.check(Desk(size).press("2", "Ctrl-p").canvas, "palette-patient-\(name)")
    Golden.check(Desk(size).press(":").type("go").canvas, "palette-find-\(name)")
  }

  @Test func marksWhatWasFound() {
    Golden.check(Desk().press(":").type("scr").canvas, "palette-looks", looks: true)
    Golden.check(Desk().press(":").type("xyzzy").canvas, "palette-nothing")
  }

  @Test func isDrawnInASCII() {
    let desk = Desk(.small, glyphs: .ascii).press(":")
    Golden.check(desk.canvas, "ascii-palette")
  }

  @Test func runsWhatIsChosen() {
    #expect(Desk().press(":").type("scores").press("Enter").workbench.place == .scores)
    #expect(Desk().press(":").type("draw anew").press("Enter").effects == [.redraw])
    let sorted = Desk().press(":").type("sort").press("Enter")
    #expect(sorted.keyLine.contains("Sorted by phase."))
    #expect(!sorted.shows("Commands"))
    let desk = Desk().press(":").press("Down", "Down", "Enter")
    #expect(!desk.shows("Commands"))
  }

  @Test func worksInsideOfAFieldAndKeepsWhatIsTyped() {
    let desk = Desk(.large).press("2").type("52").press("Ctrl-p")
    #expect(desk.shows("Commands"))
    #expect(desk.type("screening").press("Enter").workbench.place == .screening)
    #expect(desk.typed("age") == "52")
  }

  @Test func saysWhyACommandDoesNothingNowAndStays() {
    let desk = Desk(.large).press("2", "Ctrl-p").type("switch unit")
    #expect(desk.row("▸ Switch").contains("not now  Ctrl-u"))
    #expect(desk.shows("Not now: This field has one unit."))
    desk.press("Enter")
    #expect(desk.keyLine.contains("This field has one unit."))
    #expect(desk.shows("Commands"))
    #expect(!desk.press("Esc").shows("Commands"))
  }

  @Test func letterIsTextInAField() {
    #expect(Desk().press("2", ":").typed("age") == ":")
    #expect(Desk().press("/", ":").shows("find: :") || Desk().press("/", ":").shows(":"))
    #expect(!Desk().press("/", ":").shows("Commands"))
  }

  @Test func helpAndCommandsLeadToEachOther() {
    let desk = Desk(.large).press("?", "Ctrl-p")
    #expect(desk.shows("Commands") && !desk.shows("Keys in"))
    #expect(desk.press("F1").shows("Keys in Trials"))
    #expect(desk.type(":").shows("Find a command"))
  }

  @Test func takesAPasteAsText() {
    let desk = Desk(.large).press(":").paste("scores\nquit")
    #expect(desk.workbench.place == .trials && desk.effects.isEmpty)
    #expect(desk.shows("find: scores quit"))
  }

  @Test(arguments: KeyTests.states.indices) func showsEveryActionOnceWithItsKey(index: Int) {
    let (name, make) = KeyTests.states[index]
    let bindings = make().workbench.bindings
    var seen: Set<Action> = [.move, .palette]
    for binding in bindings where seen.insert(binding.action).inserted {
      let desk = make().press("Ctrl-p").paste(String(binding.help.prefix(30)))
      let row = desk.lines.first { $0.contains("▸ \(binding.help.prefix(20))") } ?? ""
      #expect(!row.isEmpty, "\(name): \(binding.help)")
      for key in binding.keys { #expect(row.contains(key.name), "\(name): \(binding.help)") }
    }
  }

  @Test(arguments: [
    ("gts", "Go to Scores."), ("swtch", "Switch the unit."), ("ancher", ""),
    ("unit swi", "Switch the unit."), ("sort", "Sort by the next column."),
  ])
  func matchesLoosely(query: String, expected: String) {
    let texts = [
      "Go to Scores.", "Switch the unit.", "Sort by the next column.", "Quit from here.",
    ]
    let found = texts.compactMap { text in FuzzyMatch(query, in: text).map { (text, $0.score) } }
    #expect((found.max { $0.1 < $1.1 }?.0 ?? "") == expected)
  }

  @Test func theBeginningOfAWordIsBetterThanItsMiddle() throws {
    let start = try #require(FuzzyMatch("tri", in: "Go to Trials"))
    let middle = try #require(FuzzyMatch("tri", in: "As a matrix"))
    let apart = try #require(FuzzyMatch("tri", in: "Tar it"))
    #expect(start.score > middle.score && middle.score > apart.score)
    #expect(start.ranges == [6..<9])
    #expect(FuzzyMatch("", in: "x")?.score == 0)
    #expect(FuzzyMatch("ß", in: "GROẞ") != nil)
  }
}
