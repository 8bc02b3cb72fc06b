import Criteria
import Hepatology
import PatientSupport
import Quantities
import TestSupport
import Testing
import Trials

@testable import Assessment

/// What to enter next, by trying it.
@Suite struct AskNextTests {
  /// Values of a variable: chance ones, and all that the table of criteria tries.
  private static func values(of variable: Variable, _ chance: inout SeededRandom, _ count: Int)
    -> [String]
  {
    let tried = CriterionTable.rows.filter { $0.variable == variable.id }.flatMap(\.values)
      .map(\.value).filter { $0 != "?" }
    return Array(Set(tried)).sorted() + (0..<count).map { _ in chance.text(for: variable) }
  }

  /// The unknown criteria of open trials.
  private static func open(_ screening: Screening) -> [Screening.Question] {
    screening.trials.flatMap { trial -> [Screening.Question] in
      guard case .open = screening.verdict(of: trial.id) else { return [] }
      return (screening.screening(of: trial.id)?.criteria ?? []).filter { $0.result == .unknown }
        .map { .init(trial: trial.id, criterion: $0.criterion.id) }
    }
  }

  private static func unknown(_ screening: Screening, _ questions: [Screening.Question])
    -> [Screening.Question]
  {
    let screened = Dictionary(
      uniqueKeysWithValues: Set(questions.map(\.trial)).map { ($0, screening.screening(of: $0)) })
    return questions.filter { screened[$0.trial]??[$0.criterion]?.result == .unknown }
  }

  /// What is listed can decide what it is said to, and what is not listed can decide nothing.
  @Test(arguments: 0..<5)
  func namesWhatDecidesAndNothingElse(_ seed: Int) throws {
    var chance = SeededRandom(seed + 20)
    var patient = seed == 0 ? Patient() : PropertyTests.healthy(&chance)
    // Somewhere between knowing nothing and all.
    for variable in PropertyTests.mentioned
    where seed > 0 && Int.random(in: 0..<5, using: &chance) <= seed {
      patient.enter("", for: variable)
    }
    let screening = PropertyTests.screening(patient)
    let questions = Self.open(screening)
    let suggestions = screening.askNext()
    #expect(!questions.isEmpty && !suggestions.isEmpty)
    for variable in PropertyTests.mentioned where patient[variable] == nil {
      var decided: Set<Screening.Question> = []
      var excluded: Set<TrialRecord.ID> = []
      var partly = screening
      for value in Self.values(of: variable, &chance, 4) {
        var more = patient
        more.enter(value, for: variable)
        partly.update(more)
        partly.settle()
        let left = Self.unknown(partly, questions)
        decided.formUnion(Set(questions).subtracting(left))
        for question in questions {
          // What another rule contradicts is left to the two of them.
          guard let trial = screening.trials.first(where: { $0.id == question.trial }),
            trial.conflicts(of: question.criterion).isEmpty,
            partly.screening(of: question.trial)?[question.criterion]?.blocks == true
          else { continue }
          excluded.insert(question.trial)
        }
      }
      let suggestion = suggestions.first { $0.variable == variable }
      // Rules that contradict each other can be decided through each other.
      let own = decided.filter { question in
        screening.screening(of: question.trial)?[question.criterion]?.needs.contains(variable)
          == true
      }
      #expect(suggestion?.criteria ?? 0 == own.count, "\(variable.id)")
      #expect(suggestion?.trials ?? 0 == Set(own.map(\.trial)).count, "\(variable.id)")
      #expect(
        Set(own) == Set(questions.filter { screening.deciding($0).contains(variable) }),
        "\(variable.id)")
      #expect(suggestion?.excludes ?? 0 == excluded.count, "\(variable.id)")
      let last = screening.trials.map(\.id).filter { screening.unknown(of: $0) == [variable] }
      #expect(suggestion?.lastOf ?? [] == last, "\(variable.id)")
    }
    let order = suggestions.map { [-$0.trials, -$0.criteria, -$0.together] }
    #expect(order == order.sorted { $0.lexicographicallyPrecedes($1) })
  }

  /// What decides only together does so when the others are known.
  @Test func namesWhatDecidesTogether() throws {
    let patient = try patient(
      "age=45", "totalBilirubin=300 umol/L", "inr=2", "encephalopathyGrade=0",
      "chronicLiverDisease=yes", "totalBilirubinULN=21 umol/L")
    let record = try #require(library["NCT07409259"])
    var screening = Screening(of: patient, trials: [record], on: today, vocabulary: .builtIn)
    #expect(
      screening.askNext().map { [$0.variable.id, "\($0.criteria)", "\($0.together)"] } == [
        ["urea", "0", "1"], ["neutrophils", "0", "1"],
      ])
    var more = patient
    more.enter("3", for: Variable.neutrophils)
    screening.update(more)
    screening.settle()
    let next = screening.askNext()
    #expect(next.map(\.variable.id) == ["urea"])
    #expect(next.first?.criteria == 1)
    #expect(next.first?.lastOf == [record.id])
    #expect(next.first?.excludes == 1)
    #expect(screening.deciding(.init(trial: record.id, criterion: "I3")).map(\.id) == ["urea"])
    more.enter("5 mmol/L", for: Variable.urea)
    screening.update(more)
    screening.settle()
    #expect(screening.askNext().isEmpty)
  }

  @Test func asksNothingForTrialsThatAreBlocked() throws {
    let screening = PropertyTests.screening(try patient("age=90"))
    #expect(library.trials.allSatisfy { screening.verdict(of: $0.id)?.name == "blocked" })
    #expect(screening.askNext().isEmpty)
  }

  @Test func looksAtTheFirstOpenTrialsOnly() throws {
    let screening = PropertyTests.screening(Patient())
    let one = screening.askNext(lookingAt: 1)
    #expect(one.allSatisfy { $0.trials <= 1 })
    #expect(one.count < screening.askNext().count)
    #expect(screening.askNext(lookingAt: 0).isEmpty)
  }

  @Test func ageComesFirstForSomeoneUnknown() throws {
    // Four of the trials have one age limit each, and the fifth has one too.
    let first = try #require(PropertyTests.screening(Patient()).askNext().first)
    #expect(first.variable.id == "age")
    #expect(first.trials == 5)
  }
}
