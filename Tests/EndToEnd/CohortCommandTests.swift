import Foundation
import TestSupport
import Testing

@testable import lobule

/// `lobule score --from`, through the real program.
@Suite struct CohortCommandTests {
  private static let header = "code,ward,totalBilirubin[umol/L],inr,creatinine[mg/dL]\n"

  @Test func fromAPipeToAPipe() throws {
    let run = try Run(
      ["score", "--from", "-", "--score", "meld"], input: Self.header + "A,4B,214,2.1,1.0\n")
    #expect(run.status == 0)
    #expect(run.output == "code,meld,reason\nA,24,\n")
    #expect(run.errors.contains("lobule: 1 row\n"))
    #expect(run.errors.contains("renalReplacement not answered"))
    #expect(run.errors.contains("not used by these scores: ward"))
    // No bar where messages do not go to a terminal.
    #expect(!run.errors.contains("\r"))
  }

  @Test func theMainScoresWhereNoneIsNamed() throws {
    let run = try Run(["score", "--from", "-", "--keep", "ward"], input: Self.header + "A,4B,,,\n")
    #expect(run.status == 0)
    #expect(
      run.output.hasPrefix(
        "code,ward,meld3,meldNa,meld,meldMayo,childPugh,cosshACLF2,reason\nA,4B,,,,,,,\""))
  }

  @Test("The bar is as long as there is room, and no line is broken")
  func bar() {
    func line(_ width: Int, share: Double? = 0.5) -> String {
      ProgressBar.line(rows: 1_234_567, share: share, elapsed: .seconds(4), width: width)
    }
    #expect(
      line(80) == "[" + String(repeating: "#", count: 15) + String(repeating: ".", count: 15)
        + "] 50 %  1234567 rows  4 s left")
    #expect(line(40) == "[###....] 50 %  1234567 rows  4 s left")
    #expect(line(30) == "50 %  1234567 rows  4 s left")
    #expect(line(24) == "50 %  1234567 rows")
    #expect(line(6) == "50 %")
    #expect(line(3) == "")
    #expect(line(80, share: nil) == "1234567 rows")
    for width in 0...100 { #expect(line(width).count < max(1, width)) }
  }

  @Test("In a narrow terminal the bar stays in its line and goes when the work is done")
  func barInATerminal() throws {
    let folder = try TemporaryFolder()
    let rows = String(repeating: "A,4B,214,2.1,1.0\n", count: 400_000)
    let source = try folder.write(
      Self.header + "A,4B,x,2.1,1.0\n" + rows, to: "cohort.csv")
    let terminal = try PseudoTerminal(
      arguments: [
        "score", "--from", source, "--score", "meld", "--output",
        folder.file("scores.csv"),
      ], columns: 40, rows: 24)
    try terminal.wait("the bar", seconds: 30) { $0.lines.contains { $0.contains(" rows") } }
    let bars = terminal.lines.filter { $0.hasPrefix("[") }
    #expect(bars.count <= 1)
    try terminal.wait(text: "400001 rows", seconds: 60)
    try terminal.waitUntilQuiet()
    #expect(!terminal.lines.contains { $0.hasPrefix("[") })
  }

  @Test func badRows() throws {
    let run = try Run(
      ["score", "--from", "-", "--score", "meld"],
      input: Self.header + "A,x,214,2.1,1\nB,x,2z,2.1,1\nC,x,214,2.1\nD,x,214,2.1,1\n")
    #expect(run.status == 1)
    #expect(run.output.split(separator: "\n").count == 5)
    #expect(run.line("D") == "D,24,")
    #expect(run.line("B").hasPrefix("B,,"))
    #expect(run.errors.contains("standard input, line 3, column 3 (totalBilirubin): "))
    #expect(run.errors.contains("standard input, line 4, column 4: the row has 4 cells"))
    #expect(run.errors.contains("4 rows, 2 of them could not be read"))
  }

  @Test(arguments: [
    ("code,totalBilirubin,inr\n", "line 1, column 2: totalBilirubin needs a unit: write"),
    ("code,totalBilrubin[umol/L]\n", "did you mean totalBilirubin"),
    ("code,totalBilirubin[mmHg]\n", "totalBilirubin: "), ("", "the file is empty"),
  ])
  func wrongHeaders(header: String, message: String) throws {
    let run = try Run(["score", "--from", "-"], input: header)
    #expect(run.status == 2)
    #expect(run.output == "")
    #expect(run.errors.contains(message))
  }

  @Test func intoAFile() throws {
    let folder = try TemporaryFolder()
    let source = try folder.write(Self.header + "A,x,214,2.1,1\n", to: "cohort.csv")
    let target = folder.file("scores.csv")
    let run = try Run(["score", "--from", source, "--score", "meld", "--output", target])
    #expect(run.status == 0)
    #expect(run.output == "")
    let text = try String(contentsOfFile: target, encoding: .utf8)
    #expect(text == "code,meld,reason\nA,24,\n")
    // Once more replaces it; the input is never replaced, and nothing is left beside them.
    #expect(try Run(["score", "--from", source, "--output", target]).status == 0)
    let same = try Run(["score", "--from", source, "--output", source])
    #expect(same.status == 2)
    #expect(same.errors.contains("is the file that is read"))
    try folder.write("inr,nonsense[x]\n", to: "cohort.csv")
    #expect(try Run(["score", "--from", source, "--output", target + "2"]).status == 2)
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(left == ["cohort.csv", "scores.csv"])
  }

  @Test func filesThatCannotBeUsed() throws {
    let absent = try Run(["score", "--from", "/nowhere/cohort.csv"])
    #expect(absent.status == 2)
    #expect(absent.errors.contains("'/nowhere/cohort.csv' cannot be read: No such file"))
    #expect(try Run(["score", "--from", "/"]).errors.contains("'/' is a folder"))
    let full = try Run(
      ["score", "--from", "-", "--output", "/dev/full"], input: Self.header + "A,x,214,2.1,1\n")
    #expect(full.status == 2)
    #expect(full.errors.contains("'/dev/full' cannot be written: the disk is full"))
  }

  @Test func whatDoesNotGoTogether() throws {
    #expect(try Run(["score", "--from", "-", "inr=2"]).status == 2)
    #expect(try Run(["score", "--output", "x", "inr=2"]).status == 2)
    #expect(try Run(["score", "--format", "csv", "inr=2"]).status == 2)
  }

  @Test func asJSON() throws {
    let run = try Run(
      ["score", "--from", "-", "--score", "meld", "--format", "json", "--notes"],
      input: Self.header + "A,x,214,2.1,0.5\nB,x,,2.1,1\n")
    #expect(run.status == 0)
    let rows = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [[String: Any]])
    #expect(rows.count == 2)
    #expect((rows[0]["scores"] as? [String: Any])?["meld"] as? Int == 24)
    #expect((rows[0]["notes"] as? [String])?.first?.contains("used as 1 mg/dL") ?? false)
    #expect(rows[1]["reason"] as? String == "meld needs totalBilirubin")
  }

  @Test func disagreementsInTheJSONOfAScore() throws {
    let fields = [
      "age=52", "totalBilirubin=214 umol/L", "urea=6.1 mmol/L", "neutrophils=4.5", "inr=2.1",
      "encephalopathyGrade=1",
    ]
    let run = try Run(["score", "--score", "cosshACLF2", "--format", "json"] + fields)
    let score = try #require((run.json?["scores"] as? [[String: Any]])?.first)
    let others = try #require(score["disagreements"] as? [[String: Any]])
    #expect(others.map { $0["variant"] as? String } == ["grade"])
    #expect(others.first?["stratum"] as? String == "low")
    // Once in the working, not twice.
    let table = try Run(["score", "--score", "cosshACLF2"] + fields)
    #expect(table.output.split(separator: "\n").count { $0.contains("7.20") } == 1)
  }
}
