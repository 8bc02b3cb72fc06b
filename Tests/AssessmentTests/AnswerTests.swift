import Hepatology
import PatientSupport
import Quantities
import Testing
import Trials

@testable import Assessment

/// What persons answer, and rules that contradict each other.
@Suite struct AnswerTests {
  static let answers: [Bool?] = [nil, true, false]

  /// Each kind of attestation with each outcome of the expression and each answer.
  @Test(arguments: ["inclusion", "exclusion"], ["never", "always", "whenMet", "alone"])
  func expressionAndPersonDecideTogether(_ polarity: String, _ attest: String) throws {
    let kind = ["never": "false", "always": "true", "whenMet": "whenMet", "alone": "true"][attest]
    let expression = attest == "alone" ? "" : "cirrhosis"
    let trial = try record(["X|\(polarity)|\(expression)|\(kind ?? "")"])
    for holds in Self.answers {
      for answer in Self.answers {
        let person = try patient(holds.map { ["cirrhosis=\($0 ? "yes" : "no")"] } ?? [])
        let screening = Screening(
          of: person, trials: [trial],
          answers: answer.map { [.init(trial: trial.id, criterion: "X"): $0] } ?? [:],
          vocabulary: .builtIn)
        let screened = try #require(screening.screening(of: trial.id))
        let expected = Self.expected(attest, isExclusion: polarity == "exclusion", holds, answer)
        let name =
          "\(polarity) \(attest) \(String(describing: holds)) \(String(describing: answer))"
        #expect(screened.result("X") == expected, "\(name)")
        let blocks = expected == (polarity == "exclusion" ? "met" : "notMet")
        #expect(
          screened.verdict.name
            == (blocks ? "blocked" : expected == "unknown" ? "open" : "clears"), "\(name)")
        #expect(screened.verdict == screening.verdict(of: trial.id))
      }
    }
  }

  private static func expected(
    _ attest: String, isExclusion: Bool, _ holds: Bool?, _ answer: Bool?
  ) -> String {
    func word(_ flag: Bool) -> String { flag ? "met" : "notMet" }
    switch attest {
    case "never": return holds.map(word) ?? "unknown"
    case "alone": return answer.map(word) ?? "needsPerson"
    case "whenMet":
      if holds == false { return "notMet" }
      return answer.map(word) ?? (holds == nil ? "unknown" : "needsPerson")
    default:
      // An inclusion needs both, an exclusion either.
      if holds == isExclusion || answer == isExclusion { return word(isExclusion) }
      if holds == nil { return "unknown" }
      return answer.map(word) ?? "needsPerson"
    }
  }

  @Test func whatIsUnknownAndAttestedWaitsForBoth() throws {
    let trial = try screened(Patient(), "NCT07409259")
    #expect(trial.result("I2") == "unknown")
    #expect(trial.attest == ["I2"])
    #expect(trial.verdict.name == "open")
    #expect(try screened(Patient(), "NCT07409259", answers: ["I2": true]).result("I2") == "unknown")
    #expect(try screened(Patient(), "NCT07409259", answers: ["I2": false]).blocking == ["I2"])
  }

  /// Encephalopathy is admitted up to grade II in inclusion 5 and excluded in exclusion 2.
  @Test(arguments: 0...4)
  func gradesInConflict(_ grade: Int) throws {
    let patient = try patient("encephalopathyGrade=\(grade)")
    let trial = try screened(patient, "NCT03460795")
    let expected =
      switch grade {
      case 0: ["met", "notMet"]
      case 1, 2: ["conflict", "conflict"]
      default: ["notMet", "met"]
      }
    #expect([trial.result("I5g"), trial.result("E2c")] == expected)
    #expect(trial.blocking == (grade < 3 ? [] : ["I5g", "E2c"]))
    guard grade == 1 || grade == 2 else {
      // Where the readings agree an answer changes nothing.
      let answered = try screened(patient, "NCT03460795", answers: ["E2c": grade == 0])
      #expect(answered.result("E2c") == trial.result("E2c"))
      return
    }
    // A person who answers either of them says which reading holds.
    for (answers, results, blocking) in [
      (["E2c": true], ["notMet", "met"], ["I5g", "E2c"]),
      (["E2c": false], ["met", "notMet"], []), (["I5g": true], ["met", "notMet"], []),
      (["I5g": false], ["notMet", "met"], ["I5g", "E2c"]),
    ] {
      let answered = try screened(patient, "NCT03460795", answers: answers)
      #expect([answered.result("I5g"), answered.result("E2c")] == results, "\(answers)")
      #expect(answered.blocking == blocking, "\(answers)")
    }
  }

  @Test func peritonitisIsAConflict() throws {
    let present = try screened(patient("bacterialPeritonitis=yes"), "NCT03460795")
    #expect([present.result("I5f"), present.result("E2b")] == ["conflict", "conflict"])
    let absent = try screened(patient("bacterialPeritonitis=no"), "NCT03460795")
    #expect([absent.result("I5f"), absent.result("E2b")] == ["met", "notMet"])
    let missing = try screened(Patient(), "NCT03460795")
    #expect([missing.result("I5f"), missing.result("E2b")] == ["met", "unknown"])
  }

  /// Exclusion 4 takes any steroid, exclusion 12 more than 10 mg, and that of the past year too.
  @Test(arguments: [
    ("never", "20", ["notMet", "notMet", "notMet"]),
    ("ongoing", "10", ["conflict", "conflict", "notMet"]),
    ("ongoing", "11", ["met", "met", "met"]),
    ("ongoing", "?", ["unknown", "unknown", "unknown"]),
    ("2026-08-01", "20", ["notMet", "notMet", "met"]),
    ("2026-08-01", "10", ["notMet", "notMet", "notMet"]),
    ("2020-08-01", "20", ["notMet", "notMet", "notMet"]),
    ("?", "10", ["unknown", "notMet", "notMet"]), ("?", "11", ["unknown", "unknown", "unknown"]),
  ])
  func steroids(_ steroid: String, _ dose: String, _ expected: [String]) throws {
    let fields = ["systemicCorticosteroid=\(steroid)", "prednisoneEquivalent=\(dose)"]
    let trial = try screened(patient(fields.filter { !$0.hasSuffix("?") }), "NCT05871463")
    #expect(["E4d", "E12c", "E12d"].map(trial.result) == expected)
    if dose == "?" {
      // What keeps out now may be contradicted by the dose.
      #expect(trial["E4d"]?.needed == ["prednisoneEquivalent"])
      #expect(!trial.blocking.contains("E4d"))
    }
  }

  /// A bleed at baseline: one that goes on keeps out, an old one does not, and one of the days before
  /// waits for a person.
  @Test(arguments: [
    ("ongoing", "met"), ("2026-11-21", "needsPerson"), ("2026-11-20", "needsPerson"),
    ("2026-11-14", "needsPerson"), ("2026-11-13", "notMet"), ("never", "notMet"),
    ("?", "unknown"), ("2026-11-22", "unknown"),
  ])
  func whatTheSourceLeavesOpenWaitsForAPerson(_ bleeding: String, _ expected: String) throws {
    let patient =
      try bleeding == "?" ? Patient() : patient("gastrointestinalBleeding=\(bleeding)")
    for answer in Self.answers {
      let trial = try screened(
        patient, "NCT05985863", answers: answer.map { ["E1b": $0] } ?? [:])
      let result =
        expected == "needsPerson" ? answer.map { $0 ? "met" : "notMet" } ?? expected : expected
      #expect(trial.result("E1b") == result)
      #expect(trial.blocking == (result == "met" ? ["E1b"] : []))
      #expect(trial.attest.contains("E1b") == (result == "needsPerson"))
      #expect(
        trial["E1b"]?.needed == (result == "unknown" ? ["gastrointestinalBleeding"] : []))
    }
  }

  /// It keeps a trial from clearing; an unknown that only lacks a value to compute with does not
  /// wait for a person.
  @Test func onlyAWrittenNullIsLeftToAPerson() throws {
    let trial = try record([
      "A|exclusion|inr > 2 and null", "B|exclusion|inr < 1 or null", "C|exclusion|meld > 30",
    ])
    var child = try patient(
      "age=11", "inr=3", "totalBilirubin=300 umol/L", "creatinine=80 umol/L", "renalReplacement=no")
    let young = try #require(
      Screening(of: child, trials: [trial], vocabulary: .builtIn).screening(of: trial.id))
    #expect(["A", "B", "C"].map(young.result) == ["needsPerson", "needsPerson", "unknown"])
    child.enter("45", for: .age)
    child.enter("1.5", for: .inr)
    let grown = try #require(
      Screening(of: child, trials: [trial], vocabulary: .builtIn).screening(of: trial.id))
    #expect(["A", "B", "C"].map(grown.result) == ["notMet", "needsPerson", "notMet"])
    #expect(grown.verdict == .open(unknown: 0, unclear: 1))
    let asked = Screening(
      of: child, trials: [trial], answers: [.init(trial: trial.id, criterion: "B"): false],
      vocabulary: .builtIn)
    #expect(asked.verdict(of: trial.id) == .clears(attest: []))
  }

  @Test func threeRulesMayContradictEachOther() throws {
    let trial = try record([
      "A|inclusion|inr < 3|false|C", "B|inclusion|inr < 4", "C|exclusion|inr >= 2|false|A, B",
    ])
    let screened = try #require(
      Screening(of: patient("inr=2.5"), trials: [trial], vocabulary: .builtIn).screening(
        of: trial.id))
    #expect(["A", "B", "C"].map(screened.result) == ["conflict", "conflict", "conflict"])
    #expect(screened["C"]?.result == .conflict(with: ["A", "B"]))
    let high = try #require(
      Screening(of: patient("inr=3.5"), trials: [trial], vocabulary: .builtIn).screening(
        of: trial.id))
    #expect(["A", "B", "C"].map(high.result) == ["notMet", "conflict", "conflict"])
    #expect(high.verdict == .blocked(by: ["A"]))
  }

  @Test func anAnswerCanBeTakenBack() throws {
    let record = try #require(library["NCT05985863"])
    let question = Screening.Question(trial: record.id, criterion: "E14")
    var screening = Screening(trials: [record], vocabulary: .builtIn)
    screening.answer(question, true)
    screening.settle()
    #expect(screening.verdict(of: record.id) == .blocked(by: ["E14"]))
    screening.answer(question, nil)
    screening.settle()
    #expect(screening.verdict(of: record.id)?.name == "open")
    #expect(screening.answers.isEmpty)
    screening.answer(.init(trial: "NCT00000000", criterion: "E1"), true)
    #expect(screening.isSettled)
  }
}
