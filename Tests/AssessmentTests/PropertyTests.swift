import Criteria
import Hepatology
import PatientSupport
import Quantities
import TestSupport
import Testing
import Trials

@testable import Assessment

/// What must hold for every patient.
@Suite struct PropertyTests {
  /// Nobody against all trials, so that they are compiled once.
  static let nobody = Screening(trials: library.trials, on: today, vocabulary: .builtIn)

  /// The verdicts, and the criteria with all that is shown of them.
  static func everything(_ screening: Screening) -> [String] {
    screening.trials.flatMap { trial in
      ["\(trial.id) \(screening.verdict(of: trial.id).map { "\($0)" } ?? "waits")"]
        + (screening.screening(of: trial.id)?.criteria ?? []).map {
          "\(trial.id) \($0.criterion.id) \($0.result) \($0.blocks) \($0.needed) "
            + "\($0.stale.map(\.id)) \($0.answer.map { "\($0)" } ?? "")"
        }
    }
  }

  /// What differs between two screenings.
  static func difference(_ one: Screening, _ other: Screening) -> [String] {
    zip(everything(one), everything(other)).filter { $0 != $1 }.map { "\($0) is not \($1)" }
  }

  static func screening(
    _ patient: Patient, _ answers: [Screening.Question: Bool] = [:], on date: Day? = today
  ) -> Screening {
    var screening = nobody
    screening.screen(on: date)
    for (question, answer) in answers { screening.answer(question, answer) }
    screening.update(patient)
    screening.settle()
    return screening
  }

  /// The variables that any criterion mentions.
  static let mentioned: [Variable] = {
    let vocabulary = PatientVocabulary.builtIn
    let all = nobody.compiled.expressions.reduce(into: VariableSet()) {
      $0.formUnion(vocabulary.behind($1.mentioned))
    }
    return vocabulary.variables(of: all)
  }()

  /// Someone of whom so many tenths of what the criteria mention are known.
  static func anyone(_ chance: inout SeededRandom, knowing share: Int) -> Patient {
    var patient = Patient()
    for variable in mentioned where Int.random(in: 0..<10, using: &chance) < share {
      patient.enter(chance.text(for: variable), for: variable)
    }
    return patient
  }

  /// Any sequence of changes leads to what screening from the start gives.
  @Test(arguments: 0..<8)
  func changingIsAsGoodAsStartingAnew(_ seed: Int) throws {
    var chance = SeededRandom(seed)
    var screening = Self.nobody
    var patient = Patient()
    var answers: [Screening.Question: Bool] = [:]
    var date: Day? = today
    for _ in 0..<40 {
      switch Int.random(in: 0..<10, using: &chance) {
      case 0:
        date = chance.pick([today, day("2024-02-29"), day("2026-03-31"), nil])
        screening.screen(on: date)
      case 1, 2:
        let trial = chance.pick(library.trials)
        let question = Screening.Question(
          trial: trial.id, criterion: chance.pick(trial.criteria).id)
        let answer = chance.pick([true, false, nil])
        answers[question] = answer
        screening.answer(question, answer)
      case 3:
        patient.enter("", for: chance.pick(Self.mentioned))
        screening.update(patient)
      default:
        for _ in 0..<Int.random(in: 1...6, using: &chance) {
          let variable = chance.pick(Self.mentioned)
          let taken = chance.pick([nil, nil, today.adding(days: -9), today.adding(days: -3)])
          patient.enter(chance.text(for: variable), taken: taken, for: variable)
        }
        // Results at hand are used where they are of this patient, and do no harm where not.
        let results = Score.all.map { score in
          let variant = chance.pick(score.variants).id
          return score.result(for: chance.pick([patient, screening.patient]), variant: variant)
        }
        screening.update(patient, results: results)
      }
      // Now and then changes come before the last ones are settled.
      switch Int.random(in: 0..<3, using: &chance) {
      case 0: continue
      case 1: screening.settle(first: [chance.pick(library.trials).id], atMost: 10)
      default: break
      }
      screening.settle()
      #expect(screening.isSettled)
      #expect(
        Self.difference(screening, Self.screening(patient, answers, on: date)) == [])
    }
  }

  /// Whoever keeps what is said of a trial by its revision says what holds.
  @Test(arguments: 0..<8)
  func aRevisionStandsForWhatIsSaid(_ seed: Int) throws {
    var chance = SeededRandom(seed)
    var screening = Self.nobody
    var patient = Self.anyone(&chance, knowing: seed)
    var known: [TrialRecord.ID: (revision: Int, said: [String])] = [:]
    for _ in 0..<60 {
      let variable = chance.pick(Self.mentioned)
      patient.enter(chance.pick([chance.text(for: variable), ""]), for: variable)
      screening.update(patient)
      screening.settle()
      for trial in library.trials {
        let revision = screening.revision(of: trial.id)
        let said =
          try #require(screening.screening(of: trial.id)).criteria.map { criterion in
            let question = Screening.Question(trial: trial.id, criterion: criterion.criterion.id)
            let margin = criterion.blocks ? screening.decisiveMargin(of: question) : nil
            return "\(criterion.result) \(criterion.blocks) \(criterion.needed) "
              + (margin.map { "\($0.label) \($0.relation) \($0.threshold)" } ?? "")
          }
          + (screening.verdict(of: trial.id)?.name == "clears"
            ? screening.nearLimits(of: trial.id) : [])
        if let known = known[trial.id], known.revision == revision {
          #expect(said == known.said, "\(trial.id) after \(variable.id)")
        }
        known[trial.id] = (revision, said)
      }
    }
  }

  /// A trial that waits is computed when it is read, and reads as it will.
  @Test func readingDoesNotNeedSettling() throws {
    var chance = SeededRandom(99)
    var screening = Self.nobody
    screening.update(Self.anyone(&chance, knowing: 5))
    let early = library.trials.map { trial in
      screening.screening(of: trial.id)?.criteria.map { "\($0.result) \($0.needed)" }
    }
    #expect(screening.verdict(of: library.trials[0].id) == nil)
    screening.settle()
    #expect(
      early
        == library.trials.map { trial in
          screening.screening(of: trial.id)?.criteria.map { "\($0.result) \($0.needed)" }
        })
  }

  @Test func slicesReachTheEnd() throws {
    var screening = Self.nobody
    var slices = 0
    while !screening.isSettled {
      screening.settle(atMost: 1)
      slices += 1
    }
    #expect(slices == library.trials.count)
    #expect(screening.evaluations == library.trials.map(\.criteria.count).reduce(0, +))
    let before = screening.evaluations
    screening.update(try patient("inr=2"))
    screening.settle()
    let mentioning = screening.compiled.criteriaMentioning
    let symbols = try ["inr", "meld", "childPugh", "cosshACLF2"].map {
      try #require(PatientVocabulary.builtIn.symbol($0)).index
    }
    let count = Set(symbols.flatMap { mentioning[$0] }).count
    #expect(screening.evaluations - before <= count)
    #expect(screening.evaluations > before)
  }

  @Test func orderOfEntryDoesNotMatter() throws {
    var chance = SeededRandom(3)
    for _ in 0..<6 {
      let whole = Self.anyone(&chance, knowing: 6)
      var screening = Self.nobody
      var patient = Patient()
      for variable in whole.entered(in: .builtIn).shuffled(using: &chance) {
        patient.enter(try #require(whole[variable]).typed, for: variable)
        screening.update(patient)
        if Bool.random(using: &chance) { screening.settle() }
      }
      screening.settle()
      #expect(Self.difference(screening, Self.screening(whole)) == [])
    }
  }

  /// An added value changes only criteria that mention it, and turns nothing that is known around.
  @Test func knowingMoreTurnsNothingAround() throws {
    var chance = SeededRandom(4)
    let vocabulary = PatientVocabulary.builtIn
    for _ in 0..<40 {
      var patient = Self.anyone(&chance, knowing: Int.random(in: 2...9, using: &chance))
      let variable = chance.pick(Self.mentioned)
      patient.enter("", for: variable)
      let before = Self.screening(patient)
      var more = patient
      more.enter(chance.text(for: variable), for: variable)
      let after = Self.screening(more)
      let index = try #require(vocabulary.index(of: variable))
      for place in before.compiled.criteria.indices {
        let trial = library.trials[Int(before.compiled.owners[place])].id
        let id = before.compiled.criteria[place].id
        let (old, new) = (before.screening(of: trial)?[id], after.screening(of: trial)?[id])
        let oldResult = try #require(old).result
        let newResult = try #require(new).result
        guard oldResult != newResult || old?.blocks != new?.blocks else { continue }
        let compiled = before.compiled.criteria[place]
        let mentions = ([place] + compiled.conflicts).compactMap {
          before.compiled.criteria[$0].expression
        }.map { vocabulary.behind(before.compiled.expressions[$0].mentioned) }
        #expect(mentions.contains { $0.contains(index) }, "\(variable.id) changed \(trial) \(id)")
        switch (oldResult, newResult) {
        case (.met, .notMet), (.notMet, .met), (.met, .unknown), (.notMet, .unknown):
          // Child-Pugh by INR takes the place of that by prothrombin time, and MELD is for people
          // of twelve years and more.
          #expect(["inr", "age"].contains(variable.id), "\(variable.id): \(trial) \(id)")
        case (.met, .conflict), (.notMet, .conflict): #expect(old?.blocks == false)
        default: break
        }
      }
    }
  }

  /// The verdict says what its criteria say.
  @Test func verdictsFollowFromCriteria() throws {
    var chance = SeededRandom(5)
    var names: Set<String> = []
    for _ in 0..<60 {
      var patient = Self.anyone(&chance, knowing: 10)
      // Nearly all exclusions answered with no, so that some trials clear.
      if Bool.random(using: &chance) { patient = Self.healthy(&chance) }
      let screening = Self.screening(patient)
      for trial in library.trials {
        let screened = try #require(screening.screening(of: trial.id))
        names.insert(screened.verdict.name)
        switch screened.verdict {
        case .blocked(let ids): #expect(ids == screened.blocking && !ids.isEmpty)
        case .open(let unknown, let unclear):
          #expect(screened.blocking.isEmpty && unknown + unclear > 0)
          #expect(unknown == screened.criteria.count { $0.result == .unknown })
        case .clears(let attest):
          #expect(screened.blocking.isEmpty && screened.unknown.isEmpty)
          #expect(attest == screened.attest)
          for criterion in screened.criteria {
            #expect(criterion.clears || criterion.result == .needsPerson([]))
          }
        }
      }
    }
    #expect(names == ["blocked", "open", "clears"])
  }

  /// Someone whom most trials take.
  static func healthy(_ chance: inout SeededRandom) -> Patient {
    var patient = Patient()
    for variable in mentioned {
      switch variable.kind {
      case .yesNo: patient.enter("no", for: variable)
      case .event: patient.enter("never", for: variable)
      case .choice(let choices, _), .choices(let choices):
        patient.enter(choices[0].id, for: variable)
      case .quantity: break
      }
    }
    for (id, text) in [
      "age": "45", "totalBilirubin": "300 umol/L", "totalBilirubinULN": "21 umol/L", "inr": "1.6",
      "prothrombinActivity": "38", "creatinine": "70 umol/L", "urea": "4 mmol/L",
      "neutrophils": "3", "chronicLiverDisease": "yes", "weeksInsultToDecompensation": "2",
      "ascites": "mild", "plateletsBeforeOnset": "150", "childPughBeforeOnset": "6",
      "cirrhosis": "yes", "totalBilirubinDailyRise": "5 umol/L/d",
    ] {
      if let variable = VariableTable.builtIn[id] { patient.enter(text, for: variable) }
    }
    // One of them left out now and then.
    if Bool.random(using: &chance) { patient.enter("", for: chance.pick(mentioned)) }
    return patient
  }

  /// Inverted once, what blocks clears and the other way round; inverted twice nothing has changed.
  @Test func polarityIsAppliedOnce() throws {
    func inverted(_ text: String) -> String {
      let hasInclusions = text.contains("polarity: inclusion")
      return text.replacing("polarity: inclusion", with: "polarity: *")
        .replacing("polarity: exclusion", with: "polarity: inclusion")
        .replacing("polarity: *", with: "polarity: exclusion")
        .replacing(#/exclusionsInSource: \w+/#, with: "exclusionsInSource: \(hasInclusions)")
    }
    func screening(_ texts: [String]) -> Screening {
      let files = texts.enumerated().map { ("\($0).yaml", Array($1.utf8)) }
      let library = TrialLibrary(files: files)
      #expect(library.problems == [])
      return Screening(trials: library.trials, on: today, vocabulary: .builtIn)
    }
    let texts = TrialLibrary.bundledFiles.map { String(decoding: $0.bytes, as: UTF8.self) }
    var once = screening(texts.map(inverted))
    var twice = screening(texts.map { inverted(inverted($0)) })
    var chance = SeededRandom(6)
    var flips = 0
    for _ in 0..<10 {
      let patient = Self.anyone(&chance, knowing: 7)
      let plain = Self.screening(patient)
      for part in [0, 1] {
        if part == 0 { once.update(patient) } else { twice.update(patient) }
      }
      once.settle()
      twice.settle()
      #expect(Self.difference(twice, plain) == [])
      for trial in library.trials {
        let pairs = zip(
          try #require(plain.screening(of: trial.id)).criteria,
          try #require(once.screening(of: trial.id)).criteria)
        for (one, other) in pairs
        where one.criterion.attest != .always && trial.conflicts(of: one.criterion.id).isEmpty {
          #expect(one.result == other.result && one.needed == other.needed)
          switch one.result {
          case .met, .notMet:
            #expect(one.blocks == !other.blocks && one.clears == !other.clears)
            flips += 1
          default: #expect(!one.blocks && !other.blocks && !one.clears && !other.clears)
          }
        }
      }
    }
    #expect(flips > 200)
  }
}
