public import Quantities

/// Something that can be known about a patient: declared once, in ``all``, and everything else (the
/// form, the command line, CSV headers, JSON, help, criteria) is made from that declaration.
public struct Variable: Identifiable, Sendable {
  // Variables are handed about with every key; one of them is one reference.
  private final class Declaration: Sendable {
    let id: String
    let label: String
    let short: String
    let group: Group
    let kind: Kind
    let question: String
    let loinc: [String]

    init(
      _ id: String, _ label: String, _ short: String, _ group: Group, _ kind: Kind,
      _ question: String, _ loinc: [String]
    ) {
      self.id = id
      self.label = label
      self.short = short
      self.group = group
      self.kind = kind
      self.question = question
      self.loinc = loinc
    }
  }

  private let declaration: Declaration

  init(
    id: String, label: String, short: String, group: Group, kind: Kind, question: String,
    loinc: [String]
  ) {
    declaration = Declaration(id, label, short, group, kind, question, loinc)
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
  /// LOINC codes of laboratory values that mean this.
  public var loinc: [String] { declaration.loinc }

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

  /// An answer.
  public init(_ id: String, _ label: String) {
    self.id = id
    self.label = label
  }
}

/// How a quantity is measured: its units and what is plausible; one for each variable, never changed.
public final class Measure: Sendable {
  /// The units that are accepted, the canonical one first.
  public let units: [Unit]
  /// What is measured, where mass converts into amount.
  public let substances: [Substance]
  /// Whether two of the units are in daily use and differ, so that a number without a unit would
  /// be a guess.
  public let needsUnit: Bool
  /// Outside of it a value is refused; in the canonical unit, like all ranges here.
  public let hard: ClosedRange<FixedDecimal>
  /// Outside of it a value asks for a second look.
  public let soft: ClosedRange<FixedDecimal>
  /// What is ordinary in the people whom Lobule is for; a number that is outside of it in its unit
  /// and inside of it in another one is asked about.
  public let usual: ClosedRange<FixedDecimal>
  /// What is normal in healthy adults, where that is customary.
  public let reference: ClosedRange<FixedDecimal>?
  /// Whether only whole numbers make sense.
  public let isWhole: Bool

  init(
    units: [Unit], substances: [Substance], needsUnit: Bool, hard: ClosedRange<FixedDecimal>,
    soft: ClosedRange<FixedDecimal>, usual: ClosedRange<FixedDecimal>,
    reference: ClosedRange<FixedDecimal>?, isWhole: Bool
  ) {
    self.units = units
    self.substances = substances
    self.needsUnit = needsUnit
    self.hard = hard
    self.soft = soft
    self.usual = usual
    self.reference = reference
    self.isWhole = isWhole
  }

  /// The unit that values are computed in.
  public var canonical: Unit { units[0] }

  /// A value in the canonical unit.
  ///
  /// - Throws: `ConversionError` where the unit does not fit.
  public func canonical(_ quantity: Quantity) throws(ConversionError) -> FixedDecimal {
    try quantity.converted(to: canonical, as: substances).value
  }
}
