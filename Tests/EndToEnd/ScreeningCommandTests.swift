import Foundation
import TestSupport
import Testing

/// Screening, evaluating and checking from the command line.
@Suite struct ScreeningCommandTests {
  /// Acute-on-chronic liver failure with encephalopathy of grade II.
  private static let patient = [
    "age=45", "totalBilirubin=300 umol/L", "totalBilirubinULN=21 umol/L", "inr=2.0",
    "ascites=mild", "creatinine=80 umol/L", "chronicLiverDisease=yes",
    "weeksInsultToDecompensation=2", "encephalopathyGrade=2", "--on", "2026-11-21",
  ]

  // MARK: Screen

  @Test func saysWhoIsBlockedAndWhatIsMissing() throws {
    let run = try Run(["screen"] + Self.patient)
    #expect(run.status == 0)
    #expect(run.errors == "")
    let trials = run.output.components(separatedBy: "\n\n")
    #expect(trials.count == 6)
    let cells = try #require(trials.first { $0.hasPrefix("NCT05985863") })
    #expect(cells.contains("\n  blocked by E1c: encephalopathy 2, must be "))
    #expect(!cells.contains("to attest"))
    let exosomes = try #require(trials.first { $0.hasPrefix("NCT07409259") })
    #expect(exosomes.contains("\n  open: 1 unknown: urea, neutrophils\n"))
    #expect(exosomes.contains("\n  to attest: I2 "))
    #expect(exosomes.contains("no exclusion criteria in the source"))
    let cirrhosis = try #require(trials.first { $0.hasPrefix("NCT03460795") })
    #expect(cirrhosis.contains("I5g contradicts E2c"))
    #expect(trials.last?.hasPrefix("Ask next\n") == true)
  }

  @Test func namesWhatAloneDecides() throws {
    let run = try Run(
      ["screen", "--trial", "NCT07409259", "neutrophils=4", "--attest", "nct07409259:i2=yes"]
        + Self.patient)
    #expect(run.output.contains("open: 1 unknown: urea; urea alone can decide I3"))
    #expect(!run.output.contains("to attest"))
    let clear = try Run(
      ["screen", "--trial", "NCT07409259", "neutrophils=4", "urea=4 mmol/L"] + Self.patient)
    #expect(clear.output.contains("\n  not recruiting (active 2026-02-13)\n"))
    #expect(clear.output.contains("\n  nothing that is known keeps the patient out"))
    #expect(!clear.output.contains("clears"))
    #expect(clear.output.contains("\n  to attest: I2 "))
    #expect(clear.status == 1)
    let done = try Run(
      [
        "screen", "--trial", "NCT07409259", "neutrophils=4", "urea=4 mmol/L", "--attest",
        "NCT07409259:I2=yes",
      ] + Self.patient)
    #expect(!done.output.contains("to attest") && !done.output.contains("clears"))
    #expect(done.status == 1)
  }

  @Test func jsonHasTheKeysThatAreKept() throws {
    let run = try Run(["screen", "--format", "json"] + Self.patient)
    #expect(run.status == 0)
    let json = try #require(run.json)
    let trials = try #require(json["trials"] as? [[String: Any]])
    #expect(trials.count == 5)
    for trial in trials {
      for key in [
        "id", "verdict", "criteria", "unknown", "attest", "recruits", "status", "asOf",
      ] { #expect(trial[key] != nil) }
      for criterion in try #require(trial["criteria"] as? [[String: Any]]) {
        for key in ["id", "polarity", "result", "blocks", "needs", "sentence"] {
          #expect(criterion[key] != nil, "\(key)")
        }
        #expect(
          ["met", "notMet", "unknown", "needsPerson", "conflict"].contains(
            criterion["result"] as? String))
      }
    }
    let blocked = try #require(trials.first { $0["id"] as? String == "NCT05985863" })
    #expect(blocked["verdict"] as? String == "blocked")
    #expect(blocked["blockedBy"] as? [String] == ["E1c"])
    #expect(blocked["recruits"] as? Bool == true && blocked["asOf"] is NSNull)
    let gone = try #require(trials.first { $0["id"] as? String == "NCT05940610" })
    #expect(gone["recruits"] as? Bool == false && gone["status"] as? String == "WITHDRAWN")
    #expect(gone["asOf"] as? String == "2023-10-12")
    let next = try #require(json["askNext"] as? [[String: Any]])
    #expect(next.first?["variable"] as? String == "liverCancer")
    #expect(next.first?["settles"] as? Int == 2)
  }

  @Test func statusTellsWhetherAnyTrialIsLeft() throws {
    let all = try Run(["screen", "age=90"])
    #expect(all.status == 1)
    #expect(
      all.output.contains("blocked by I1: age 90, must be below 66 years; cannot change"))
    #expect(try Run(["screen", "--trial", "NCT05985863", "encephalopathyGrade=2"]).status == 1)
    // Nobody can enter it any more.
    #expect(try Run(["screen", "--trial", "NCT05940610", "encephalopathyGrade=2"]).status == 1)
    #expect(try Run(["screen", "--trial", "NCT05871463", "encephalopathyGrade=2"]).status == 0)
    #expect(try Run(["screen"]).status == 0)
  }

  @Test func windowsCountFromTheDayOfScreening() throws {
    let arguments = ["screen", "--trial", "NCT05985863", "otherTrial=2026-09-03"]
    let inside = try Run(arguments + ["--on", "2026-11-21"])
    #expect(inside.status == 1)
    #expect(inside.output.contains("blocked by E13a"))
    #expect(
      inside.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        .contains("; may clear on 2026-12-04"))
    #expect(try Run(arguments + ["--on", "2026-12-04"]).status == 0)
    // Without a day it is today.
    #expect(try Run(["screen", "--trial", "NCT05985863", "otherTrial=1999-01-01"]).status == 0)
  }

  @Test func oldValuesAreUsedAndFlagged() throws {
    let run = try Run(
      [
        "screen", "--trial", "NCT03460795", "totalBilirubin=200 umol/L @2026-11-01", "--on",
        "2026-11-21",
      ])
    #expect(run.status == 1)
    #expect(run.output.contains("blocked by I5b"))
    #expect(run.output.contains("not fresh: totalBilirubin of 2026-11-01"))
  }

  @Test func narrowEscapesAreSaid() throws {
    let run = try Run(["screen", "--trial", "NCT05940610", "inr=2.7", "prothrombinActivity=41"])
    #expect(run.output.contains("near: I4 INR 2.7 is within 5 % of 2.6"))
    #expect(run.output.contains("I4 in the source: "))
    let far = try Run(["screen", "--trial", "NCT05940610", "inr=4", "prothrombinActivity=80"])
    #expect(far.output.contains("blocked by I4"))
    #expect(!far.output.contains("near: ") && !far.output.contains("in the source: "))
  }

  @Test(arguments: [
    (["--trial", "NCT0598586"], "there is no trial 'NCT0598586'; there is NCT05985863"),
    (["--on", "21.11.2026"], "'21.11.2026' is not a date"),
    (["--on", "2026-11-21", "inr=2 @2026-11-22"], "inr was taken after the day of screening"),
    (["--attest", "NCT07409259:I1=yes"], "NCT07409259:I1 is computed and takes no answer"),
    (["--attest", "NCT07409259:I9=yes"], "NCT07409259 has no criterion 'I9'; it has I1, I2, I3"),
    (["--attest", "NCT07409259:I2=perhaps"], "not of the form TRIAL:CRITERION=yes or no"),
    (["--attest", "I2=yes"], "not of the form TRIAL:CRITERION=yes or no"),
    (["--attest", "NCT1:I2=yes"], "there is no trial 'NCT1'"),
    (["inr=2 @soon"], "'soon' is not a date"), (["bilirubin=3"], "is not a variable"),
  ])
  func badInput(_ arguments: [String], _ message: String) throws {
    let run = try Run(["screen"] + arguments)
    #expect(run.status == 2)
    #expect(run.output == "")
    #expect(run.errors.hasPrefix("lobule: "))
    #expect(run.errors.contains(message), "\(run.errors)")
  }

  // MARK: Evaluate

  @Test(arguments: [
    (["inr between 1.5 and 2.6", "inr=2.9"], "false", ""),
    (["inr > 2", "inr=2.9"], "true", ""),
    (["inr", "inr=2"], "2.0", ""),
    (["totalBilirubin", "totalBilirubin=5 mg/dL"], "85.5 'umol/L'", ""),
    (["encephalopathyGrade + 1", "encephalopathyGrade=2"], "3", ""),
    (["ascites", "ascites=mild"], "'mild'", ""),
    (["aetiology", "aetiology=alcohol, hbv"], "{ 'hbv', 'alcohol' }", ""),
    (["otherTrial", "otherTrial=2026-09-03"], "@2026-09-03", ""),
    (["otherTrial", "otherTrial=never"], "'never'", ""),
    (["Interval[1, 3]"], "Interval[1, 3]", ""),
    (["1 + 1"], "2", ""), (["1 / 4"], "0.25", ""), (["null"], "null", ""),
    (["'it\\'s'"], "'it\\'s'", ""),
    (["meld > 30", "inr=2"], "null", "lobule: needs totalBilirubin, creatinine\n"),
    (["-1 < inr", "inr=1"], "true", ""),
    (
      ["otherTrial within 1 month", "otherTrial=2026-12-24", "--on", "2026-11-21"], "null",
      "lobule: needs otherTrial\nlobule: Other trial is dated 2026-12-24, after the day of "
        + "screening\n"
    ),
  ])
  func printsAValue(_ arguments: [String], _ value: String, _ errors: String) throws {
    let options = arguments[0].hasPrefix("-") ? ["--"] : []
    let run = try Run(["evaluate"] + options + arguments)
    #expect(run.status == 0)
    #expect(run.output == value + "\n")
    #expect(run.errors == errors)
  }

  @Test func explainsInASentence() throws {
    let run = try Run(["evaluate", "--explain", "inr between 1.5 and 2.6", "inr=2.9"])
    #expect(run.output == "false\nINR 2.9 is above 2.6 by 0.3\n")
  }

  @Test func pointsAtWhatIsWrong() throws {
    let run = try Run(["evaluate", "inr > 1 and totalBilirubn > 3 'mg/dL'"])
    #expect(run.status == 2)
    #expect(run.output == "")
    #expect(run.errors.hasPrefix("1:13: error: "))
    #expect(run.errors.contains("did you mean 'totalBilirubin'"))
    #expect(try Run(["evaluate", "inr > 1", "inr=x"]).status == 2)
    #expect(try Run(["evaluate"]).status == 2)
  }

  // MARK: Check

  private static let small = """
    id: OURS-1
    shortTitle: Our trial
    briefTitle: Our trial in full
    link: https://example.org/trial
    source: Protocol, version 1
    status: [{ value: RECRUITING, asOf: 2026-05 }]
    leadSponsor: { name: Example University Hospital, class: OTHER }
    conditions: [Acute-on-chronic liver failure]
    summary: Made for a test.
    design: { enrollment: 10, enrollmentType: ANTICIPATED }
    eligibility: { sex: ALL, exclusionsInSource: true }
    criteria:
      - id: I1
        polarity: inclusion
        text: INR at least 1.5
        expression: inr >= 1.5
      - id: E1
        polarity: exclusion
        text: MELD above 30
        expression: >-
          meld
          > 30

    """

  @Test func saysOKOfEachFile() throws {
    let folder = try TemporaryFolder(["a.yaml": Self.small])
    let path = folder.file("a.yaml")
    let run = try Run(["check", path])
    #expect(run.status == 0)
    #expect(run.output == "\(path): ok\n")
    #expect(run.errors == "")
  }

  @Test func saysAllThatIsWrongAsCompilersDo() throws {
    let wrong = Self.small.replacing("inr >= 1.5", with: "imr >= 1.5 and totalBilirubin > 3")
      .replacing("> 30", with: "> 30 'mg/dL'").replacing("sex: ALL", with: "sex: NONE")
    let folder = try TemporaryFolder(["a.yaml": wrong, "b.yaml": Self.small])
    let a = folder.file("a.yaml")
    let b = folder.file("b.yaml")
    let run = try Run(["check", a, b, "absent.yaml"])
    #expect(run.status == 2)
    #expect(run.output == "\(b): ok\n")
    let lines = run.errors.split(separator: "\n").map(String.init)
    #expect(lines.count == 5, "\(lines)")
    #expect(lines[0].hasPrefix("\(a):11:21: error: "))
    #expect(lines[1].hasPrefix("\(a):16:17: error: there is no variable or score 'imr'"))
    #expect(lines[2].hasPrefix("\(a):16:49: error: "))
    #expect(lines[3].hasPrefix("\(a):22:"))
    #expect(lines[4].hasPrefix("absent.yaml:1:1: error: 'absent.yaml' cannot be read"))
  }

  @Test func twoFilesMayNotHoldOneTrial() throws {
    let folder = try TemporaryFolder(["a.yaml": Self.small, "b.yaml": Self.small])
    let run = try Run(
      ["check", "a.yaml", "b.yaml"].map {
        $0 == "check" ? $0 : folder.file($0)
      })
    #expect(run.status == 2)
    #expect(run.errors.contains("b.yaml:1:1: error: the trial OURS-1 is in "))
  }

  @Test func aFolderOfTrialsIsCheckedAndScreened() throws {
    let wrong = Self.small.replacing("OURS-1", with: "OURS-2").replacing("inr >=", with: "imr >=")
    let folder = try TemporaryFolder(["a.yaml": Self.small, "b.yaml": wrong])
    let run = try Run(["screen", "--trials", folder.path, "inr=1.4"])
    #expect(run.status == 2)
    #expect(run.errors.contains("b.yaml:16:17: error: there is no variable or score 'imr'"))
    #expect(
      run.output.contains("OURS-1  Our trial\n  blocked by I1: INR 1.4, must be at least 1.5"))
    #expect(!run.output.contains("OURS-2"))
    #expect(try Run(["trials", "--trials", folder.path]).status == 2)
  }

  @Test func theBundledTrialsAreRight() throws {
    let seeds = Repository.url("seeds")
    let files = try FileManager.default.contentsOfDirectory(atPath: seeds.path)
      .filter { $0.hasSuffix(".yaml") }.sorted()
    let run = try Run(["check"] + files.map { seeds.appendingPathComponent($0).path })
    #expect(run.status == 0)
    #expect(run.output.split(separator: "\n").count == files.count)
  }
}
