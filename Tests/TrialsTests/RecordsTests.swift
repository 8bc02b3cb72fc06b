import Quantities
import Testing

@testable import Trials

/// The records that come with the program, against what their sources say.
@Suite struct RecordsTests {
  let library = TrialLibrary()

  func trial(_ id: String) throws -> TrialRecord { try #require(library[id]) }

  func criterion(_ trial: TrialRecord, _ id: String) throws -> Criterion {
    try #require(trial.criteria.first { $0.id == id })
  }

  @Test func readsAllFive() {
    #expect(library.problems == [])
    #expect(
      library.trials.map(\.id) == [
        "NCT03460795", "NCT05871463", "NCT05940610", "NCT05985863", "NCT07409259",
      ])
    for trial in library.trials {
      #expect(trial.shortTitle.columns <= 40)
      #expect(trial.link == "https://clinicaltrials.gov/study/\(trial.id)")
      #expect(!trial.contradictions.isEmpty)
      #expect(!trial.summary.isEmpty)
    }
  }

  /// Who takes participants, for every word of the registry.
  @Test(arguments: TrialRecord.Status.allCases)
  func onlyTwoStatusesRecruit(_ status: TrialRecord.Status) {
    #expect(
      status.recruits == ["RECRUITING", "ENROLLING_BY_INVITATION"].contains(status.rawValue))
  }

  @Test(arguments: [
    ("NCT03460795", false, "not recruiting (status unknown)"), ("NCT05871463", true, nil),
    ("NCT05940610", false, "not recruiting (withdrawn 2023-10-12)"), ("NCT05985863", true, nil),
    ("NCT07409259", false, "not recruiting (active 2026-02-13)"),
  ]) func saysThatNobodyCanEnter(_ id: String, _ recruits: Bool, _ words: String?) throws {
    #expect(try trial(id).recruits == recruits)
    #expect(try trial(id).notRecruiting == words)
  }

  @Test func everyCriterionIsComputedOrAttested() {
    for criterion in library.trials.flatMap(\.criteria) {
      #expect(criterion.expression != nil || criterion.attest == .always)
      // What is unclear says how it is read.
      #expect(criterion.ambiguity == nil || criterion.reading != nil, "\(criterion.id)")
    }
  }

  @Test func vesiclesInAcuteOrACLF() throws {
    let trial = try trial("NCT05940610")
    #expect(trial.orgStudyId == "MSC-EVs-2 of ThirdSunYatSen")
    #expect(trial.status.map(\.value) == [.notYetRecruiting, .withdrawn])
    #expect(trial.currentStatus?.asOf?.description == "2023-10-12")
    #expect(trial.currentStatus?.source?.contains("meddatax") == true)
    #expect(trial.phases == [.phase1, .phase2])
    #expect(trial.phaseLabel == "1/2")
    #expect(trial.startDate?.date.description == "2023-09-01")
    #expect(trial.startDate?.type == .anticipated)
    #expect(trial.completionDate?.date.description == "2025-10-01")
    #expect(trial.verified?.description == "2023-07")
    #expect(trial.design.enrollment == 20)
    #expect(trial.arms.map(\.count) == [10, 10])
    #expect(trial.arms.map(\.type) == [.experimental, .noIntervention])
    let dose = try #require(trial.interventions.first?.doses.first)
    #expect(dose.kind == .particles)
    #expect(dose.amount == FixedDecimal(100_000_000_000))
    #expect(dose.alternatives == [FixedDecimal(10_000_000_000)])
    #expect(dose.description.hasPrefix("1 × 10¹¹ particles (or 1 × 10¹⁰) per dose, in 100 mL"))
    #expect(trial.criteria(.inclusion).map(\.id) == ["I1", "I2", "I3", "I4", "I5"])
    #expect(try criterion(trial, "I5").expression?.text == "encephalopathyGrade <= 2")
    #expect(try criterion(trial, "E4").expression?.text == "meld > 30")
    #expect(trial.origin(of: "conditions")?.contains("ctv.veeva") == true)
    #expect(trial.product?.kind == "extracellular-vesicle")
    // What is said of one disease of the list is said of all.
    for letter in ["a", "b", "c", "d", "e"] {
      let ambiguity = try criterion(trial, "E5\(letter)").ambiguity
      #expect(ambiguity?.contains("any may be meant, or serious only") == true, "E5\(letter)")
    }
    #expect(trial.primaryOutcomes.count == 7)
    #expect(trial.secondaryOutcomes.count == 2)
    #expect(trial.contradictions.count == 14)
    let plans = try #require(trial.schedule?.plans)
    #expect(plans.map(\.name) == ["weekly", "single dose", "control"])
    #expect(plans[0].dosing == [.days(0), .days(7), .days(14), .days(21)])
    #expect(trial.schedule?.plan(forArm: "MSC-EV group")?.name == "weekly")
    #expect(plans[0].visits.last?.timing == .months(12))
  }

  @Test func cellsInACLF() throws {
    let trial = try trial("NCT05985863")
    #expect(trial.collaborators.count == 4)
    #expect(trial.design.whoMasked == [.participant, .investigator])
    #expect(trial.design.enrollment == 150)
    #expect(trial.oversightHasDmc == false)
    #expect(trial.ipdSharing == .no)
    #expect(trial.arms.map(\.label).contains("Group MSC-2"))
    #expect(trial.interventions.map(\.type) == Array(repeating: .drug, count: 4))
    #expect(trial.interventions[2].doses[0].description.hasPrefix("1.5 × 10⁸ cells per dose"))
    #expect(trial.references.count == 10)
    #expect(trial.references.allSatisfy { $0.pmid?.utf8.count == 8 })
    #expect(trial.contacts.map(\.role) == [.principalInvestigator])
    #expect(trial.secondaryOutcomes[4].scores == ["meldMayo"])
    #expect(try criterion(trial, "E1b").ambiguity != nil)
    #expect(try criterion(trial, "E1c").expression?.text == "encephalopathyGrade >= 2")
    #expect(
      try criterion(trial, "I2").expression?.text.contains("totalBilirubin >= 5 'mg/dL'") == true)
    #expect(try criterion(trial, "E6").attest == .whenMet)
    #expect(try criterion(trial, "E14").attest == .always)
    let first = try #require(trial.schedule?.plans.first)
    #expect(first.dosing == [.days(0), .days(7), .days(14)])
    #expect(
      first.visits.map(\.timing)
        == [-7, 0, 3, 7, 14, 21, 28, 35, 56, 84, 168, 371].map { .days($0) }
    )
    #expect(!first.visits[8].assessments.contains("labs"))
    #expect(trial.schedule?.plan(forArm: "Group MSC-2")?.dosing.last == .days(35))
  }

  @Test func exosomesInCirrhosis() throws {
    let trial = try trial("NCT05871463")
    #expect(trial.phases == [.phase2])
    #expect(trial.currentStatus?.value == .recruiting)
    #expect(trial.startDate == nil)
    #expect(trial.arms.count == 1)
    #expect(trial.design.interventionModel == .singleGroup)
    #expect(trial.arms.map(\.type) == [nil])
    #expect(trial.eligibility.maximumAge?.count == 75)
    #expect(trial.interventions[0].doses[0].kind == .mass)
    #expect(trial.interventions[0].doses[0].unit == "mg")
    #expect(trial.primaryOutcomes[0].scores == ["meldNa"])
    #expect(trial.conflicts(of: "E4d") == ["E12c"])
    #expect(trial.conflicts(of: "E12c") == ["E4d"])
    #expect(try criterion(trial, "I3").expression?.text == "childPugh >= 7")
    #expect(trial.locations[0].country == "Iran")
  }

  @Test func cellsAndTregsInCirrhosis() throws {
    let trial = try trial("NCT03460795")
    #expect(trial.eligibility.healthyVolunteers == true)
    #expect(trial.interventions[0].doses[0].kind == .none)
    #expect(trial.product?.kind == "msc+treg")
    #expect(trial.origin(of: "primaryOutcomes") == "The registry's XML of 2020")
    #expect(trial.origin(of: "primaryOutcomes.measure") == "The registry's XML of 2020")
    #expect(trial.origin(of: "briefTitle") == nil)
    #expect(trial.officialTitle?.hasSuffix("in End-stage Liver Disease") == true)
    #expect(trial.origin(of: "officialTitle")?.contains("ichgcp.net") == true)
    #expect(trial.status.map(\.value) == [.notYetRecruiting, .unknown])
    #expect(trial.currentStatus?.asOf == nil)
    #expect(trial.conflicts(of: "I5g") == ["E2c"])
    #expect(trial.conflicts(of: "E2b") == ["I5f"])
    #expect(!trial.criteria.contains { $0.id == "I3" })
    #expect(try criterion(trial, "I2").reading?.hasPrefix("One of the two") == true)
    // The treatment before is a part of the rule that nothing computes.
    #expect(try criterion(trial, "I2").attest == .always)
    #expect(
      try criterion(trial, "E7").expression?.text
        == "otherTrial within 4 weeks"
    )
    #expect(trial.contacts.map(\.role) == [.studyChair])
  }

  @Test func exosomesInACLF() throws {
    let trial = try trial("NCT07409259")
    #expect(trial.phases == [.early1])
    #expect(trial.currentStatus?.value == .activeNotRecruiting)
    #expect(trial.origin(of: "phases") != nil)
    #expect(trial.origin(of: "conditions") != nil)
    #expect(trial.origin(of: "interventions.type") != nil)
    #expect(trial.origin(of: "interventions.name") == nil)
    #expect(trial.eligibility.sex == nil)
    #expect(trial.arms.map(\.type) == [nil, nil])
    #expect(trial.startDate?.type == .actual)
    #expect(!trial.eligibility.exclusionsInSource)
    #expect(trial.criteria(.exclusion) == [])
    #expect(try criterion(trial, "I3").expression?.text == "cosshACLF2 < 7.4")
    #expect(trial.interventions[0].doses[0].amount == FixedDecimal(200_000_000_000))
    #expect(trial.interventions[0].doses[0].times == 4)
    let schedule = try #require(trial.schedule)
    #expect(schedule.anchorDay == 1)
    #expect(schedule.plans[0].dosing == [.days(0), .days(3), .days(6), .days(9)])
    let last = try #require(schedule.plans[0].visits.last)
    #expect(last.timing.label(anchorDay: schedule.anchorDay) == "day 84")
    let start = try #require(Day(2026, 1, 5))
    #expect(last.timing.date(anchoredOn: start)?.description == "2026-03-29")
  }

  @Test func holdNoElectronicAddressAndNoStrangeCharacter() {
    for file in TrialLibrary.bundledFiles {
      #expect(TextHygiene.findings(in: file.bytes).isEmpty, "\(file.name)")
    }
  }

  /// Roles and institutions stay; whoever wants the persons finds them at the registry.
  @Test func nameNoPersonAndNoWayToReachOne() throws {
    for trial in library.trials {
      #expect(trial.responsibleParty?.name == nil, "\(trial.id)")
      for contact in trial.contacts + trial.locations.flatMap(\.contacts) {
        #expect(contact.name == nil && contact.phone == nil, "\(trial.id)")
      }
    }
    for file in TrialLibrary.bundledFiles {
      for (key, scalar) in try scalars(of: file) where !["id", "pmid", "zip"].contains(key) {
        #expect(scalar.text.firstMatch(of: Self.telephone) == nil, "\(file.name): \(scalar.text)")
        #expect(!scalar.text.contains("@"), "\(file.name): \(scalar.text)")
      }
    }
    for number in ["86-010-66933333", "010-66933333", "+86 25 6813 6053", "tel. (025) 68136053"] {
      #expect(number.firstMatch(of: Self.telephone) != nil, "\(number)")
    }
  }

  /// Groups of digits of which one has three and more; those of dates have two.
  nonisolated(unsafe) private static let telephone =
    #/\(?[0-9]{2,4}\)?[- ][0-9]{3,}|\+[0-9]{2,3}[- ][0-9]/#

  /// What YAML 1.1 reads otherwise than YAML 1.2 is written so that both read the same.
  @Test func readTheSameByEveryVersionOfYAML() throws {
    for file in TrialLibrary.bundledFiles {
      for (_, scalar) in try scalars(of: file) {
        #expect(!isReadInTwoWays(scalar), "\(file.name): \(scalar.text)")
      }
    }
    for text in [
      "NO", "Yes", "on", "OFF", "y", "N", "2023-07-18", "1e11", "1.5e8", "017", "0b10", "1_000",
      "12:30", "=", "<<",
    ] {
      #expect(isReadInTwoWays(.init(text: text, style: .plain)), "\(text)")
      #expect(!isReadInTwoWays(.init(text: text, style: .doubleQuoted)), "\(text)")
    }
    for text in ["NOT", "true", "2023-07", "1.0e+11", "17", "0.5", "week -1", "NA", "null", "0"] {
      #expect(!isReadInTwoWays(.init(text: text, style: .plain)), "\(text)")
    }
  }

  /// Words, dates and numbers that only one of the versions takes for what they are.
  private func isReadInTwoWays(_ scalar: Tree.Scalar) -> Bool {
    guard scalar.style == .plain else { return false }
    let text = scalar.text
    return ["y", "n", "yes", "no", "on", "off", "=", "<<"].contains(text.lowercased())
      || text.wholeMatch(of: #/[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*/#) != nil
      || text.wholeMatch(of: #/[-+]?(?:[0-9]+[eE].*|[0-9]*\.[0-9]*[eE][0-9]+)/#) != nil
      || text.wholeMatch(of: #/[-+]?(?:0[0-9]+|0[box].*|[0-9][0-9_]*_[0-9_.]*|[0-9]+(?::[0-9]+)+)/#)
        != nil
  }

  /// The texts of a file, each with the key that it stands behind.
  private func scalars(of file: (name: String, bytes: [UInt8])) throws
    -> [(key: String, scalar: Tree.Scalar)]
  {
    var source = SourceFile(name: file.name, bytes: file.bytes)
    source.removeBlemishes()
    var found: [(key: String, scalar: Tree.Scalar)] = []
    func visit(_ node: Tree, behind key: String) {
      switch node.content {
      case .scalar(let scalar): found.append((key, scalar))
      case .list(let items): for item in items { visit(item, behind: key) }
      case .mapping(let entries):
        for (name, value) in entries {
          visit(name, behind: "")
          visit(value, behind: name.scalar?.text ?? "")
        }
      }
    }
    let root = source.tree()
    visit(try #require(root), behind: "")
    return found
  }

  @Test func reportsATrialThatIsKnownAlready() {
    let own = smallest.replacing("NCT00000001", with: "NCT05871463")
    let library = TrialLibrary(
      files: TrialLibrary.bundledFiles + [
        ("own.yaml", Array("# ours\n\(own)".utf8)), ("new.yaml", Array(smallest.utf8)),
        ("broken.yaml", Array("id: x".utf8)),
      ])
    #expect(library.trials.count == 6)
    #expect(
      library.problems.first?.description
        == "own.yaml:2:1: error: the trial NCT05871463 is known from NCT05871463.yaml already; this "
        + "file is left out")
    #expect(library.problems.dropFirst().allSatisfy { $0.file == "broken.yaml" })
    #expect(library["NCT05871463"]?.shortTitle != "A small trial")
    #expect(library["NCT00000001"]?.shortTitle == "A small trial")
  }
}
