/// A word of the registry's vocabulary, written in files as the registry writes it.
public protocol RegistryTerm: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
  /// The word as people read it.
  var label: String { get }
}

extension RegistryTerm {
  /// The registry's word in lower case with spaces: `not yet recruiting`.
  public var label: String {
    String(rawValue.map { $0 == "_" ? " " : $0 }).lowercased()
  }
}

/// The enumerations of ClinicalTrials.gov API v2 that a record uses; their raw values are the
/// registry's.
extension TrialRecord {
  /// How far recruitment is.
  public enum Status: String, RegistryTerm {
    case activeNotRecruiting = "ACTIVE_NOT_RECRUITING"
    case completed = "COMPLETED"
    case enrollingByInvitation = "ENROLLING_BY_INVITATION"
    case notYetRecruiting = "NOT_YET_RECRUITING"
    case recruiting = "RECRUITING"
    case suspended = "SUSPENDED"
    case terminated = "TERMINATED"
    case withdrawn = "WITHDRAWN"
    case available = "AVAILABLE"
    case noLongerAvailable = "NO_LONGER_AVAILABLE"
    case temporarilyNotAvailable = "TEMPORARILY_NOT_AVAILABLE"
    case approvedForMarketing = "APPROVED_FOR_MARKETING"
    case withheld = "WITHHELD"
    case unknown = "UNKNOWN"

    /// The registry's word in lower case; the two that have a comma in the registry have it here.
    public var label: String {
      switch self {
      case .activeNotRecruiting: "active, not recruiting"
      default: String(rawValue.map { $0 == "_" ? " " : $0 }).lowercased()
      }
    }

    /// Whether participants are taken: where recruitment is open to all or to those who are invited.
    ///
    /// A status that the registry could not verify counts as closed until somebody has.
    public var recruits: Bool {
      switch self {
      case .recruiting, .enrollingByInvitation: true
      case .activeNotRecruiting, .completed, .notYetRecruiting, .suspended, .terminated,
        .withdrawn, .available, .noLongerAvailable, .temporarilyNotAvailable,
        .approvedForMarketing, .withheld, .unknown:
        false
      }
    }
  }

  /// The phase of development.
  public enum Phase: String, RegistryTerm {
    case notApplicable = "NA"
    case early1 = "EARLY_PHASE1"
    case phase1 = "PHASE1"
    case phase2 = "PHASE2"
    case phase3 = "PHASE3"
    case phase4 = "PHASE4"

    /// `early 1`, `1`, …; `not applicable`.
    public var label: String {
      switch self {
      case .notApplicable: "not applicable"
      case .early1: "early 1"
      case .phase1: "1"
      case .phase2: "2"
      case .phase3: "3"
      case .phase4: "4"
      }
    }
  }

  /// The kind of study.
  public enum StudyType: String, RegistryTerm {
    case expandedAccess = "EXPANDED_ACCESS"
    case interventional = "INTERVENTIONAL"
    case observational = "OBSERVATIONAL"
  }

  /// Whether a date or a number has come about or is planned; the registry's API writes
  /// `ESTIMATED` where its pages write "anticipated".
  public enum Certainty: String, RegistryTerm {
    case actual = "ACTUAL"
    case anticipated = "ANTICIPATED"
    case unknown = "UNKNOWN"
  }

  /// The sexes that may take part.
  public enum Sex: String, RegistryTerm {
    case female = "FEMALE"
    case male = "MALE"
    case all = "ALL"
  }

  /// The kind of organisation.
  public enum AgencyClass: String, RegistryTerm {
    case nih = "NIH"
    case federal = "FED"
    case otherGovernment = "OTHER_GOV"
    case individual = "INDIV"
    case industry = "INDUSTRY"
    case network = "NETWORK"
    case ambiguous = "AMBIG"
    case other = "OTHER"
    case unknown = "UNKNOWN"
  }

  /// Who answers for the registry's entry.
  public enum ResponsiblePartyType: String, RegistryTerm {
    case sponsor = "SPONSOR"
    case principalInvestigator = "PRINCIPAL_INVESTIGATOR"
    case sponsorInvestigator = "SPONSOR_INVESTIGATOR"
    case unknown = "UNKNOWN"
  }

  /// How participants come to their arm.
  public enum Allocation: String, RegistryTerm {
    case randomized = "RANDOMIZED"
    case nonRandomized = "NON_RANDOMIZED"
    case notApplicable = "NA"

    /// The word as people read it.
    public var label: String {
      switch self {
      case .randomized: "randomised"
      case .nonRandomized: "not randomised"
      case .notApplicable: "not applicable"
      }
    }
  }

  /// How arms stand to each other.
  public enum InterventionModel: String, RegistryTerm {
    case singleGroup = "SINGLE_GROUP"
    case parallel = "PARALLEL"
    case crossover = "CROSSOVER"
    case factorial = "FACTORIAL"
    case sequential = "SEQUENTIAL"
  }

  /// What the study is for.
  public enum PrimaryPurpose: String, RegistryTerm {
    case treatment = "TREATMENT"
    case prevention = "PREVENTION"
    case diagnostic = "DIAGNOSTIC"
    case educationCounselingTraining = "ECT"
    case supportiveCare = "SUPPORTIVE_CARE"
    case screening = "SCREENING"
    case healthServicesResearch = "HEALTH_SERVICES_RESEARCH"
    case basicScience = "BASIC_SCIENCE"
    case deviceFeasibility = "DEVICE_FEASIBILITY"
    case other = "OTHER"
  }

  /// How many parties do not know the arm.
  public enum Masking: String, RegistryTerm {
    case none = "NONE"
    case single = "SINGLE"
    case double = "DOUBLE"
    case triple = "TRIPLE"
    case quadruple = "QUADRUPLE"

    /// The word as people read it.
    public var label: String { self == .none ? "none (open label)" : rawValue.lowercased() }
  }

  /// A party that does not know the arm.
  public enum WhoMasked: String, RegistryTerm {
    case participant = "PARTICIPANT"
    case careProvider = "CARE_PROVIDER"
    case investigator = "INVESTIGATOR"
    case outcomesAssessor = "OUTCOMES_ASSESSOR"
  }

  /// What an arm is in the comparison.
  public enum ArmType: String, RegistryTerm {
    case experimental = "EXPERIMENTAL"
    case activeComparator = "ACTIVE_COMPARATOR"
    case placeboComparator = "PLACEBO_COMPARATOR"
    case shamComparator = "SHAM_COMPARATOR"
    case noIntervention = "NO_INTERVENTION"
    case other = "OTHER"
    /// The source describes the arm and does not list it.
    case unlisted = "UNLISTED"
  }

  /// The kind of intervention.
  public enum InterventionType: String, RegistryTerm {
    case behavioral = "BEHAVIORAL"
    case biological = "BIOLOGICAL"
    case combinationProduct = "COMBINATION_PRODUCT"
    case device = "DEVICE"
    case diagnosticTest = "DIAGNOSTIC_TEST"
    case dietarySupplement = "DIETARY_SUPPLEMENT"
    case drug = "DRUG"
    case genetic = "GENETIC"
    case procedure = "PROCEDURE"
    case radiation = "RADIATION"
    case other = "OTHER"
  }

  /// What a contact is to the study.
  public enum ContactRole: String, RegistryTerm {
    case studyChair = "STUDY_CHAIR"
    case studyDirector = "STUDY_DIRECTOR"
    case principalInvestigator = "PRINCIPAL_INVESTIGATOR"
    case subInvestigator = "SUB_INVESTIGATOR"
    case contact = "CONTACT"
  }

  /// What a publication is to the study.
  public enum ReferenceType: String, RegistryTerm {
    case background = "BACKGROUND"
    case result = "RESULT"
    case derived = "DERIVED"
  }

  /// Whether data of single participants will be shared.
  public enum IpdSharing: String, RegistryTerm {
    case yes = "YES"
    case no = "NO"
    case undecided = "UNDECIDED"
  }

  /// What the amount of a dose counts.
  public enum DoseKind: String, RegistryTerm {
    case particles
    case cells
    case mass
    case volume
    /// The source states no amount.
    case none
  }
}

extension Criterion {
  /// Whether a person admits or excludes by it.
  public enum Polarity: String, RegistryTerm {
    case inclusion
    case exclusion
  }

  /// Whether a person must answer.
  public enum Attestation: String, RegistryTerm {
    /// The expression alone decides.
    case never = "false"
    /// A person must answer whatever the expression says: a criterion with an expression needs
    /// both, one for what can be computed and one for the rest of the sentence.
    case always = "true"
    /// A person decides, and only where the expression holds or is unknown.
    case whenMet
  }
}
