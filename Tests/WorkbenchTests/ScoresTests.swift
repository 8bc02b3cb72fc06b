import Hepatology
import Terminal
import PatientSupport
import Testing

@testable import Workbench

/// The place of the scores: what keys do, and how it looks.
@Suite struct ScoresTests {
  static let sizes = [Size.small, .large, .huge]

  private func name(_ what: String, _ size: Size) -> String {
    "\(what)-\(size.columns)x\(size.rows)"
  }

  // MARK: List

  @Test func favouritesComeFirstThenFamilies() {
    let desk = Desk(.large).press("3")
    let rows = desk.workbench.scores.rows
    #expect(rows.first == .heading("Favourites"))
    #expect(
      Array(rows[1...5])
        == ScoresDesk.favourites.map { ScoresPlace.Row.score($0) })
    #expect(rows[6] == .heading("MELD family"))
    #expect(rows[7] == .score("meldMayo"))
    // Every score stands once.
    #expect(rows.count { if case .score = $0 { true } else { false } } == Score.all.count)
    #expect(Set(rows).count == rows.count)
  }

  @Test func aStarMovesAScoreToTheFavouritesAndToTheForm() {
    let desk = Desk(.large).press("3", "/").type("albi").press("Enter", "f")
    #expect(desk.keyLine.contains("ALBI is a favourite now"))
    #expect(desk.workbench.scores.favourites.map(\.id) == ScoresDesk.favourites + ["albi"])
    desk.press("Esc", "g")
    #expect(desk.workbench.scores.rows[6] == .score("albi"))
    desk.press("2")
    #expect(desk.row("ALBI").contains("needs"))
    desk.press("Esc", "3").press("/").type("albi").press("Enter", "*", "Esc")
    #expect(desk.workbench.scores.favourites.map(\.id) == ScoresDesk.favourites)
    #expect(!desk.press("2").shows("ALBI"))
  }

  @Test func theLastFavouriteStays() throws {
    var desk = ScoresDesk(try .half())
    for _ in 0..<9 { desk.toggleFavourite() }
    #expect(desk.place.favourites.count >= 1)
    let desk2 = Desk(.large).press("3", "f", "g", "f", "g", "f", "g", "f", "g", "f")
    #expect(desk2.workbench.scores.favourites.count == 1)
    #expect(desk2.keyLine.contains("The last favourite stays"))
  }

  @Test func movingSkipsHeadings() {
    let desk = Desk().press("3")
    var seen: [String] = []
    for _ in Score.all {
      seen.append(desk.workbench.scores.chosen?.id ?? "–")
      desk.press("j")
    }
    #expect(seen == desk.workbench.scores.found.map(\.id))
    #expect(desk.press("g").workbench.scores.chosen?.id == "meld3")
    #expect(desk.shows("Favourites"), "the heading is seen with its first row")
    #expect(desk.press("G").workbench.scores.chosen?.family == .toxicity)
  }

  // MARK: Filter

  @Test func theFilterFindsByNameIdAndTitle() {
    let desk = Desk(.large).press("3", "/")
    #expect(desk.type("clif").workbench.scores.found.count >= 4)
    desk.press("Ctrl-u").type("meldNa")
    #expect(desk.workbench.scores.found.map(\.id) == ["meldNa"])
    desk.press("Ctrl-u").type("end-stage 2002")
    #expect(desk.workbench.scores.found.map(\.id) == ["meld"])
    desk.press("Ctrl-u").type("q")
    #expect(desk.workbench.place == .scores, "letters are text there")
    #expect(desk.press("Esc").workbench.scores.found.count == Score.all.count)
    #expect(desk.press("Esc").workbench.place == .patient)
  }

  @Test func aFilterThatFindsNothingLocksNobodyIn() {
    let desk = Desk().press("3", "/").type("cats").press("Enter")
    #expect(desk.shows("No score is called so"))
    desk.press("v", "f", "y", "Y", "Enter", "Tab", "j", "G")
    #expect(desk.effects.isEmpty)
    #expect(desk.press("Esc").workbench.scores.chosen != nil)
  }

  // MARK: Values and ranges

  @Test func aMissingValueGivesARangeThatIsMarked() throws {
    let desk = ScoresDesk(try .half(), .large)
    // Sodium is missing: 125 or less and 137 or more are the ends.
    #expect(desk.row("MELD-Na").contains(" to "))
    #expect(desk.row("MELD-Na").contains(" ?"))
    #expect(desk.row("MELD-Na").contains("lacks Na"))
    #expect(desk.row("ALBI").contains("grade 3"))
    #expect(!desk.row("ALBI").contains("?"))
  }

  @Test func whoIsNotKnownHasNoRange() {
    let desk = Desk(.large).press("3")
    #expect(desk.row("▸ MELD 3.0").contains("–  lacks"))
    #expect(desk.lines.dropLast().allSatisfy { !$0.contains(" ?") })
  }

  @Test func aGradeIsNamedOnce() throws {
    let desk = ScoresDesk(try .complete(), .large)
    let row = desk.row("CTCAE bilirubin")
    #expect(row.ranges(of: "grade").count == 1)
    let known = try patient("totalBilirubin=214 umol/L\ninr=1.3\nencephalopathyGrade=3")
    #expect(ScoresDesk(known, .large).row("ACLF grade").contains("at least ACLF-2 ?"))
  }

  @Test func theRulerOfARangeIsASpan() throws {
    var desk = ScoresDesk(try .half(), .large)
    desk.choose("meldNa")
    #expect(desk.sheet.contains { $0.contains("├━") && $0.contains("━┤") })
    var plain = ScoresDesk(try .half(), .large, glyphs: .ascii)
    plain.choose("meldNa")
    #expect(plain.text.contains("[="))
    #expect(plain.text.allSatisfy { $0.isASCII })
  }

  // MARK: Forms

  @Test func theNextFormIsUsedAndNamed() throws {
    let desk = Desk(.large).enterPatient().press("Esc", "3", "j", "v")
    #expect(desk.keyLine.contains("unroundedMELDi: "))
    #expect(desk.shows("form unroundedMELDi"))
    for _ in 1..<5 { desk.press("v") }
    #expect(!desk.shows("form unroundedMELDi"), "after the last one the first one follows")
  }

  @Test func formsThatDifferAreNamedWithTheirValue() throws {
    // MELD 3.0 without its cap.
    var desk = ScoresDesk(
      try patient(
        """
        sex=female
        totalBilirubin=600 umol/L
        albumin=20 g/L
        creatinine=260 umol/L
        sodium=126
        inr=3.5
        """), .large)
    desk.choose("meld3")
    let line = try #require(desk.sheet.first { $0.contains("Sources disagree") })
    #expect(line.contains("under uncapped"))
    let form = try #require(desk.section("Forms").first { $0.contains("uncapped") })
    #expect(desk.section("Forms")[1].hasPrefix("● optn2023"))
    #expect(form.hasPrefix("○"))
    desk.nextVariant()
    #expect(desk.section("Forms").contains { $0.hasPrefix("● uncapped") })
  }

  // MARK: What would change it

  @Test func thresholdsBothWaysInTheUnitAsTyped() throws {
    var desk = ScoresDesk(
      try patient(
        """
        totalBilirubin=60 umol/L
        albumin=27 g/L
        inr=1.5
        ascites=mild
        encephalopathyGrade=0
        """), .large)
    desk.choose("childPugh")
    let section = desk.section("What would change it")
    let bilirubin = try #require(section.first { $0.hasPrefix("Total bilirubin") })
    // Two points to 3 mg/dL, which is 51.3 µmol/L: 9 points, class B.
    #expect(bilirubin.contains("B 9 at") && bilirubin.contains("51.3"))
    #expect(bilirubin.contains("µmol/L"))
    let ascites = try #require(section.first { $0.hasPrefix("Ascites") })
    #expect(ascites.contains("at     none") && ascites.contains("11 at moderate"))
  }

  @Test func barsAreAlignedAndAsLongAsTheSlopes() throws {
    #expect(ScoreChanges.bar(1, columns: 4) == "████")
    #expect(ScoreChanges.bar(0.5, columns: 4) == "██")
    #expect(ScoreChanges.bar(0.28125, columns: 4) == "█▏")
    #expect(ScoreChanges.bar(0, columns: 4).isEmpty)
    #expect(ScoreChanges.bar(7, columns: 4) == "████")
    var desk = ScoresDesk(try .complete(), .large)
    desk.choose("cosshACLF2")
    let bars = desk.section("What would change it").compactMap { line in
      line.firstIndex { "█▉▊▋▌▍▎▏".contains($0) }.map { line[..<$0].columns }
    }
    #expect(bars.count >= 4)
    #expect(Set(bars).count == 1)
  }

  // MARK: Copy

  @Test func oneLineIsCopied() {
    let desk = Desk().enterPatient().press("Esc", "3", "y")
    #expect(
      desk.effects == [
        .copy(
          "MELD 3.0 28 (sex female, bili 214 µmol/L, alb 31 g/L, crea 88 µmol/L, Na 131 mmol/L, "
            + "INR 2.1, renal replacement no)")
      ])
    desk.press("j", "v", "y")
    guard case .copy(let text) = desk.effects.last else { return }
    #expect(text.hasPrefix("MELD-Na [unroundedMELDi] 2"))
  }

  @Test func aNoteIsCopiedWithWorkingAndSource() throws {
    let desk = Desk().enterPatient().press("Esc", "3", "Y")
    guard case .copy(let text)? = desk.effects.last else {
      Issue.record("nothing was copied")
      return
    }
    let lines = text.split(separator: "\n")
    #expect(lines.first == "2026-11-21")
    #expect(lines.dropFirst().first == "MELD 3.0 (OPTN 2023): 28")
    #expect(lines.contains("Creatinine: 88 µmol/L, used as 1 mg/dL (raised to the least)"))
    #expect(lines.contains { $0.hasPrefix("Terms: 1.33 × female = 1.33;") })
    #expect(lines.contains { $0.hasPrefix("20.1 % death within 90 days in adult candidates") })
    #expect(lines.contains { $0.hasPrefix("Source: Kim WR") })
  }

  @Test func aRangeIsNeverCopiedAsAValue() throws {
    var desk = ScoresDesk(try .half())
    desk.choose("meldNa")
    let line = try #require(desk.place.line)
    #expect(line.hasPrefix("MELD-Na possible range "))
    #expect(line.contains("Na missing"))
  }

  @Test func whatBecameOfACopyIsTold() {
    let desk = Desk().press("3", "y")
    desk.tell("Sent to the terminal's clipboard: MELD 3.0")
    #expect(desk.keyLine.contains("Sent to the terminal's clipboard"))
    #expect(!desk.press("j").keyLine.contains("Sent"))
  }

  // MARK: Every score

  @Test(arguments: [Size(columns: 60, rows: 16), .small, .large, .huge])
  func everySheetFits(size: Size) throws {
    for (known, patient) in [
      ("nothing", Patient()), ("half", try .half()), ("all", try .complete()),
    ] {
      var desk = ScoresDesk(patient, size)
      for score in Score.all {
        desk.choose(score.id)
        #expect(desk.place.chosen?.id == score.id)
        for _ in known == "all" ? score.variants : [score.variants[0]] {
          check(desk, "\(score.id) \(known) \(size.columns)")
          desk.nextVariant()
        }
      }
    }
  }

  private func check(_ desk: ScoresDesk, _ what: String) {
    let width = desk.layout.text.width
    for row in desk.place.document.rows {
      let spans = row.filter { $0.text != "●" && $0.style.role != .chart }
        .filter { !$0.text.hasPrefix("├") }.sorted { $0.x < $1.x }
      var end = 0
      for span in spans where !span.text.isEmpty {
        #expect(span.x >= end, "\(what): “\(span.text)” covers what is before it")
        end = span.x + span.text.columns
        #expect(end <= width, "\(what): “\(span.text)” is too wide")
      }
    }
  }

  @Test(arguments: [Size(columns: 60, rows: 16), .small, .large, .huge])
  func everyRowEndsWithAWholeWord(size: Size) throws {
    for patient in [Patient(), try .half(), try .complete()] {
      let inner =
        ScoresLayout(Rect(x: 0, y: 1, width: size.columns, height: 50)).list
        .inset(by: 1).width - 2
      for score in Score.all {
        let result = score.result(for: patient)
        func drawn(_ width: Int) -> String {
          var canvas = Canvas(Size(columns: width + 1, rows: 1))
          let rect = Rect(x: 0, y: 0, width: width, height: 1)
          ScoreRow(result, result.range).draw(on: &canvas, in: rect)
          return canvas.lines[0]
        }
        let row = drawn(inner)
        #expect(row.columns <= inner)
        let whole = Set((drawn(400) + " " + drawn(60)).split { " ,".contains($0) })
        for word in row.split(whereSeparator: { " ,".contains($0) }) {
          #expect(
            whole.contains(word) || word.hasSuffix("…") || word.first == "+"
              || Int(word) != nil || word == "from" || "─┼●".contains(word.first ?? " ")
              || "not for this patient lacks".contains(word),
            "“\(word)” in “\(row)”")
        }
      }
    }
  }

  // MARK: Looks

  @Test(arguments: sizes) func listEmpty(size: Size) {
    Golden.check(ScoresDesk(Patient(), size).canvas, name("scores-list-empty", size))
  }

  @Test(arguments: sizes) func listHalf(size: Size) throws {
    Golden.check(ScoresDesk(try .half(), size).canvas, name("scores-list-half", size))
  }

  @Test(arguments: sizes) func listComplete(size: Size) throws {
    Golden.check(ScoresDesk(try .complete(), size).canvas, name("scores-list-complete", size))
  }

  @Test(arguments: sizes) func filter(size: Size) {
    let desk = Desk(size).enterPatient().press("Esc", "3", "/").type("clif")
    Golden.check(desk.canvas, name("scores-filter", size))
  }

  @Test(arguments: sizes) func variants(size: Size) throws {
    var desk = ScoresDesk(try .complete(), size)
    desk.choose("meldNa")
    desk.nextVariant()
    Golden.check(lines: desk.sheet, name("scores-variants", size))
  }

  @Test(arguments: sizes) func sensitivity(size: Size) throws {
    var desk = ScoresDesk(try .complete(), size)
    desk.choose("cosshACLF2")
    Golden.check(lines: desk.sheet, name("scores-sensitivity", size))
  }

  @Test(arguments: sizes) func grade(size: Size) throws {
    var desk = ScoresDesk(try .complete(), size)
    desk.choose("aclfGrade")
    Golden.check(desk.canvas, name("scores-grade", size))
  }

  @Test(arguments: sizes) func definition(size: Size) throws {
    var desk = ScoresDesk(try .complete(), size)
    desk.choose("apaslACLF")
    Golden.check(desk.canvas, name("scores-definition", size))
  }

  @Test(arguments: sizes) func range(size: Size) throws {
    var desk = ScoresDesk(try .half(), size)
    desk.choose("meldNa")
    Golden.check(desk.canvas, name("scores-range", size))
  }

  @Test func looks() throws {
    Golden.check(ScoresDesk(try .half(), .large).canvas, "scores-looks", looks: true)
  }

  @Test func asciiOnly() throws {
    var desk = ScoresDesk(try .complete(), .large, glyphs: .ascii)
    desk.choose("childPugh")
    Golden.check(desk.canvas, "ascii-scores-childpugh")
    #expect(desk.text.allSatisfy { $0.isASCII })
  }
}
