import Foundation
import TestSupport
import Testing

/// The app as lines of text, through a pipe.
@Suite struct PlainTests {
  private let answers = """
    52
    f
    214 umol/L
    31 g/L
    .set inr 2.1
    .set creatinine 88 umol/L
    .set sodium 131

    """

  @Test(arguments: [["--plain"], ["app", "--plain"]], ["dumb", "", "xterm-256color"])
  func asksAndAnswers(arguments: [String], type: String) throws {
    let run = try Run(arguments, input: answers, environment: ["TERM": type])
    #expect(run.status == 0)
    #expect(run.errors == "")
    #expect(run.output.contains("Sex? 1 Female, 2 Male"))
    #expect(run.line("MELD 3.0 28") != "")
    let summary = run.output.components(separatedBy: "Summary. Nothing of it is kept.").last ?? ""
    // There is no home in which a store could lie.
    #expect(run.output.contains("Patients are not kept: neither XDG_DATA_HOME nor HOME is"))
    #expect(summary.contains("Total bilirubin 214 umol/L\n"))
    #expect(summary.contains("NCT05940610 "))
    let bytes = Array(run.output.utf8)
    #expect(bytes.allSatisfy { $0 == 10 || (0x20..<0x7F).contains($0) })
    #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 78 })
  }

  @Test func nothingAtAllIsASummaryToo() throws {
    let run = try Run(["--plain"])
    #expect(run.status == 0)
    #expect(run.output.contains("Summary."))
  }

  @Test func afterQuitNothingIsRead() throws {
    let run = try Run(["--plain"], input: "52\n.quit\n53\n")
    #expect(run.status == 0)
    #expect(run.output.contains("Age 52 years\n"))
    #expect(!run.output.contains("53"))
  }

  @Test func aLastLineWithoutItsEndCounts() throws {
    let run = try Run(["--plain"], input: "52\r\nf")
    #expect(run.output.components(separatedBy: "Summary.").last?.contains("Sex Female") == true)
  }

  @Test func whatWasAnsweredIsKept() throws {
    let folder = try TemporaryFolder()
    let home = ["HOME": folder.path]
    let first = try Run(["--plain"], input: answers, environment: home)
    #expect(first.status == 0)
    #expect(first.line("Summary.") == "Summary. It is kept as P-0001.")
    let second = try Run(["--plain"], input: ".open p-0001\n.values\n", environment: home)
    #expect(second.output.contains("Total bilirubin 214 umol/L\n"))
    let shown = try Run(["patients", "show", "P-0001"], environment: home)
    #expect(shown.output.contains("214"))
  }

  @Test func aValueIsKeptBeforeTheNextQuestion() throws {
    let folder = try TemporaryFolder()
    let home = ["HOME": folder.path]
    let terminal = try PseudoTerminal(arguments: ["--plain"], environment: home)
    try terminal.wait(text: "Age, in years?")
    terminal.send("52\r")
    try terminal.wait(text: "1 Female, 2 Male")
    terminal.signal(SIGKILL)
    _ = try terminal.exit()
    let shown = try Run(["patients", "show", "P-0001"], environment: home)
    #expect(shown.output.contains("52"))
  }

  @Test func whatCannotBeKeptIsSaidAndIsNoSuccess() throws {
    let run = try Run(["--plain", "--store", "/dev/null/store"], input: "52\n")
    #expect(run.status == 2)
    #expect(run.output.contains("Patients cannot be kept now: "))
    #expect(run.output.contains("Not kept: "))
    #expect(run.line("Summary.") == "Summary. Nothing of it is kept.")
  }

  @Test func patientsInMemoryAreGoneWithIt() throws {
    let run = try Run(["--plain", "--store", ":memory:"], input: "52\n")
    #expect(run.status == 0)
    #expect(run.output.contains("Patients are gone when this ends."))
    #expect(run.line("Summary.") == "Summary. Nothing of it is kept.")
  }

  @Test func aTerminalThatCannotShowTheAppIsToldOfIt() throws {
    let run = try Run([])
    #expect(run.status == 2)
    #expect(run.errors.contains("lobule --plain"))
  }

  @Test func worksInADumbTerminal() throws {
    let terminal = try PseudoTerminal(arguments: ["--plain"], environment: ["TERM": "dumb"])
    try terminal.wait(text: "Age, in years?")
    terminal.send("52\r")
    try terminal.wait(text: "1 Female, 2 Male")
    terminal.send(".quit\r")
    #expect(try terminal.exit() == 0)
    #expect(!terminal.output.contains(0x1B))
    #expect(terminal.modes == terminal.modesBefore)
  }
}
