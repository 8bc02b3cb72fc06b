import Quantities

/// Something that can be known about a patient.
///
/// One declaration, in a file of the folder `Declared` or in a file of a site, says all of it:
/// what is asked, in which units, within which limits, by which names and codes it is found and how
/// long it stays fresh. The form, the command line, CSV heads, JSON, help and criteria are made from
/// that, by way of a ``VariableTable``.
public struct Variable: Identifiable, Sendable {
  // A variable goes along with every number; each is one reference.
  private final class Declaration: Sendable {
    let id: String
    let label: String
    let short: String
    let group: Group
    let kind: Kind
    let question: String
    let freshness: Freshness
    let codes: Codes
    let isForLife: Bool
    let isLasting: Bool
    let synonyms: [String]
    let source: String?

    init(
      _ id: String, _ label: String, _ short: String, _ group: Group, _ kind: Kind,
      _ question: String, _ freshness: Freshness, _ codes: Codes, _ isForLife: Bool,
      _ isLasting: Bool, _ synonyms: [String], _ source: String?
    ) {
      self.id = id
      self.label = label
      self.short = short
      self.group = group
      self.kind = kind
      self.question = question
      self.freshness = freshness
      self.codes = codes
      self.isForLife = isForLife
      self.isLasting = isLasting
      self.synonyms = synonyms
      self.source = source
    }
  }

  private let declaration: Declaration

  /// A declaration.
  ///
  /// - Parameters:
  ///   - id: The one name.
  ///   - label: What stands before the value on a form.
  ///   - short: A few letters for narrow places; the label where it is `nil`.
  ///   - group: Where it stands on a form.
  ///   - kind: What kind of value it takes.
  ///   - question: One sentence that says what is asked.
  ///   - freshness: How long a value may be used without a word about its age.
  ///   - codes: The codes that mean it; for a question that they answer it with yes.
  ///   - isForLife: Whether a code counts also where the condition is past.
  ///   - isLasting: Whether it stays as it is; what its group says where it is `nil`.
  ///   - synonyms: Other names by which it is looked for.
  ///   - source: Where its definition or its limits come from.
  public init(
    id: String, label: String, short: String? = nil, group: Group, kind: Kind, question: String,
    freshness: Freshness = .ageless, codes: Codes = Codes(), isForLife: Bool = false,
    isLasting: Bool? = nil, synonyms: [String] = [], source: String? = nil
  ) {
    declaration = Declaration(
      id, label, short ?? label, group, kind, question, freshness, codes, isForLife,
      isLasting ?? group.isLasting, synonyms, source)
  }

  /// The one name: `totalBilirubin`.
  public var id: String { declaration.id }
  /// What stands before the value on a form: `Total bilirubin`.
  public var label: String { declaration.label }
  /// A few letters for narrow places: `bili`.
  public var short: String { declaration.short }
  /// Where it stands on a form.
  public var group: Group { declaration.group }
  /// What kind of value it takes.
  public var kind: Kind { declaration.kind }
  /// One sentence that says what is asked, for help.
  public var question: String { declaration.question }
  /// For how many days a value counts as fresh; `nil` where it does not age.
  public var freshFor: Int? { declaration.freshness.days }
  /// The codes of public terminologies that mean it; those that mean one answer of a choice are at
  /// the ``Choice``.
  public var codes: Codes { declaration.codes }
  /// Whether it counts that a condition ever was, and not only that it is.
  public var isForLife: Bool { declaration.isForLife }
  /// Whether it stays as it is: what was diagnosed, what has happened, what a person is, and not what
  /// is measured and what passes.
  public var isLasting: Bool { declaration.isLasting }
  /// Other names by which it is looked for: `TBIL`, `serum bilirubin`.
  public var synonyms: [String] { declaration.synonyms }
  /// Where its definition or its limits come from; `nil` where they are the proposal that
  /// ``Measure`` describes.
  public var source: String? { declaration.source }

  /// A part of the form.
  public enum Group: String, CaseIterable, Sendable {
    case person, liver, kidney, blood, clotting, brainAndAbdomen, circulationAndBreath
    case intensiveCare, symptoms, limitsAndBaselines
    case liverHistory, complications, comorbidity, treatment, habits, alcoholQuestions, consent

    /// The heading.
    public var title: String {
      switch self {
      case .person: "Person"
      case .liver: "Liver"
      case .kidney: "Kidney"
      case .blood: "Blood"
      case .clotting: "Clotting"
      case .brainAndAbdomen: "Brain and abdomen"
      case .circulationAndBreath: "Circulation and breath"
      case .intensiveCare: "Intensive care"
      case .symptoms: "Symptoms"
      case .limitsAndBaselines: "Limits and baselines"
      case .liverHistory: "Liver history"
      case .complications: "Complications"
      case .comorbidity: "Other diseases"
      case .treatment: "Treatment"
      case .habits: "Habits"
      case .alcoholQuestions: "AUDIT"
      case .consent: "Pregnancy and consent"
      }
    }

    /// Whether its questions are about the past and present of the person rather than measured, so
    /// that a group of them can be answered "reviewed, none of these".
    public var isHistory: Bool {
      switch self {
      case .complications, .comorbidity, .treatment, .habits: true
      default: false
      }
    }

    /// Whether most of it stays as it is.
    fileprivate var isLasting: Bool {
      switch self {
      case .person, .liverHistory, .comorbidity: true
      default: false
      }
    }
  }

  /// What kind of value a variable takes.
  public enum Kind: Sendable {
    /// A number with a unit.
    case quantity(Measure)
    /// One of several; `ordered` where later ones are worse than earlier ones.
    case choice([Choice], ordered: Bool)
    /// Any number of several.
    case choices([Choice])
    /// Yes or no.
    case yesNo
    /// Never, on a date, or still going on.
    case event
  }

  /// The measure of a quantity; nil for other kinds.
  public var measure: Measure? {
    if case .quantity(let measure) = kind { measure } else { nil }
  }

  /// What "none of these" answers to it; `nil` where it answers nothing.
  public var noneOfThese: String? {
    switch kind {
    case .yesNo: "no"
    case .event: "never"
    case .choice(let choices, _), .choices(let choices):
      choices.contains { $0.id == "none" } ? "none" : nil
    case .quantity: nil
    }
  }
}

extension Variable: Hashable {
  /// Each variable is declared once.
  public static func == (left: Variable, right: Variable) -> Bool {
    left.declaration === right.declaration
  }
  /// Hashes which declaration it is.
  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(declaration)) }
}

extension Variable: CustomStringConvertible {
  /// The id.
  public var description: String { id }
}

/// One answer of a choice.
public struct Choice: Hashable, Sendable {
  /// The word in files and criteria: `mild`.
  public let id: String
  /// The word on a form: `Mild`.
  public let label: String
  /// The codes of conditions that mean this answer.
  public let codes: Codes

  /// An answer.
  public init(_ id: String, _ label: String, snomed: [String] = [], icd10: [String] = []) {
    self.id = id
    self.label = label
    codes = Codes(snomed: snomed, icd10: icd10)
  }
}

/// Codes of public terminologies.
public struct Codes: Hashable, Sendable {
  /// LOINC codes of measurements.
  public let loinc: [String]
  /// SNOMED CT concepts of conditions.
  public let snomed: [String]
  /// ICD-10 codes of conditions; each stands for all that lie below it, as K74.6 for K74.60.
  public let icd10: [String]

  /// Codes.
  public init(loinc: [String] = [], snomed: [String] = [], icd10: [String] = []) {
    self.loinc = loinc
    self.snomed = snomed
    self.icd10 = icd10
  }
}

/// How long a value may be used without a word about its age.
///
/// An engineering proposal, not a published rule. Limits of normal, values from before the illness
/// and history do not age.
public struct Freshness: Hashable, Sendable {
  /// For how many days; `nil` where it does not age.
  public let days: Int?

  /// So many days, or for ever.
  public init(days: Int?) {
    self.days = days
  }

  /// Laboratory values: a week.
  public static let laboratory = Freshness(days: 7)
  /// What is seen at the bedside: two days.
  public static let bedside = Freshness(days: 2)
  /// What does not age.
  public static let ageless = Freshness(days: nil)
}
