public import Quantities

/// What is known of one trial: the registry's facts, the criteria and the schedule.
///
/// Names follow ClinicalTrials.gov API v2 where it has one. The words are ours, short and faithful;
/// ``link`` leads to the registry's own.
public struct TrialRecord: Identifiable, Hashable, Sendable {
  // MARK: Identification

  /// The registry's identifier: `NCT05940610`.
  public let id: String
  /// The sponsor's own identifier.
  public let orgStudyId: String?
  /// Further identifiers.
  public let secondaryIds: [String]
  /// A title for lists, of at most 40 columns.
  public let shortTitle: String
  /// The registry's title.
  public let briefTitle: String
  /// The title of the protocol.
  public let officialTitle: String?
  /// The registry's page.
  public let link: String
  /// The document from which the facts were taken.
  public let source: String
  /// Facts that are not in that document, and where they were found.
  public let found: [Provenance]

  // MARK: Status and dates

  /// The statuses that were reported, the oldest first.
  public let status: [StatusEntry]
  /// The phases; several for a trial of phase 1 and 2.
  public let phases: [Phase]
  /// The kind of study.
  public let studyType: StudyType?
  /// Start.
  public let startDate: MilestoneDate?
  /// When the last participant is examined for the primary outcome.
  public let primaryCompletionDate: MilestoneDate?
  /// When the last participant is examined at all.
  public let completionDate: MilestoneDate?
  /// When the record was first sent to the registry.
  public let firstSubmitted: PartialDate?
  /// When the registry first posted the record.
  public let firstPosted: PartialDate?
  /// When the registry last posted a change.
  public let lastUpdatePosted: PartialDate?
  /// When the sponsor last confirmed the record.
  public let verified: PartialDate?

  // MARK: Sponsor and oversight

  /// The sponsor.
  public let leadSponsor: Sponsor?
  /// Those who help the sponsor.
  public let collaborators: [Sponsor]
  /// Who answers for the record.
  public let responsibleParty: ResponsibleParty?
  /// Whether a drug regulated by the American FDA is studied.
  public let isFdaRegulatedDrug: Bool?
  /// Whether a device regulated by the American FDA is studied.
  public let isFdaRegulatedDevice: Bool?
  /// Whether there is a data monitoring committee.
  public let oversightHasDmc: Bool?
  /// Whether data of single participants will be shared.
  public let ipdSharing: IpdSharing?

  // MARK: What is studied

  /// The conditions.
  public let conditions: [String]
  /// The registry's keywords.
  public let keywords: [String]
  /// Two to four sentences on what is done and why.
  public let summary: String
  /// What is given.
  public let product: Product?
  /// How the study is built.
  public let design: Design
  /// Who may take part, in the registry's fields.
  public let eligibility: Eligibility
  /// The arms.
  public let arms: [Arm]
  /// The interventions.
  public let interventions: [Intervention]
  /// When participants are treated and seen.
  public let schedule: TrialSchedule?
  /// The criteria in the order of the source.
  public let criteria: [Criterion]
  /// What the study is decided by.
  public let primaryOutcomes: [Outcome]
  /// What it measures besides.
  public let secondaryOutcomes: [Outcome]
  /// What it measures without naming it primary or secondary.
  public let otherOutcomes: [Outcome]

  // MARK: Sites, contacts, sources

  /// The sites.
  public let locations: [Location]
  /// Contacts and officials of the whole study.
  public let contacts: [Contact]
  /// Publications.
  public let references: [Reference]
  /// Where the source contradicts itself or cannot be meant as it stands.
  public let contradictions: [Contradiction]

  // MARK: Derived

  /// The status of the latest date.
  public var currentStatus: StatusEntry? { status.last }

  /// Whether it takes participants, as far as ``currentStatus`` says, which names the day on which
  /// it was so; `nil` where the record has no status.
  public var recruits: Bool? { currentStatus?.value.recruits }

  /// That nobody can enter, and why: `not recruiting (withdrawn 2023-10-12)`; `nil` where it is not
  /// known that nobody can.
  public var notRecruiting: String? {
    guard let status = currentStatus, !status.value.recruits else { return nil }
    let (why, link) =
      switch status.value {
      case .activeNotRecruiting: ("active", " ")
      case .notYetRecruiting: ("not yet", ", ")
      case .unknown: ("status unknown", ", ")
      default: (status.value.label, " ")
      }
    return "not recruiting (\(why)\(status.asOf.map { "\(link)\($0)" } ?? ""))"
  }

  /// The criteria of one polarity, in order.
  public func criteria(_ polarity: Criterion.Polarity) -> [Criterion] {
    criteria.filter { $0.polarity == polarity }
  }

  /// The ids of the criteria that contradict one, whichever of them says so.
  public func conflicts(of id: Criterion.ID) -> [Criterion.ID] {
    criteria.filter { other in
      guard other.id != id else { return false }
      return other.conflict?.with.contains(id) == true
        || criteria.contains { $0.id == id && $0.conflict?.with.contains(other.id) == true }
    }.map(\.id)
  }

  /// Where a fact was found that is not in the source; `nil` where it is in the source.
  ///
  /// - Parameter field: The name of the field in the file, such as `phases`, or of a part of it, such
  ///   as `eligibility.sex`; a part was found where the whole was.
  public func origin(of field: String) -> String? {
    found.first { $0.fields.contains { field == $0 || field.hasPrefix("\($0).") } }?.source
  }
}

/// The parts of a record.
extension TrialRecord {
  /// Facts that are not in the source document.
  public struct Provenance: Hashable, Sendable {
    /// The names of the fields in the file, or of their parts: `eligibility.sex`.
    public let fields: [String]
    /// Where they were found.
    public let source: String
  }

  /// A status and the day on which it held.
  public struct StatusEntry: Hashable, Sendable {
    /// The status.
    public let value: Status
    /// A day, month or year on which it was so; `nil` where the source states none.
    public let asOf: PartialDate?
    /// Who said so, where it is not the record's source.
    public let source: String?
  }

  /// A date that has come or is planned.
  public struct MilestoneDate: Hashable, Sendable {
    /// The date.
    public let date: PartialDate
    /// Whether it has come.
    public let type: Certainty
  }

  /// An organisation.
  public struct Sponsor: Hashable, Sendable {
    /// The name.
    public let name: String
    /// The kind of organisation.
    public let agencyClass: AgencyClass?
  }

  /// Who answers for the record.
  public struct ResponsibleParty: Hashable, Sendable {
    /// In what role.
    public let type: ResponsiblePartyType
    /// The person's name.
    public let name: String?
    /// The person's title.
    public let title: String?
    /// The person's institution.
    public let affiliation: String?
  }

  /// What is given to the experimental arm.
  public struct Product: Hashable, Sendable {
    /// The kind in one lower-case word, for searching: `extracellular-vesicle`, `exosome`, `msc`,
    /// `msc+treg`.
    public let kind: String
    /// Where it comes from: `umbilical cord`.
    public let origin: String?
    /// The sponsor's code.
    public let code: String?
  }

  /// How the study is built.
  public struct Design: Hashable, Sendable {
    /// How participants come to their arm.
    public let allocation: Allocation?
    /// How arms stand to each other.
    public let interventionModel: InterventionModel?
    /// How many parties do not know the arm.
    public let masking: Masking?
    /// Which parties.
    public let whoMasked: [WhoMasked]
    /// What the study is for.
    public let primaryPurpose: PrimaryPurpose?
    /// What the fields do not say: stages, blocks.
    public let description: String?
    /// The number of participants.
    public let enrollment: Int?
    /// Whether that number has come about.
    public let enrollmentType: Certainty
  }

  /// Who may take part, in the registry's fields.
  public struct Eligibility: Hashable, Sendable {
    /// The sexes; `nil` where the source does not say.
    public let sex: Sex?
    /// The youngest age.
    public let minimumAge: Age?
    /// The oldest age.
    public let maximumAge: Age?
    /// Whether healthy people may; `nil` where the source does not say.
    public let healthyVolunteers: Bool?
    /// Whether the source has a list of exclusions at all; a trial whose source has none is not
    /// passed by anybody, it is merely silent.
    public let exclusionsInSource: Bool
  }

  /// An age as the registry writes it: `18 Years`.
  public struct Age: Hashable, Sendable, CustomStringConvertible {
    /// The number.
    public let count: Int
    /// The unit.
    public let unit: Unit

    /// A unit of age.
    public enum Unit: String, RegistryTerm {
      case years = "Years"
      case months = "Months"
      case weeks = "Weeks"
      case days = "Days"
    }

    /// Reads `18 Years`; `nil` for anything else.
    public init?(_ text: some StringProtocol) {
      let parts = text.split(separator: " ")
      guard parts.count == 2, let count = Int(parts[0]), (0...150 * 366).contains(count),
        let unit = Unit.allCases.first(where: { unit in
          let word = parts[1].lowercased()
          return word == unit.label || word + "s" == unit.label
        })
      else { return nil }
      self.count = count
      self.unit = unit
    }

    /// `18 years`.
    public var description: String {
      "\(count) \(count == 1 ? String(unit.label.dropLast()) : unit.label)"
    }
  }

  /// An arm.
  public struct Arm: Hashable, Sendable {
    /// The name.
    public let label: String
    /// What it is in the comparison; `nil` where the source does not say.
    public let type: ArmType?
    /// How many participants it has; `nil` where the source does not say.
    public let count: Int?
    /// What happens in it.
    public let description: String?
    /// The names of its interventions.
    public let interventions: [String]
  }

  /// An intervention.
  public struct Intervention: Hashable, Sendable {
    /// The registry's kind.
    public let type: InterventionType
    /// The name.
    public let name: String
    /// What it is.
    public let description: String?
    /// How much of it is given.
    public let doses: [Dose]
  }

  /// How much is given, of what, how and when.
  public struct Dose: Hashable, Sendable {
    /// What the amount counts.
    public let kind: DoseKind
    /// The amount; `nil` where the source states none.
    public let amount: FixedDecimal?
    /// The other amounts that the source may mean.
    public let alternatives: [FixedDecimal]
    /// The unit of the amount: `particles`, `cells`, `mg`.
    public let unit: String?
    /// What the amount is for: `dose`, `course`.
    public let per: String?
    /// By what way: `peripheral vein`.
    public let route: String?
    /// In what volume: `100 mL normal saline`.
    public let volume: String?
    /// Over what time: `at least 2 hours`.
    public let duration: String?
    /// When: `weeks 0, 1 and 2`.
    public let schedule: String?
    /// How many times; `nil` where the source does not say.
    public let times: Int?
    /// What the source leaves unclear.
    public let ambiguity: String?
    /// How it is read here, and why.
    public let reading: String?
  }

  /// An outcome.
  public struct Outcome: Hashable, Sendable {
    /// What is measured.
    public let measure: String
    /// How.
    public let description: String?
    /// When, as the source says it.
    public let timeFrames: [String]
    /// The ids of the scores that it uses.
    public let scores: [String]
  }

  /// A site.
  public struct Location: Hashable, Sendable {
    /// The institution.
    public let facility: String
    /// The city.
    public let city: String?
    /// The state or province.
    public let state: String?
    /// The country.
    public let country: String
    /// The postal code.
    public let zip: String?
    /// Whether the site recruits.
    public let status: Status?
    /// Whom to ask there.
    public let contacts: [Contact]
  }

  /// Whom to ask.
  ///
  /// Electronic addresses are personal data and are refused when a file is read. The records that
  /// come with the program name no persons.
  public struct Contact: Hashable, Sendable {
    /// In what role.
    public let role: ContactRole
    /// The name, with degrees; `nil` where the person is not named.
    public let name: String?
    /// The institution.
    public let affiliation: String?
    /// The telephone number of the office.
    public let phone: String?
  }

  /// A publication.
  public struct Reference: Hashable, Sendable {
    /// The PubMed identifier.
    public let pmid: String?
    /// First author, year and journal.
    public let citation: String
    /// What it is to the study.
    public let type: ReferenceType
  }

  /// A place where the source contradicts itself.
  public struct Contradiction: Hashable, Sendable {
    /// What is wrong.
    public let text: String
    /// Where in the source.
    public let location: String?
  }
}
