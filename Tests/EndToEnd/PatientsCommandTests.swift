import Foundation
import TestSupport
import Testing

/// The patients that are kept, from the command line.
@Suite struct PatientsCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private var store: String { folder.file("data/lobule.sqlite") }

  private func patients(_ words: String...) throws -> Run {
    try Run(["patients"] + words + ["--store", store])
  }

  private func audit(_ words: String...) throws -> Run {
    try Run(["audit"] + words + ["--store", store])
  }

  private func file(_ name: String, _ text: String) throws -> String {
    try folder.write(text, to: name)
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
    #expect(page.line("NCT05871463").contains("open"))
    #expect(page.line("NCT07409259").contains("not recruiting"))
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
    let target = folder.file("out.json")
    #expect(try patients("export", "--format", "json", "--output", target).status == 0)
    #expect(try patients("export", "--format", "json", "--output", target).status == 2)
    let copy = try Run([
      "patients", "import", target, "--store", folder.file("b.sqlite"),
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

  @Test func aFirstStoreIsSaidSoThatASlipInThePathIsSeen() throws {
    #expect(try patients("new").errors == "lobule: a new store was made at \(store)\n")
    #expect(try patients("new").errors == "")
    let home = folder.file("home")
    let run = try Run(["patients", "new"], environment: ["HOME": home])
    #expect(run.errors.contains("\(home)/.local/share/lobule/lobule.sqlite"))
    let data = folder.file("xdg")
    _ = try Run(["patients", "new"], environment: ["HOME": home, "XDG_DATA_HOME": data])
    let attributes = try FileManager.default.attributesOfItem(
      atPath: data + "/lobule/lobule.sqlite")
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    let nowhere = try Run(["patients", "list"])
    #expect(nowhere.status == 2)
    #expect(nowhere.errors == "lobule: neither XDG_DATA_HOME nor HOME is set; say --store FILE\n")
  }

  @Test func aPatientIsMadeAsAWholeOrNotAtAll() throws {
    #expect(try patients("new", "S-1", "--date", "2026-11-01", "inr=2.1").status == 0)
    for words in [
      ["S-2", "--date", "2026-02-30", "inr=2.1"], ["S-2", "inr=2.1", "totalBilirubin=9"],
      ["S-2", "S-3"], ["S-1", "sodium=131"], ["S-2", "--label", String(repeating: "x", count: 81)],
    ] {
      let run = try Run(["patients", "new"] + words + ["--store", store])
      #expect(run.status == 2 && run.output == "" && run.errors.hasPrefix("lobule: "), "\(words)")
    }
    #expect(try patients("list").output.split(separator: "\n").count == 2)
    #expect(try audit("verify").output.contains("sound: 3 rows"))
  }

  @Test func theRosterInOrder() throws {
    for (code, day, age) in [("S-1", "2026-11-03", 70), ("S-2", "2026-11-09", 41)] {
      _ = try patients("new", code, "--date", day, "age=\(age)", "sex=male")
    }
    _ = try patients("new", "T-10", "--label", "Stock 3")
    func codes(_ words: String...) throws -> [String] {
      let run = try Run(["patients", "list", "--store", store, "--format", "json"] + words)
      let lines = try #require(run.json?["patients"] as? [[String: Any]])
      return lines.compactMap { $0["code"] as? String }
    }
    #expect(try codes() == ["S-1", "S-2", "T-10"])
    #expect(try codes("--by", "lastVisit") == ["S-2", "S-1", "T-10"])
    #expect(try codes("--by", "age", "--limit", "2") == ["T-10", "S-2"])
    #expect(try codes("--find", "stock") == ["T-10"])
    #expect(try codes("--archived") == [])
    #expect(try patients("list", "--by", "name").status == 2)
    // None is put away where one of them is not there.
    let run = try patients("archive", "S-1", "S-9")
    #expect(run.status == 2 && run.errors == "lobule: there is no patient S-9\n")
    #expect(try codes().count == 3)
    #expect(try patients("archive", "S-1", "S-2").status == 0)
    #expect(try codes("--archived") == ["S-1", "S-2"])
  }

  @Test func theHistorySaysWhoWhenWhatOldNewAndWhy() throws {
    let first = try file("1.csv", "code,date,inr\nS-1,2026-11-01,2.1\n")
    let second = try file("2.csv", "code,date,inr\nS-1,2026-11-01,2.4\n")
    _ = try patients("import", first, "--author", "A. Nurse")
    _ = try patients(
      "import", second, "--replace", "list of the laboratory", "--author", "B. Doctor")
    let run = try audit("show", "S-1")
    let line = try #require(run.output.split(separator: "\n").last)
    #expect(
      line.contains("B. Doctor") && line.contains("visit 1")
        && line.contains("inr = 2.4 (was 2.1), because: list of the laboratory, from csv:"))
    let rows = try #require(
      try audit("show", "S-1", "--format", "json").json?["history"] as? [[String: Any]])
    let last = try #require(rows.last)
    #expect(last["author"] as? String == "B. Doctor")
    #expect(last["corrects"] as? Int == rows[rows.count - 2]["sequence"] as? Int)
    #expect((last["enteredAt"] as? String)?.hasSuffix("Z") == true)
    #expect(try audit("show", "S-9").status == 2)
    #expect(try Run(["audit", "verify", "--store", "/nowhere/lobule.sqlite"]).status == 2)
    // The digest that was written down is still in the log, and one of another log is not.
    let head = try #require(try audit("verify", "--format", "json").json?["head"] as? String)
    _ = try patients("new")
    #expect(try audit("verify", "--head", head).status == 0)
    let strange = try audit("verify", "--head", String(repeating: "0a", count: 32))
    #expect(strange.status == 1 && strange.output.contains("NOT SOUND"))
  }

  @Test func everythingThatIsLeftOutOfAnImportIsSaid() throws {
    let json = try file(
      "p.json",
      """
      {"format": "lobule.patients", "version": 1, "patients": [
        {"code": "P-0001", "label": 7, "visits": [{"date": "2026-11-01", "number": 0, "values": [
          {"variable": "inr", "text": "2.1"}, {"variable": "inrr", "text": "2"},
          {"variable": "sodium", "text": "131", "unknown": true}, 5], "extra": 1}]},
        {"code": "Anna", "visits": []}, {"code": "P-0002", "visits": []}]}
      """)
    let rehearsal = try patients("import", json, "--dry-run")
    #expect(!FileManager.default.fileExists(atPath: store))
    let run = try patients("import", json)
    #expect(run.status == 0)
    for said in [
      "2 patients, 2 new; 1 new visit", "1 value added", "P-0001, label: is no text",
      "P-0001, visit 1, number: is no whole number from 1 on",
      "inrr: 'inrr' is not a variable", "sodium: has a text and is unknown",
      "visit 1: is no object",
      "visit 1, extra: is not known here", "patient 2: a patient's code has at least one digit",
    ] {
      #expect(run.output.contains(said), "\(said) is missing in\n\(run.output)")
    }
    #expect(rehearsal.output.replacing("would be added", with: "added") == run.output)
    let csv = try file("c.csv", "code,date,visit,label,inr\nS-1,2026-11-01,one,\u{1B}[31m,2.1\n")
    let table = try patients("import", csv)
    #expect(table.output.contains("line 2, visit: 'one' is no whole number from 1 on"))
    #expect(table.output.contains("line 2, label: the label holds a control character"))
    #expect(table.output.contains("1 value added"))
    #expect(!table.output.contains("\u{1B}"))
  }

  @Test(arguments: ["csv", "json"]) func exportedAndImportedTwiceNothingChanges(form: String) throws
  {
    let csv = try file(
      "a.csv",
      "code,date,label,inr,sodium,aetiology\nW-1,2026-11-01T08:30,bed 4,2.10,<130,\"hbv,alcohol\"\n"
        + "W-1,2026-11-02,,,140,\nW-2,2026-11-02,,1.9,,\n")
    _ = try patients("import", csv)
    _ = try patients("new", "W-3")
    let out = folder.file("out")
    let export = try patients("export", "--format", form, "--output", out)
    #expect(export.status == 0 && export.output == "")
    #expect(
      export.errors
        == (form == "csv"
          ? "lobule: 1 patient has no visit and so nothing to write; --format json has them\n" : "")
    )
    #expect(!(try String(contentsOfFile: out, encoding: .utf8)).contains("bed"))
    let attributes = try FileManager.default.attributesOfItem(atPath: out)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    // Here it is nothing new, there it is all new, once.
    let before = try audit("verify").output
    #expect(try patients("import", out).status == 0)
    #expect(try audit("verify").output == before)
    let other = folder.file("other.sqlite")
    #expect(try Run(["patients", "import", out, "--store", other]).status == 0)
    let head = try Run(["audit", "verify", "--store", other]).output
    let again = try Run(["patients", "import", out, "--store", other])
    #expect(again.output.contains("0 values added") && again.output.contains("0 new visits"))
    #expect(try Run(["audit", "verify", "--store", other]).output == head)
    #expect(
      try Run(["patients", "export", "--format", "csv", "--store", other]).output
        == (try patients("export").output))
    let labelled = try patients("export", "--labels", "--format", form)
    #expect(labelled.output.contains("bed 4"))
  }

  @Test(.enabled(if: Corpus.fhir.isPresent, Corpus.absent))
  func aPatientWhoIsSplitOverThreeBundles() throws {
    let files = ["", ".01", ".02"].map {
      "\(Corpus.fhir.url.path)/STU-3__SMART__patient-665677.fhir-bundle\($0).json"
    }
    let rehearsal = try Run(["patients", "import", "--dry-run", "--store", store] + files)
    #expect(rehearsal.status == 0)
    #expect(!FileManager.default.fileExists(atPath: store))
    let run = try Run(["patients", "import", "--as", "F-1", "--store", store] + files)
    #expect(
      run.output.hasPrefix("1 patient, 1 new; 27 new visits\n78 values added, 0 there already"))
    #expect(run.output.contains("Subacute hepatic failure: no question of the form means"))
    let before = try audit("verify").output
    let again = try Run(["patients", "import", "--store", store] + files.reversed())
    #expect(
      again.output.hasPrefix("1 patient, 0 new; 0 new visits\n0 values added, 78 there already"))
    #expect(try audit("verify").output == before)
    let other = try Run(["patients", "import", "--as", "F-2", "--store", store] + files)
    #expect(other.status == 2)
    #expect(other.errors == "lobule: the patient of the file is F-1 here, not F-2\n")
    #expect(try patients("show", "F-1").line("Total bilirubin").contains("0.8 mg/dL"))
  }

  @Test func aFullDiskBehindStandardOutputIsSaid() throws {
    _ = try patients("new")
    let run = try Run(["patients", "list", "--store", store], to: "/dev/full")
    #expect(run.status == 2)
    #expect(run.errors == "lobule: standard output cannot be written: No space left on device\n")
  }
}
