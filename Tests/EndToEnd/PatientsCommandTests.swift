import Foundation
import Testing

/// The patients that are kept, from the command line.
@Suite struct PatientsCommandTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("lobule-patients-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private var store: String { folder.appendingPathComponent("data/lobule.sqlite").path }

  private func patients(_ words: String...) throws -> Run {
    try Run(["patients"] + words + ["--store", store])
  }

  private func audit(_ words: String...) throws -> Run {
    try Run(["audit"] + words + ["--store", store])
  }

  private func file(_ name: String, _ text: String) throws -> String {
    let url = folder.appendingPathComponent(name)
    try Data(text.utf8).write(to: url)
    return url.path
  }

  @Test func aPatientFromTheFirstDayToTheArchive() throws {
    let none = try patients("list")
    #expect(none.status == 0)
    #expect(none.errors.contains("no store"))
    #expect(!FileManager.default.fileExists(atPath: store))
    #expect(try patients("new").output == "P-0001\n")
    let new = try patients(
      "new", "SITE2-017", "--date", "2026-11-01", "--label", "bed 4", "age=52",
      "totalBilirubin=214 umol/L", "inr=2.1", "creatinine=88 umol/L")
    #expect(new.output == "SITE2-017\n")
    #expect(new.errors == "")
    #expect(
      try patients("list").line("SITE2-017").split(separator: " ")
        == ["SITE2-017", "52", "1", "2026-11-01", "4", "bed", "4"])
    let page = try patients("show", "SITE2-017")
    #expect(page.status == 0)
    #expect(page.line("Total bilirubin").contains("214 µmol/L"))
    #expect(page.line("MELD ").contains("24"))
    #expect(page.line("NCT07409259").contains("open"))
    #expect(try patients("show", "SITE2-017", "--format", "markdown").output.hasPrefix("# SITE2"))
    #expect(try patients("archive", "SITE2-017", "--reason", "left").status == 0)
    #expect(!(try patients("list").output.contains("SITE2")))
    #expect(try patients("list", "--archived").output.contains("SITE2"))
    #expect(try patients("archive", "SITE2-017", "--undo").status == 0)
    let history = try audit("show", "SITE2-017", "--author", "nobody")
    #expect(history.output.contains("totalBilirubin = 214 umol/L"))
    #expect(history.output.contains("archived, because: left"))
    #expect(try audit("verify").status == 0)
  }

  @Test func wrongInputIsSaid() throws {
    _ = try patients("new")
    for (words, reason) in [
      (["new", "Anna"], "never a name"), (["new", "P-0001"], "already"),
      (["new", "inr=abc"], "not a number"), (["show", "P-2"], "there is no patient P-2"),
      (["show", "P-0001", "--visit", "3"], "no visit 3"),
      (["import", "/nowhere.csv"], "cannot be read"), (["export", "P-9"], "no patient P-9"),
    ] {
      let run = try Run(["patients"] + words + ["--store", store])
      #expect(run.status == 2, "\(words)")
      #expect(run.errors.contains(reason), "\(run.errors)")
      #expect(run.output == "")
    }
    #expect(try patients("list").output.split(separator: "\n").count == 2)
  }

  @Test func inAndOutAgain() throws {
    let csv = try file(
      "a.csv", "code,date,inr,totalBilirubin[umol/L]\nW-1,2026-11-01,2.1,214\nW-2,2026-11-02,x,\n")
    let rehearsal = try patients("import", csv, "--dry-run")
    #expect(rehearsal.status == 0)
    #expect(rehearsal.output.contains("2 values would be added"))
    #expect(!FileManager.default.fileExists(atPath: store))
    let done = try patients("import", csv)
    #expect(done.output.contains("2 values added"))
    #expect(done.output.contains("line 3, inr"))
    #expect(try patients("import", csv).output.contains("0 values added, 2 there already"))
    let other = try file("b.csv", "code,date,inr\nW-1,2026-11-01,2.4\n")
    let conflict = try patients("import", other, "--format", "json")
    #expect(conflict.status == 1)
    #expect((conflict.json?["conflicts"] as? [[String: Any]])?.count == 1)
    #expect(try patients("import", other, "--replace", "lab list").status == 0)
    let out = try patients("export").output
    #expect(out.hasPrefix("code,visit,date,totalBilirubin[umol/L],inr\r\n"))
    #expect(out.contains("W-1,1,2026-11-01,214,2.4\r\n"))
    let target = folder.appendingPathComponent("out.json").path
    #expect(try patients("export", "--format", "json", "--output", target).status == 0)
    #expect(try patients("export", "--format", "json", "--output", target).status == 2)
    let copy = try Run([
      "patients", "import", target, "--store", folder.appendingPathComponent("b.sqlite").path,
    ])
    #expect(copy.output.contains("2 values added"))
  }

  @Test func anAlteredRowIsFound() throws {
    _ = try patients("new", "--date", "2026-11-01", "sodium=131")
    let sound = try audit("verify")
    let head = try #require(sound.output.split(separator: " ").last).dropLast()
    var bytes = try Data(contentsOf: URL(fileURLWithPath: store))
    let place = try #require(bytes.range(of: Data("131mmol/L".utf8)))
    bytes[place.lowerBound + 2] = UInt8(ascii: "9")
    try bytes.write(to: URL(fileURLWithPath: store))
    let run = try audit("verify")
    #expect(run.status == 1)
    #expect(run.output.contains("row 3 was altered"))
    #expect(try audit("verify", "--head", String(head), "--format", "json").status == 1)
    #expect(try audit("verify", "--head", "12").status == 2)
  }
}
