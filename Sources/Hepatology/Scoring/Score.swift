import Quantities

/// A prognostic score, a grade or a definition.
///
/// What it needs, how it is computed, what it means and where all of that comes from: one file of
/// the folder `Scores` declares each, and everything else is made from that declaration.
///
/// None is ever changed or made after the list of ``all``, so that handing one about is one reference.
public final class Score: Identifiable, Sendable {
  /// The one name: `meldNa`.
  public let id: String
  /// The name on a screen: `MELD-Na`.
  public let name: String
  /// The full name, with the version.
  public let title: String
  /// What it is for, in one sentence.
  public let purpose: String
  /// The part of the screen where it stands.
  public let family: Family
  /// Its place within its family.
  public let rank: Int
  /// Whether it is one of those that are looked at first.
  public let isMain: Bool
  /// What its value is: a number, points, a grade, or whether a definition holds.
  public let form: Form
  /// The variables without which it is unknown, in the order of the form.
  public let inputs: [Variable]
  /// The variables that it takes into account where they are known.
  public let optionalInputs: [Variable]
  /// How it is computed, a line each, with the unit of every input.
  public let formula: [String]
  /// Where inputs and the value are held, and how the value is rounded, a line each.
  public let bounds: [String]
  /// The published forms of it; the first is the one that holds where none is named.
  public let variants: [Variant]
  /// The ends of the ruler.
  public let scale: ClosedRange<Double>
  /// How many decimals are reported.
  public let decimals: Int
  /// The bands from low to high, of the first variant.
  public let strata: [Stratum]
  /// For whom it was made, in one sentence.
  public let population: String
  /// When it misleads.
  public let cautions: [Caution]
  /// What was published about the fate of adults with such a value.
  public let outlooks: [Outlook]
  /// The publications behind it.
  public let citations: [Citation]
  /// Which of the constants of every variant have not been compared with the publication, a sentence
  /// each.
  public let unconfirmed: [String]

  /// The inputs that lower the value as they rise; all others raise it, or leave it.
  let falling: [Variable]
  /// The inputs whose direction depends on the others.
  let turning: [Variable]

  /// How the first variant is computed for many patients side by side, where that is declared.
  let kernel: Kernel?

  private let compute: @Sendable (inout Working) -> Outcome

  init(
    id: String, name: String, title: String, purpose: String, family: Family, rank: Int,
    isMain: Bool = false, form: Form = .number, inputs: [Variable],
    optionalInputs: [Variable] = [], falling: [Variable] = [], turning: [Variable] = [],
    formula: [String], bounds: [String] = [], variants: [Variant], scale: ClosedRange<Double>,
    decimals: Int = 0, strata: [Stratum] = [], population: String, cautions: [Caution] = [],
    outlooks: [Outlook] = [], citations: [Citation], unconfirmed: [String] = [],
    kernel: Kernel? = nil, compute: @escaping @Sendable (inout Working) -> Outcome
  ) {
    self.id = id
    self.name = name
    self.title = title
    self.purpose = purpose
    self.family = family
    self.rank = rank
    self.isMain = isMain
    self.form = form
    self.inputs = inputs
    self.optionalInputs = optionalInputs
    self.falling = falling
    self.turning = turning
    self.formula = formula
    self.bounds = bounds
    self.variants = variants
    self.scale = scale
    self.decimals = decimals
    self.strata = strata
    self.population = population
    self.cautions = cautions
    self.outlooks = outlooks
    self.citations = citations
    self.unconfirmed = unconfirmed
    self.kernel = kernel
    self.compute = compute
  }

  /// What the value of a score is.
  public enum Form: Hashable, Sendable {
    /// The result of a formula.
    case number
    /// A sum of points.
    case points
    /// A grade, shown by the name of its band.
    case grade
    /// Whether a definition holds, shown by the name of its band; a band may also be a stage.
    case definition
  }

  /// A part of the screen of scores.
  public enum Family: Int, CaseIterable, Comparable, Sendable {
    case meld, cirrhosis, aclf, alcohol, fibrosis, organs, questionnaires, toxicity

    /// The heading.
    public var title: String {
      switch self {
      case .meld: "MELD family"
      case .cirrhosis: "Cirrhosis"
      case .aclf: "Acute-on-chronic liver failure"
      case .alcohol: "Alcoholic hepatitis"
      case .fibrosis: "Fibrosis"
      case .organs: "Organs"
      case .questionnaires: "Questionnaires"
      case .toxicity: "CTCAE grades of the liver laboratory"
      }
    }

    /// In the order of the screen.
    public static func < (left: Family, right: Family) -> Bool { left.rawValue < right.rawValue }
  }

  /// What it takes when it is computed for many patients side by side (``ColumnScoring``); `nil` where
  /// it is computed patient by patient.
  public var columnInputs: [ScoreInput]? { kernel?.inputs }

  /// Variables that may stand in for an input that is missing.
  public var substitutes: [Variable] { kernel?.substitutes ?? [] }

  /// The score of a patient.
  ///
  /// - Parameters:
  ///   - patient: What is known of the patient.
  ///   - variant: The id of one of ``variants``; the first one where it is `nil`.
  public func result(for patient: Patient, variant: String? = nil) -> ScoreResult {
    var working = Working(score: self, patient: patient, variant: find(variant: variant))
    let outcome = compute(&working)
    if case .value(let value) = outcome {
      if working.age.map({ $0 < Outlook.leastAge }) ?? false {
        if !outlooks.isEmpty {
          working.note("Published outcomes are of adults: none is given here.")
        }
      } else {
        working.mortality = outlooks.compactMap { $0.mortality(of: value) }
      }
      for caution in cautions where caution.applies(patient) { working.note(caution.text) }
      for sentence in unconfirmed + [working.variant.unconfirmed].compactMap({ $0 }) {
        working.note("Not compared with the paper: \(sentence)")
      }
    }
    return ScoreResult(outcome: outcome, working: working)
  }

  /// The outcome and what other readings would give, without the working: for asking often.
  public func appraisal(of patient: Patient) -> (outcome: Outcome, alternatives: [Alternative]) {
    var working = Working(
      score: self, patient: patient, variant: find(variant: nil), isQuiet: true)
    let outcome = compute(&working)
    return (outcome, working.alternatives)
  }

  /// The outcome alone, without its working.
  func outcome(for patient: Patient, variant: String?) -> Outcome {
    var working = Working(
      score: self, patient: patient, variant: find(variant: variant), isQuiet: true)
    return compute(&working)
  }

  func find(variant id: String?) -> Variant { variants.first { $0.id == id } ?? variants[0] }

  /// The bands of a variant, from low to high.
  public func strata(of variant: Variant) -> [Stratum] { variant.strata ?? strata }

  /// The band in which a value lies; of the first variant where none is given.
  public func stratum(of value: Double, variant: Variant? = nil) -> Stratum? {
    (variant?.strata ?? strata).last { $0.begins(by: value) }
  }
}

extension Score: CustomStringConvertible {
  /// The id.
  public var description: String { id }
}

extension Score {
  /// A published form of a score.
  public struct Variant: Hashable, Identifiable, Sendable {
    /// The one name: `cholestatic`.
    public let id: String
    /// What differs, and why one would choose it.
    public let meaning: String
    /// Why it is the one that holds where none is named; `nil` for all but the first.
    public let reason: String?
    /// Whether it is another reading of the same thing, on which sources disagree, or a form for
    /// other patients or other inputs.
    public let kind: Kind
    /// The bands, where they differ from the score's.
    public let strata: [Stratum]?
    /// Which of its own constants has not been compared with the publication.
    public let unconfirmed: String?

    /// What sets a variant apart.
    public enum Kind: Hashable, Sendable {
      /// Public sources disagree; this is one of the readings.
      case reading
      /// It is for other patients, or takes other inputs.
      case form
    }

    init(
      _ id: String, _ meaning: String, because reason: String? = nil, _ kind: Kind = .reading,
      strata: [Stratum]? = nil, unconfirmed: String? = nil
    ) {
      self.id = id
      self.meaning = meaning
      self.reason = reason
      self.kind = kind
      self.strata = strata
      self.unconfirmed = unconfirmed
    }
  }

  /// A band of a score.
  public struct Stratum: Hashable, Sendable {
    /// The word for it: `C`, `moderate`.
    public let name: String
    /// Where it begins; the first one begins below everything.
    public let lower: Double
    /// Whether ``lower`` itself still belongs to the band below.
    public let isAboveLower: Bool
    /// What it means, in a few words.
    public let meaning: String

    init(_ name: String, from lower: Double, _ meaning: String = "") {
      self.name = name
      self.lower = lower
      self.isAboveLower = false
      self.meaning = meaning
    }

    init(_ name: String, above lower: Double, _ meaning: String = "") {
      self.name = name
      self.lower = lower
      self.isAboveLower = true
      self.meaning = meaning
    }

    /// Whether a value is beyond the lower end.
    func begins(by value: Double) -> Bool { isAboveLower ? value > lower : value >= lower }
  }

  /// A circumstance in which a score misleads.
  public struct Caution: Sendable {
    /// The sentence.
    public let text: String
    /// Whether it holds for a patient; false where that is unknown.
    public let applies: @Sendable (Patient) -> Bool

    init(_ text: String, _ applies: @escaping @Sendable (Patient) -> Bool) {
      self.text = text
      self.applies = applies
    }

    /// For people under an age.
    static func under(_ years: Double, _ text: String) -> Caution {
      Caution(text) { patient in patient.number(.age, in: .years).map { $0 < years } ?? false }
    }

    /// For people above an age.
    static func over(_ years: Double, _ text: String) -> Caution {
      Caution(text) { patient in patient.number(.age, in: .years).map { $0 > years } ?? false }
    }

    /// Where a question is answered with no.
    static func without(_ variable: Variable, _ text: String) -> Caution {
      Caution(text) { $0.value(of: variable) == .yesNo(false) }
    }

    /// Where the causes are known and one is not among them.
    static func withoutCause(_ cause: String, _ text: String) -> Caution {
      Caution(text) { patient in
        guard case .choices(let causes) = patient.value(of: .aetiology) else { return false }
        return !causes.contains(cause)
      }
    }
  }

  /// What was published about the fate of adults with such a value.
  public struct Outlook: Sendable {
    /// The age in years from which on it is said.
    static let leastAge = 18.0

    /// What is counted and until when: `death within 90 days`.
    public let event: String
    /// In whom, where and when.
    public let cohort: String
    /// Per cent by the name of the band, from low to high; empty for a curve.
    public let table: [(stratum: String, percent: Double)]
    /// The curve as it is printed, where it is one.
    public let formula: String?
    private let curve: (@Sendable (Double) -> Double)?
    /// The bands of the table, where they are not the score's.
    private let strata: [Stratum]

    /// A table by band.
    init(
      _ event: String, in cohort: String, by table: KeyValuePairs<String, Double>,
      isConfirmed: Bool = true
    ) {
      self.event = event
      self.cohort = isConfirmed ? cohort : cohort + "; not compared with the paper"
      self.table = table.map { ($0.key, $0.value) }
      formula = nil
      curve = nil
      strata = []
    }

    /// A table by bands of its own, from low to high.
    init(
      _ event: String, in cohort: String, by table: [(Stratum, Double)], isConfirmed: Bool = true
    ) {
      self.event = event
      self.cohort = isConfirmed ? cohort : cohort + "; not compared with the paper"
      self.table = table.map { ($0.name, $1) }
      formula = nil
      curve = nil
      strata = table.map(\.0)
    }

    /// A curve of the reported value, in per cent.
    init(
      _ event: String, in cohort: String, formula: String, isConfirmed: Bool = true,
      curve: @escaping @Sendable (Double) -> Double
    ) {
      self.event = event
      self.cohort = isConfirmed ? cohort : cohort + "; not compared with the paper"
      table = []
      self.formula = formula
      self.curve = curve
      strata = []
    }

    /// Whether the table is by the bands of a score, rather than by its own.
    var isByBands: Bool { formula == nil && strata.isEmpty }

    func mortality(of value: ScoreValue) -> Mortality? {
      let band =
        strata.isEmpty ? value.stratum : strata.last { $0.begins(by: value.reported) }?.name
      let percent =
        curve.map { $0(value.reported) } ?? table.first { $0.stratum == band }?.percent
      return percent.map { Mortality(event: event, percent: $0, cohort: cohort) }
    }
  }
}

/// A publication.
public struct Citation: Hashable, Sendable, CustomStringConvertible {
  /// Authors, journal, year, volume and pages.
  public let text: String
  /// The digital object identifier, where it is known.
  public let doi: String?

  init(_ text: String, doi: String? = nil) {
    self.text = text
    self.doi = doi
  }

  /// The text, with the identifier.
  public var description: String { doi.map { "\(text) doi:\($0)" } ?? text }
}

extension Score: Hashable {
  /// Each score is declared once.
  public static func == (left: Score, right: Score) -> Bool { left === right }
  /// Hashes which declaration it is.
  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

extension Score {
  /// Every score, in the order of the screen: the main ones first, then by family.
  public static let all: [Score] = declared.sorted { left, right in
    if left.isMain != right.isMain { return left.isMain }
    return (left.family, left.rank) < (right.family, right.rank)
  }

  /// The scores that are looked at first.
  public static let main: [Score] = all.filter(\.isMain)

  private static let byID: [String: Score] = .init(
    all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })

  /// The score of that id.
  public static func find(_ id: String) -> Score? { byID[id] }

  /// The ids nearest to a word that is none.
  public static func near(_ word: String) -> [String] {
    nearestNames(to: word, among: all.map(\.id))
  }
}

/// The formulas as plain functions of numbers, in the units that their parameters name.
///
/// They do not clamp, convert or round; what does so says so where it does.
public enum Formula {}
