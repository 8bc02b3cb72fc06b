import Assessment
import Hepatology
import Terminal
import Testing

@testable import Workbench

/// The verdicts and *ask next* beside the form: gone to by a key, and what Enter opens there.
@Suite struct BesideTests {
  static let sizes = [Size.small, .large, .huge]

  /// The patient of the README, half of him known.
  private func desk(_ size: Size = .large, glyphs: Glyphs = .unicode) -> Desk {
    Desk(size, glyphs: glyphs).press("2").type("52").press("Enter").type("f").press("Enter")
      .type("214").press("Enter")
  }

  @Test(arguments: sizes) func verdicts(size: Size) {
    Golden.check(
      desk(size).press("Ctrl-g", "Down").canvas, "beside-\(size.columns)x\(size.rows)")
  }

  @Test(arguments: sizes) func questions(size: Size) {
    Golden.check(
      desk(size).press("Ctrl-g", "Tab", "Down").canvas,
      "beside-asking-\(size.columns)x\(size.rows)")
  }

  @Test func looks() {
    Golden.check(desk(.small).press("Ctrl-g").canvas, "beside-looks", looks: true)
  }

  @Test func smallestAndPlainest() {
    Golden.check(desk(Workbench.leastSize).press("Ctrl-g", "Tab").canvas, "least-beside")
    let plain = desk(.small, glyphs: .ascii).press("Ctrl-g", "Down")
    Golden.check(plain.canvas, "ascii-beside")
    #expect(plain.text.filter { !$0.isASCII }.isEmpty)
  }

  @Test("Enter on a verdict opens the criterion that decides it, and Escape comes back to it")
  func opensTheReason() throws {
    let desk = desk().press("Ctrl-g")
    #expect(desk.workbench.lines.first?.verdict == .blocked(by: ["I5b"]))
    desk.press("Enter")
    #expect(desk.workbench.place == .screening)
    #expect(desk.question?.trial == "NCT03460795")
    #expect(desk.question?.criterion == "I5b")
    #expect(desk.workbench.screens.isReading)
    #expect(desk.shows("The criterion") && desk.shows("170"))
    desk.press("Esc")
    #expect(desk.workbench.place == .patient)
    #expect(desk.workbench.form.beside?.chosen == .verdict(0))
    desk.press("Esc")
    #expect(desk.workbench.form.beside == nil)
    #expect(desk.workbench.form.isInField && desk.workbench.form.focus.id == "albumin")
  }

  @Test("After every key verdicts and scores say what holds of the patient as he is now")
  func followsEveryKey() throws {
    let desk = Desk(.huge).press("2")
    // Nobody is filled in, and then with other values.
    for keys in [["8", "0", "n"], [.backspace, "2", "y"]] as [[Key]] {
      for variable in VariableTable.builtIn.all {
        desk.go(to: variable.id)
        for key in keys {
          desk.press(key)
          let screening = try #require(desk.workbench.screening)
          #expect(
            desk.workbench.lines.map(\.headline)
              == desk.workbench.library.map { screening.line(of: $0)?.headline },
            "after \(key) in \(variable.id)")
          for result in desk.workbench.results {
            let anew = result.score.result(for: desk.workbench.patient)
            let isSame =
              result.reads(as: anew) && result.inputs == anew.inputs && result.terms == anew.terms
              && result.alternatives == anew.alternatives && result.notes == anew.notes
            #expect(isSame, "\(result.score.id) after \(key) in \(variable.id)")
          }
        }
      }
    }
  }

  @Test("A reason names the threshold that is passed now")
  func namesTheThreshold() {
    let desk = Desk(.large).press("2").type("8")
    #expect(desk.row("NCT05871463").contains("✗ age 8, must be at least 18 years"))
    desk.type("0")
    #expect(desk.row("NCT05871463").contains("✗ age 80, must be "))
    // Where there is less room the limit is not what is cut off.
    let small = Desk(.small).press("2").type("8")
    #expect(small.row("NCT05871463").contains("✗ age 8, need >=18"))
  }

  @Test("Of an open trial the first criterion that is unknown is explained")
  func opensWhatIsUnknown() throws {
    let desk = desk().press("Ctrl-g", "Down", "Enter")
    #expect(desk.question?.criterion == "I2b")
    // Left for another place, the screening is as usual afterwards.
    desk.press("2", "Esc", "Esc", "4")
    #expect(!desk.workbench.screens.isReading)
    desk.press("Enter", "Esc")
    #expect(desk.workbench.place == .screening)
  }

  @Test("The verdict in the list of trials is explained too")
  func explainsTheList() {
    let desk = Desk(.large)
    #expect(desk.press("w").shows("There is no verdict without a patient."))
    desk.enterPatient().press("Esc", "1", "g", "w")
    #expect(desk.workbench.screens.isReading && desk.shows("The criterion"))
    desk.press("Esc")
    #expect(desk.workbench.place == .trials)
  }

  @Test("Enter on what to ask next goes to its field")
  func goesToTheField() throws {
    let desk = desk().press("Ctrl-g", "Tab")
    let asked = try #require(desk.workbench.suggestions.first).variable
    desk.press("Enter")
    #expect(desk.workbench.form.focus == asked)
    #expect(desk.workbench.form.isInField && desk.workbench.form.beside == nil)
  }

  @Test("What was half typed is kept, as going to another field keeps it")
  func keepsWhatWasTyped() throws {
    let desk = desk().type("31").press("Ctrl-g")
    #expect(desk.workbench.form.editor == nil)
    #expect(desk.workbench.patient[Variable.albumin]?.typed == "31")
  }

  @Test("Both panels are gone through as one list; letters are commands, a paste goes nowhere")
  func moves() throws {
    let desk = desk().press("Ctrl-g", "Down", "Down", "Down", "j")
    #expect(desk.workbench.form.beside?.chosen == .verdict(4))
    desk.press("j")
    #expect(desk.workbench.form.beside?.chosen == .question(0))
    desk.press("k")
    #expect(desk.workbench.form.beside?.chosen == .verdict(4))
    let before = desk.workbench.patient
    desk.paste("12")
    #expect(desk.workbench.patient == before)
    #expect(desk.shows("Nothing takes a paste here"))
  }
}
