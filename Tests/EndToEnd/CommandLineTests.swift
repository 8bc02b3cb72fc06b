import Foundation
import Testing

/// The program without a terminal: data to standard output, messages to standard error.
@Suite struct CommandLineTests {
  /// The patient of the README.
  private static let patient = [
    "age=52", "sex=female", "totalBilirubin=214 umol/L", "albumin=31 g/L", "creatinine=88 umol/L",
    "urea=6.1 mmol/L", "sodium=131 mmol/L", "renalReplacement=no", "neutrophils=4.5", "inr=2.1",
    "encephalopathyGrade=1", "ascites=mild",
  ]

  // MARK: Scores

  @Test func scoresAsATable() throws {
    let run = try Run(["score"] + Self.patient)
    #expect(run.status == 0)
    #expect(run.errors == "")
    #expect(run.line("MELD 3.0").split(separator: " ") == ["MELD", "3.0", "28", "20–29"])
    #expect(run.line("Child-Pugh").split(separator: " ") == ["Child-Pugh", "11", "C"])
    #expect(
      run.line("COSSH-ACLF II").split(separator: " ") == ["COSSH-ACLF", "II", "7.66", "moderate"])
    #expect(run.line("Lille").contains("needs"))
  }

  @Test func oneScoreWithItsWorking() throws {
    let run = try Run(["score", "--score", "cosshACLF2"] + Self.patient)
    #expect(run.status == 0)
    #expect(run.output.contains("urea"))
    #expect(run.output.contains("doi:"))
    #expect(!run.output.contains("MELD"))
  }

  @Test func scoresAsJSON() throws {
    let run = try Run(["score", "--score", "meld3", "--format", "json"] + Self.patient)
    #expect(run.status == 0)
    let scores = try #require(run.json?["scores"] as? [[String: Any]])
    let score = try #require(scores.first)
    #expect(scores.count == 1)
    for key in [
      "id", "value", "unrounded", "stratum", "terms", "missing", "notes", "citation",
    ] { #expect(score[key] != nil, "\(key)") }
    #expect(score["id"] as? String == "meld3")
    #expect(score["value"] as? Double == 28)
    let terms = try #require(score["terms"] as? [[String: Any]])
    for key in ["label", "input", "used", "points"] {
      #expect(terms.contains { $0[key] != nil }, "\(key)")
    }
    let missing = try Run(["score", "--score", "meld3", "--format", "json", "inr=2.1"])
    let first = try #require((missing.json?["scores"] as? [[String: Any]])?.first)
    #expect(first["value"] is NSNull)
    #expect((first["missing"] as? [String])?.contains("sodium") ?? false)
  }

  @Test func aFormOfAScore() throws {
    let run = try Run(["score", "--score", "meld3:uncapped"] + Self.patient)
    #expect(run.status == 0)
    #expect(run.output.contains("form: uncapped"))
    let wrong = try Run(["score", "--score", "meld3:nope"])
    #expect(wrong.status == 2)
    #expect(wrong.errors.contains("'nope' is not a variant of meld3; it has optn2023, uncapped"))
  }

  @Test(arguments: [
    ("totalBilirubin=214", "needs a unit: write umol/L or mg/dL"),
    ("totalBilrubin=214 umol/L", "did you mean totalBilirubin"),
    ("totalBilirubin=214 mmHg", "does not fit: write umol/L or mg/dL"),
    ("totalBilirubin=21400 umol/L", "must be 1 to 1710 µmol/L"),
    ("totalBilirubin=1.2.3 umol/L", "two decimal points"),
    ("inr=nan", "'nan' is not a number"), ("inr=inf", "'inf' is not a number"),
    ("inr=-1", "must be 0.5 to 20"), ("inr=0", "must be 0.5 to 20"),
    ("age=131", "must be 0 to 130"), ("ascites=plenty", "'plenty' is none of none, mild"),
    ("inr", "not of the form NAME=VALUE"), ("inr=", "has no value"),
    ("inr=\u{1B}[31m2", "is not"),
  ])
  func badValues(field: String, message: String) throws {
    let run = try Run(["score", field])
    #expect(run.status == 2)
    #expect(run.output == "")
    #expect(run.errors.hasPrefix("lobule: "))
    #expect(run.errors.contains(message))
    #expect(!run.errors.contains("\u{1B}"))
  }

  @Test func allThatIsWrongIsSaidAtOnce() throws {
    let run = try Run(["score", "inr=x", "age=999", "shoe=44"])
    #expect(run.status == 2)
    #expect(run.errors.split(separator: "\n").count == 3)
  }

  @Test func agesAtTheEnds() throws {
    for age in ["0", "130"] {
      #expect(try Run(["score", "age=\(age)"]).status == 0)
    }
    let child = try Run(["score", "--score", "meld3", "age=11"] + Self.patient.dropFirst())
    #expect(child.output.contains("not applicable"))
  }

  @Test func unknownScoresNameTheNearest() throws {
    let run = try Run(["score", "--score", "meld4"])
    #expect(run.status == 2)
    #expect(run.errors.contains("'meld4' is not a score; did you mean meld"))
  }

  @Test func listsWhatCanBeGiven() throws {
    let run = try Run(["score", "--list"])
    #expect(run.status == 0)
    for id in ["meld3", "childPugh", "cosshACLF2", "totalBilirubin", "encephalopathyGrade"] {
      #expect(run.output.contains("  \(id) "))
    }
  }

  // MARK: Trials

  @Test func trialsAsAList() throws {
    let run = try Run(["trials"])
    #expect(run.status == 0)
    #expect(run.output.split(separator: "\n").count == 6)
    let found = try Run(["trials", "--find", "exosome status:recruiting", "--format", "json"])
    #expect((found.json?["trials"] as? [Any])?.count == 1)
  }

  @Test func oneTrial() throws {
    let run = try Run(["trials", "nct05940610"])
    #expect(run.status == 0)
    #expect(run.output.contains("Eligibility"))
    let json = try Run(["trials", "NCT05940610", "--format", "json"])
    #expect(json.json?["id"] as? String == "NCT05940610")
    let unknown = try Run(["trials", "NCT05940611"])
    #expect(unknown.status == 2)
    #expect(unknown.errors.contains("there is NCT05940610"))
  }

  @Test func filtersThatMeanNothing() throws {
    let run = try Run(["trials", "--find", "phase:9"])
    #expect(run.status == 2)
    #expect(run.errors.contains("'9' is no phase; there are 1, 2"))
  }

  // MARK: The program

  @Test func versionAndHelp() throws {
    let version = try Run(["--version"])
    #expect(version.status == 0 && version.output.hasPrefix("lobule "))
    for arguments in [["--help"], ["score", "--help"], ["trials", "--help"], ["help", "score"]] {
      let help = try Run(arguments)
      #expect(help.status == 0 && help.errors == "")
      #expect(help.output.contains("lobule score") || help.output.contains("lobule trials"))
    }
  }

  @Test(arguments: [
    ["--nope"], ["score", "--format", "xml"], ["nope"], ["--theme", "pink"],
  ])
  func wrongUsage(arguments: [String]) throws {
    let run = try Run(arguments)
    #expect(run.status == 2)
    #expect(run.output == "")
    #expect(run.errors != "")
  }

  @Test(arguments: ["", "2\n52\nq"]) func inputThatIsNoTerminal(input: String) throws {
    let run = try Run([], input: input)
    #expect(run.status == 2)
    #expect(run.output == "")
    #expect(run.errors.contains("not a terminal"))
    #expect(run.errors.contains("lobule score"))
    #expect(run.errors.contains("lobule trials"))
  }
}
