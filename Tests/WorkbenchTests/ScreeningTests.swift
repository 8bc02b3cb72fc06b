import Assessment
import Hepatology
import Terminal
import Testing
import Trials

@testable import Workbench

/// The place of screening: as it looks, and what its keys do.
@Suite struct ScreeningTests {
  static let sizes = [Size.small, .large, .huge]

  private func name(_ what: String, _ size: Size) -> String {
    "\(what)-\(size.columns)x\(size.rows)"
  }

  /// The patient of the README in front of the first trial.
  private func screening(_ size: Size = .small) -> Desk {
    Desk(size).enterPatient().press("Esc", "1", "g", "4")
  }

  @Test(arguments: sizes) func oneTrial(size: Size) {
    Golden.check(screening(size).canvas, name("screening", size))
  }

  @Test(arguments: sizes) func reason(size: Size) {
    let desk = screening(size)
    for _ in 0..<40 where !desk.chosenIsBlocking { desk.press("Down") }
    Golden.check(desk.press("Enter").canvas, name("screening-reason", size))
  }

  @Test(arguments: sizes) func matrix(size: Size) {
    Golden.check(screening(size).press("m").canvas, name("screening-matrix", size))
  }

  @Test func looks() {
    Golden.check(screening().canvas, "screening-looks", looks: true)
  }

  @Test func nobody() {
    Golden.check(Desk(.large).press("4").canvas, "screening-empty")
  }

  @Test func smallestAndPlainest() {
    Golden.check(
      Desk(Workbench.leastSize).enterPatient().press("Esc", "4").canvas, "least-screening")
    let desk = Desk(glyphs: .ascii).enterPatient().press("Esc", "4")
    Golden.check(desk.canvas, "ascii-screening")
    #expect(desk.text.filter { !$0.isASCII }.isEmpty)
  }

  @Test("One key attests, and one takes it back")
  func attests() throws {
    let desk = screening()
    for _ in 0..<40 where desk.workbench.bindings.first?.disabled != nil { desk.press("Down") }
    let question = try #require(desk.question)
    desk.press("y")
    #expect(desk.workbench.screening?.answers[question] == true)
    desk.press("n")
    #expect(desk.workbench.screening?.answers[question] == false)
    desk.press("Backspace")
    #expect(desk.workbench.screening?.answers[question] == nil)
  }

  @Test("A criterion that is computed asks nobody, and says so")
  func computed() throws {
    let desk = screening()
    for _ in 0..<40 where desk.workbench.bindings.first?.disabled == nil { desk.press("Down") }
    desk.press("y")
    #expect(desk.workbench.screening?.answers.isEmpty == true)
    #expect(desk.keyLine.contains("This criterion is computed"))
  }

  @Test("What to ask next stays while a field is typed, and follows when it is left")
  func asksNext() {
    let desk = Desk(.large).press("2")
    let before = desk.workbench.suggestions
    #expect(before.contains { $0.variable.id == "age" })
    desk.type("52")
    #expect(desk.workbench.suggestions == before)
    desk.press("Enter")
    #expect(!desk.workbench.suggestions.contains { $0.variable.id == "age" })
  }
}

extension Desk {
  /// The criterion that is chosen in the screening.
  var question: Screening.Question? {
    workbench.screens.question
  }

  /// Whether the criterion that is chosen keeps the patient out.
  fileprivate var chosenIsBlocking: Bool {
    guard let question, let trial = workbench.screening?.screening(of: question.trial) else {
      return false
    }
    return trial.criteria.contains { $0.criterion.id == question.criterion && $0.blocks }
  }
}
