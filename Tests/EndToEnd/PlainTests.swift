import Foundation
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
    #expect(run.output.contains("Patients are not kept in this mode."))
    #expect(run.output.contains("Sex? 1 Female, 2 Male"))
    #expect(run.line("MELD 3.0 28") != "")
    let summary = run.output.components(separatedBy: "Summary. Nothing of it is kept.").last ?? ""
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

  @Test func nothingIsKept() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "lobule-plain-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    _ = try Run(["--plain"], input: answers, environment: ["HOME": folder.path])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
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
