import Terminal
import Testing

@testable import Workbench

/// That what the screen says about keys is true.
@Suite struct KeyTests {
  /// The app in each state that has keys of its own.
  static let states: [(name: String, make: @Sendable () -> Desk)] = [
    ("trials", { Desk(.large) }),
    ("trials, filtering", { Desk(.large).press("/").type("ev") }),
    ("trials, reading", { Desk(.large).press("Enter") }),
    ("trials, comparing", { Desk().press("b", "j", "b", "j", "b", "c") }),
    ("patient", { Desk(.large).press("2") }),
    ("patient, a unit", { Desk(.large).enterPatient().go(to: "totalBilirubin") }),
    ("patient, a question", { Desk(.large).go(to: "totalBilirubin").type("12.5") }),
    ("patient, outside of fields", { Desk(.large).press("2", "Esc") }),
    ("scores", { Desk(.large).enterPatient().press("Esc", "3") }),
    ("scores, reading", { Desk(.large).enterPatient().press("Esc", "3", "Enter") }),
  ]

  @Test(arguments: states.indices) func everyKeyOfTheKeyLineDoesSomething(index: Int) {
    let state = Self.states[index]
    for binding in state.make().workbench.bindings where !binding.label.isEmpty {
      let desk = state.make()
      let before = desk.text
      desk.press(binding.keys[0])
      #expect(
        desk.text != before || !desk.effects.isEmpty,
        "\(state.name): \(binding.keyNames) (\(binding.label)) does nothing")
      if let reason = binding.disabled {
        #expect(desk.keyLine.contains(reason), "\(state.name): \(binding.keyNames)")
      }
    }
  }

  @Test(arguments: states.indices) func disabledKeysSayWhy(index: Int) {
    let state = Self.states[index]
    for binding in state.make().workbench.bindings {
      guard let reason = binding.disabled else { continue }
      #expect(state.make().press(binding.keys[0]).keyLine.contains(reason))
    }
  }

  @Test(arguments: states.indices) func everyKeyIsExplainedOnce(index: Int) {
    let bindings = Self.states[index].make().workbench.bindings
    let keys = bindings.flatMap(\.keys)
    #expect(Set(keys).count == keys.count, "\(Self.states[index].name)")
    for binding in bindings { #expect(binding.help.hasSuffix(".") || binding.help.hasSuffix(":")) }
  }

  /// Ctrl-q, help and the way back are there whatever else is.
  @Test(arguments: states.indices) func nobodyIsTrapped(index: Int) {
    let state = Self.states[index]
    let left = state.make().press("Ctrl-q")
    #expect(left.effects == [.quit] || left.press("x").effects == [.quit], "\(state.name)")
    let helped = state.make().press("F1")
    #expect(helped.shows("Keys in"))
    #expect(!helped.press("Esc").shows("Keys in"))
    let back = state.make().press("Esc", "Esc", "Esc", "1")
    #expect(back.workbench.place == .trials, "\(state.name)")
  }

  @Test func quittingAsksOnlyWhereSomethingWouldBeLost() {
    #expect(Desk().press("Ctrl-q").effects == [.quit])
    #expect(Desk().press("q").effects == [.quit])
    #expect(Desk().press("2").type("5").press("Backspace", "Ctrl-c").effects == [.quit])
    let desk = Desk().press("2").type("5").press("Ctrl-q")
    #expect(desk.effects.isEmpty)
    #expect(desk.shows("Leave?"))
    desk.press("Enter", "y", "Ctrl-q", "q")
    #expect(desk.effects.isEmpty, "only another key than the one that asked leaves")
    #expect(!desk.press("Esc").shows("Leave?"))
    #expect(desk.typed("age") == "5")
    #expect(desk.press("Ctrl-q", "x").effects == [.quit])
  }

  @Test func endsWithoutAskingWhereNobodyCanAnswer() {
    #expect(Desk().enterPatient().happen(.ended(.hangUp)).effects == [.quit])
  }

  @Test func lettersAreInputInsideOfFields() {
    let desk = Desk(.large).press("2", "1", "3", "q", "?")
    #expect(desk.workbench.place == .patient)
    #expect(desk.typed("age") == "13q?")
  }

  @Test func suspendsAndDrawsAnew() {
    #expect(Desk().press("Ctrl-z").effects == [.suspend])
    #expect(Desk().press("Ctrl-l").effects == [.redraw])
    #expect(Desk().happen(.resumed).effects == [.redraw])
  }

  @Test func helpFindsAndSaysWhatDoesNotWorkNow() {
    let desk = Desk(.large).press("2", "F1")
    #expect(desk.shows("(now: This field has one unit.)"))
    desk.type("working")
    #expect(desk.shows("Show the working"))
    #expect(!desk.shows("Switch the unit"))
    #expect(desk.type("zzz").shows("No key does that here."))
    #expect(desk.typed("age") == nil, "what is typed in the help reaches no field")
    #expect(desk.paste("52").typed("age") == nil)
  }

  // MARK: The mouse

  private func click(_ text: String, in line: Int, of desk: Desk) -> Desk {
    guard let range = desk.lines[line].firstRange(of: text) else { return desk }
    let x = desk.lines[line][..<range.lowerBound].columns
    return desk.happen(.mouse(MousePress(.left, at: Point(x: x, y: line))))
  }

  @Test func theMouseMovesGoesAndPresses() {
    let desk = Desk(.large)
    let first = desk.row("▸")
    desk.happen(.mouse(MousePress(.wheelDown, at: Point(x: 5, y: 5))))
    #expect(desk.row("▸") != first)
    desk.happen(.mouse(MousePress(.wheelUp, at: Point(x: 5, y: 5))))
    #expect(desk.row("▸") == first)
    #expect(click("Scores", in: 0, of: desk).workbench.place == .scores)
    #expect(click("help", in: 39, of: desk).shows("Keys in Scores"))
    #expect(!click("close", in: 39, of: desk).shows("Keys in"))
    #expect(click("Patient", in: 0, of: desk).workbench.place == .patient)
    #expect(click("quit", in: 39, of: desk).effects == [.quit])
    let before = desk.text
    #expect(desk.happen(.mouse(MousePress(.left, at: Point(x: 60, y: 20)))).text == before)
    #expect(desk.happen(.mouse(MousePress(.left, at: Point(x: 900, y: 900)))).text == before)
  }

  // MARK: Trials

  @Test func filtersWhileTyping() {
    let desk = Desk(.large).press("/")
    #expect(desk.shows("5 of 5"))
    #expect(desk.type("exosome").shows("2 of 5"))
    #expect(desk.type(" status:recruiting").shows("1 of 5"))
    #expect(desk.press("Enter", "Enter").shows("NCT05871463"))
    desk.press("Esc", "Esc")
    #expect(!desk.shows("of 5"))
  }

  @Test func sortsByTheNextColumn() {
    let desk = Desk(.large)
    let sorted = (0..<4).map { _ in desk.press("s").keyLine }
    #expect(
      sorted.map { $0.dropFirst() } == [
        "Sorted by phase.", "Sorted by status.", "Sorted by enrollment.", "Sorted by id.",
      ])
  }

  @Test func keepsTheChoiceAndTheValuesAcrossSizes() {
    let desk = Desk(.large).press("G")
    let chosen = desk.row("▸")
    desk.resize(Size(columns: 10, rows: 3))
    #expect(desk.shows("Lobule"))
    desk.resize(.small).resize(.large)
    #expect(desk.row("▸") == chosen)
    desk.enterPatient().resize(Size(columns: 1, rows: 1)).resize(.large)
    #expect(desk.score("meld3") == "28")
  }

  /// The end of a text is where it ends, and its beginning where it begins.
  @Test(arguments: ["PgUp", "PgDn"] as [Key]) func theWorkingHasTwoEnds(key: Key) {
    let desk = Desk(.large).enterPatient()
    let before = desk.press("PgUp").text
    for _ in 0..<20 { desk.press(key) }
    #expect(desk.shows("why"))
    for _ in 0..<20 { desk.press("PgUp") }
    #expect(desk.text == before)
  }

  @Test func nothingCrashesAtAnySize() {
    let desk = Desk().enterPatient()
    for columns in [0, 1, 12, 60, 61, 110, 150, 300] {
      for rows in [0, 4, 16, 100] {
        desk.resize(Size(columns: columns, rows: rows))
        for key in ["Esc", "Esc", "3", "Down", "F1", "Esc", "1", "End", "Enter", "2"] as [Key] {
          #expect(desk.press(key).canvas.size == Size(columns: columns, rows: rows))
        }
      }
    }
  }
}
