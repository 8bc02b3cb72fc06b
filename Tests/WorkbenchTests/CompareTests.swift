import Terminal
import Testing
import Trials

@testable import Workbench

/// Trials side by side.
@Suite struct CompareTests {
  private static let sizes = ScreenTests.sizes

  private func name(_ what: String, _ size: Size) -> String {
    "\(what)-\(size.columns)x\(size.rows)"
  }

  /// The trials in the head of a comparison, from the left.
  private func compared(_ desk: Desk) -> [String] {
    desk.lines[2].split(separator: " ").map(String.init).filter { $0.hasPrefix("NCT") }
  }

  private func ids(_ desk: Desk) -> [String] { desk.workbench.trials.found.map(\.id) }

  // MARK: Pictures

  @Test(arguments: sizes) func bookmarks(size: Size) {
    let desk = Desk(size).press("b", "j", "j", "b", "Up")
    Golden.check(desk.canvas, name("trials-bookmarks", size))
  }

  @Test(arguments: sizes) func comparison(size: Size) {
    let desk = Desk(size).press("b", "j", "b", "j", "b", "c")
    Golden.check(desk.canvas, name("compare", size))
  }

  @Test(arguments: sizes) func criteriaForAPatient(size: Size) {
    let desk = Desk(size).enterPatient().press("Esc", "1", "c")
    for _ in 0..<200 where !desk.lines[6].contains("By variable") { desk.press("Down") }
    Golden.check(desk.canvas, name("compare-criteria", size))
  }

  @Test func looks() {
    Golden.check(Desk().press("c").canvas, "compare-looks", looks: true)
  }

  @Test func inASCII() {
    Golden.check(Desk(glyphs: .ascii).press("b", "c").canvas, "ascii-trials-bookmarks")
  }

  // MARK: What is compared

  @Test func theBookmarkedOnes() {
    let desk = Desk(.huge)
    let all = ids(desk)
    desk.press("G", "b", "g", "b", "c")
    #expect(compared(desk) == [all[0], all[4]])
    #expect(desk.press("Esc").shows("◆"))
    desk.press("b", "c")
    #expect(compared(desk) == [all[0], all[4]], "one bookmark and the chosen trial")
  }

  @Test func theChosenAndItsNeighbourWithoutBookmarks() {
    let desk = Desk(.huge)
    let all = ids(desk)
    #expect(compared(desk.press("j", "c")) == [all[1], all[2]])
    #expect(compared(desk.press("q", "G", "c")) == [all[3], all[4]])
  }

  @Test func bookmarksThatTheFilterHides() {
    let desk = Desk(.huge)
    let all = ids(desk)
    desk.press("b", "/").type(all[3]).press("Enter", "b", "c")
    #expect(Set(compared(desk)) == [all[0], all[3]])
  }

  @Test func oneTrialIsNotCompared() {
    let desk = Desk()
    desk.press("/").type(ids(desk)[2]).press("Enter", "c")
    #expect(desk.keyLine.contains("Two trials are needed"))
    desk.press("b", "c")
    #expect(desk.keyLine.contains("Only this one is bookmarked"))
  }

  // MARK: Moving

  @Test func columnsAndRows() {
    let desk = Desk()
    let all = ids(desk)
    desk.press("b", "j", "b", "j", "b", "c")
    #expect(compared(desk) == [all[0], all[1]])
    #expect(desk.press("Left").keyLine.contains("No more trials at the left"))
    #expect(compared(desk.press("Right")) == [all[1], all[2]])
    #expect(desk.press("l").keyLine.contains("No more trials at the right"))
    #expect(desk.press("End").lines.contains { $0.contains("Sites") })
    #expect(compared(desk) == [all[1], all[2]], "the head stays")
    #expect(compared(desk.resize(.huge)) == Array(all[0..<3]), "all where there is room")
  }

  // MARK: What it says

  private func row(_ label: String, _ desk: Desk) -> String? {
    desk.press("g")
    for _ in 0..<400 {
      if let row = desk.lines.dropFirst(6).first(where: {
        $0.dropFirst(2).trimmingPrefix { "≠ ".contains($0) }.hasPrefix(label + " ")
      }) {
        return row
      }
      desk.press("Down")
    }
    return nil
  }

  @Test func differencesAreMarkedByASign() throws {
    let desk = Desk(.huge).press("c")
    let trials = Array(desk.workbench.trials.found.prefix(2))
    #expect(trials[0].phaseLabel != trials[1].phaseLabel)
    #expect(try #require(row("Phase", desk)).contains("≠"))
    #expect(trials[0].eligibility.sex == trials[1].eligibility.sex)
    #expect(try !#require(row("Sex", desk)).contains("≠"))
  }

  @Test func verdictsOfThePatient() {
    let desk = Desk(.large).press("c")
    #expect(desk.row("Verdict").contains("–"))
    desk.press("Esc").enterPatient().press("Esc", "1", "c")
    #expect(desk.row("Verdict").contains("⊘ not recruiting"))
    #expect(desk.row("Verdict").contains("? open"))
  }
}
