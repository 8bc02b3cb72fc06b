import Criteria
import Hepatology
import PatientSupport
import Quantities
import TestSupport
import Testing
import Trials

@testable import Assessment

/// Whether anybody can enter a trial, and what keeps a patient out of it.
@Suite struct StandingTests {
  /// A trial with a status and these criteria.
  private func trial(_ status: TrialRecord.Status, _ lines: [String]) throws -> TrialRecord {
    try record(lines, status: ["{ value: \(status.rawValue), asOf: 2025-10-12 }"])
  }

  private func screened(_ trial: TrialRecord, _ fields: String...) throws -> Screening {
    Screening(of: try patient(fields), trials: [trial], on: today, vocabulary: .builtIn)
  }

  private static let statuses: [TrialRecord.Status] = TrialRecord.Status.allCases

  /// What the patient is matters only where somebody is taken.
  @Test(arguments: statuses)
  func aTrialThatTakesNobodyNeverClears(_ status: TrialRecord.Status) throws {
    let wanted: [(criteria: [String], standing: Standing)] = [
      (["A|inclusion|inr > 2"], .clears),
      (["A|inclusion|inr > 2", "B|inclusion||true"], .clearsToAttest),
      (["A|inclusion|age > 18 years"], .open), (["A|exclusion|inr > 2"], .blocked),
    ]
    for (criteria, standing) in wanted {
      let trial = try trial(status, criteria)
      let screening = try screened(trial, "inr=3")
      let expected = !status.recruits ? Standing.notRecruiting : standing
      #expect(screening.standing(of: trial.id) == expected)
      #expect(screening.screening(of: trial.id)?.standing == expected)
      for other in Standing.allCases {
        #expect(screening.tally[other] == (other == expected ? 1 : 0))
      }
      // The verdict is on the patient, and stays.
      let word = screening.verdict(of: trial.id)?.name
      #expect(word == (standing == .clearsToAttest ? "clears" : "\(standing)"))
    }
  }

  @Test(arguments: statuses)
  func jsonSaysWhetherItRecruitsAndSinceWhen(_ status: TrialRecord.Status) throws {
    let trial = try trial(status, ["A|inclusion|inr > 2"])
    let json = try screened(trial).json(of: [trial.id]).text(pretty: false)
    #expect(json.contains("\"recruits\":\(status.recruits)"), "\(json)")
    #expect(json.contains("\"status\":\"\(status.rawValue)\""))
    #expect(json.contains("\"asOf\":\"2025-10-12\""))
  }

  @Test func aStatusWithoutADayHasNone() throws {
    let trial = try record(["A|inclusion|inr > 2"], status: ["{ value: UNKNOWN }"])
    let json = try screened(trial).json(of: [trial.id]).text(pretty: false)
    #expect(json.contains("\"asOf\":null") && json.contains("\"recruits\":false"))
  }

  @Test func aTallyCountsEveryTrialOnce() throws {
    var chance = SeededRandom(3)
    for known in 0..<10 {
      let screening = PropertyTests.screening(PropertyTests.anyone(&chance, knowing: known))
      let tally = screening.tally
      #expect(Standing.allCases.map { tally[$0] }.reduce(0, +) == library.trials.count)
      #expect(tally[.notRecruiting] == library.trials.count { $0.recruits == false })
    }
  }

  // MARK: What a trial wants

  /// The patient's number, what the trial wants, and both in the fewest letters.
  @Test(arguments: [
    (
      "inclusion", "totalBilirubin < 170 'umol/L'", "totalBilirubin=214 umol/L", "214",
      "must be below 170 µmol/L", "need <170"
    ),
    (
      "inclusion", "totalBilirubin <= 170 'umol/L'", "totalBilirubin=214 umol/L", "214",
      "must be at most 170 µmol/L", "need <=170"
    ),
    (
      "exclusion", "totalBilirubin > 170 'umol/L'", "totalBilirubin=214 umol/L", "214",
      "must be at most 170 µmol/L", "need <=170"
    ),
    (
      "exclusion", "totalBilirubin >= 170 'umol/L'", "totalBilirubin=214 umol/L", "214",
      "must be below 170 µmol/L", "need <170"
    ),
    (
      "inclusion", "not (totalBilirubin >= 10 'mg/dL')", "totalBilirubin=12.5 mg/dL", "213.75",
      "must be below 171 µmol/L", "need <171"
    ),
    ("inclusion", "age >= 18 years", "age=12", "12", "must be at least 18 years", "need >=18"),
    ("exclusion", "age < 18 years", "age=12", "12", "must be at least 18 years", "need >=18"),
    ("exclusion", "age <= 18 years", "age=12", "12", "must be above 18 years", "need >18"),
    (
      "inclusion", "age between 18 years and 65 years", "age=70", "70", "must be at most 65 years",
      "need <=65"
    ),
    ("inclusion", "inr = 2", "inr=3", "3", "must be 2", "need =2"),
    ("exclusion", "inr = 3", "inr=3", "3", "must not be 3", "not 3"),
    (
      "exclusion", "inr >= 2.6 or age > 90 years", "inr=2.7", "2.7", "must be below 2.6",
      "need <2.6"
    ),
  ])
  func whatKeepsOutIsSaidAsTheTrialWantsIt(
    _ polarity: String, _ expression: String, _ field: String, _ value: String, _ demand: String,
    _ short: String
  ) throws {
    let trial = try record(["A|\(polarity)|\(expression)"])
    let screening = try screened(trial, field)
    let question = Screening.Question(trial: trial.id, criterion: "A")
    #expect(screening.verdict(of: trial.id) == .blocked(by: ["A"]))
    let margin = try #require(screening.decisiveMargin(of: question))
    #expect("\(margin.shownValue)" == value)
    #expect(margin.demand == demand)
    #expect(margin.shortDemand == short)
  }

  /// For whatever blocks by a number, the demand is what would not block.
  @Test(arguments: ["<", "<=", "=", ">=", ">"], ["inclusion", "exclusion"])
  func whatIsDemandedLetsIn(_ relation: String, _ polarity: String) throws {
    let trial = try record(["A|\(polarity)|inr \(relation) 2"])
    let question = Screening.Question(trial: trial.id, criterion: "A")
    for value in ["1.5", "2", "2.5"] {
      let screening = try screened(trial, "inr=\(value)")
      guard let margin = screening.decisiveMargin(of: question) else {
        #expect(screening.verdict(of: trial.id) == .clears(attest: []))
        continue
      }
      for tried in ["1.5", "2", "2.5"] {
        let blocks = try screened(trial, "inr=\(tried)").verdict(of: trial.id)?.name == "blocked"
        let isWanted = try Self.fulfils(#require(Double(tried)), margin.demand)
        #expect(blocks != isWanted, "\(margin.demand), and it is \(tried)")
      }
    }
  }

  /// Whether a number is what a demand about 2 says.
  private static func fulfils(_ number: Double, _ demand: String) -> Bool {
    switch demand {
    case "must be below 2": number < 2
    case "must be at most 2": number <= 2
    case "must be 2": number == 2
    case "must not be 2": number != 2
    case "must be at least 2": number >= 2
    case "must be above 2": number > 2
    default: false
    }
  }

  /// A person's reading of a contradiction is no comparison.
  @Test func whatAnAnswerDecidesHasNoMargin() throws {
    let trial = try record(["A|inclusion|inr < 3", "B|exclusion|inr < 2.5|false|A"])
    var screening = try screened(trial, "inr=2")
    screening.answer(.init(trial: trial.id, criterion: "B"), true)
    screening.settle()
    #expect(screening.screening(of: trial.id)?["A"]?.blocks == true)
    #expect(screening.decisiveMargin(of: .init(trial: trial.id, criterion: "A")) == nil)
  }

  // MARK: Near

  /// A value that rounds to the limit is shown with the decimals that tell it from it.
  @Test(arguments: [
    ("7.395", "7.4", "7.395"), ("7.399999", "7.4", "7.399999"), ("7.4", "7.4", "7.4"),
    ("7.394", "7.4", "7.39"), ("7.40001", "7.4", "7.40001"), ("12.004", "7.4", "12"),
  ])
  func roundingDoesNotMoveAValueOntoTheLimit(_ value: String, _ limit: String, _ shown: String)
    throws
  {
    let trial = try record(["A|exclusion|inr < \(limit)", "B|exclusion|inr >= \(limit)"])
    let screening = Screening(
      of: try patient("inr=\(value)"), trials: [trial], on: today, vocabulary: .builtIn)
    let margins = ["A", "B"].compactMap {
      screening.decisiveMargin(of: .init(trial: trial.id, criterion: $0))
    }
    #expect(margins.map { "\($0.shownValue)" } == [shown])
  }

  @Test func namesWhatIsDecidedNearALimit() throws {
    let trial = try record([
      "A|inclusion|inr < 2.6", "B|inclusion|encephalopathyGrade <= 2", "C|exclusion|age > 90 years",
      "D|inclusion|inr < 2.5|true",
    ])
    let fields = ["encephalopathyGrade=2", "age=40"]
    let near = Screening(
      of: try patient(fields + ["inr=2.49"]), trials: [trial], on: today, vocabulary: .builtIn)
    #expect(near.nearLimits(of: trial.id) == ["A"])
    let far = Screening(
      of: try patient(fields + ["inr=2"]), trials: [trial], on: today, vocabulary: .builtIn)
    #expect(far.nearLimits(of: trial.id) == [])
  }

  /// Whoever keeps what is said of a trial that clears hears of it when it nears a limit.
  @Test func aClearedTrialThatNearsALimitHasChanged() throws {
    let trial = try record(["A|inclusion|inr < 2.6"])
    var screening = try screened(trial, "inr=2")
    let before = screening.revision(of: trial.id)
    screening.update(try patient("inr=2.59"))
    screening.settle()
    #expect(screening.nearLimits(of: trial.id) == ["A"])
    #expect(screening.revision(of: trial.id) != before)
  }
}
