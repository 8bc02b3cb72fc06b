import Quantities

/// A prognostic score, a grade or a definition.
///
/// What it needs, how it is computed, what it means and where all of that comes from: one file of
/// this folder declares each.
public struct Score: Identifiable, Sendable {
  /// The one name: `meldNa`.
  public let id: String
  /// The name on a screen: `MELD-Na`.
  public let name: String
  /// The full name, with the version.
  public let title: String
  /// What it is for, in one sentence.
  public let purpose: String
  /// The variables without which it is unknown, in the order of the form.
  public let inputs: [Variable]
  /// The variables that it takes into account where they are known.
  public let optionalInputs: [Variable]
  /// The published forms of it; the first is the one that holds where none is named.
  public let variants: [Variant]
  /// The ends of the ruler.
  public let scale: ClosedRange<Double>
  /// How many decimals are reported.
  public let decimals: Int
  /// The bands from low to high.
  public let strata: [Stratum]
  /// For whom it was made, in one sentence.
  public let population: String
  /// The publications behind it.
  public let citations: [Citation]

  private let compute: @Sendable (inout Working) -> Outcome

  init(
    id: String, name: String, title: String, purpose: String, inputs: [Variable],
    optionalInputs: [Variable] = [], variants: [Variant], scale: ClosedRange<Double>,
    decimals: Int, strata: [Stratum], population: String, citations: [Citation],
    compute: @escaping @Sendable (inout Working) -> Outcome
  ) {
    self.id = id
    self.name = name
    self.title = title
    self.purpose = purpose
    self.inputs = inputs
    self.optionalInputs = optionalInputs
    self.variants = variants
    self.scale = scale
    self.decimals = decimals
    self.strata = strata
    self.population = population
    self.citations = citations
    self.compute = compute
  }

  /// A published form of a score.
  public struct Variant: Hashable, Identifiable, Sendable {
    /// The one name: `cholestatic`.
    public let id: String
    /// What differs, and why one would choose it.
    public let meaning: String

    init(_ id: String, _ meaning: String) {
      self.id = id
      self.meaning = meaning
    }
  }

  /// A band of a score.
  public struct Stratum: Hashable, Sendable {
    /// The word for it: `C`, `moderate`.
    public let name: String
    /// Where it begins; the first one begins below everything.
    public let lower: Double
    /// What it means, in a few words.
    public let meaning: String

    init(_ name: String, from lower: Double, _ meaning: String = "") {
      self.name = name
      self.lower = lower
      self.meaning = meaning
    }
  }

  /// The score of a patient.
  ///
  /// - Parameter variant: The id of one of ``variants``; the first one where it is `nil`.
  public func result(for patient: Patient, variant: String? = nil) -> ScoreResult {
    let chosen = variants.first { $0.id == variant } ?? variants[0]
    var working = Working(score: self, patient: patient, variant: chosen)
    let outcome = compute(&working)
    return ScoreResult(outcome: outcome, working: working)
  }

  /// The band in which a value lies.
  public func stratum(of value: Double) -> Stratum? { strata.last { value >= $0.lower } }
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

extension Score {
  /// Every score, in the order of the screen.
  public static let all: [Score] = [meld3, meldNa, meld, meldMayo, childPugh, cosshACLF2]

  /// The score of that id.
  public static func find(_ id: String) -> Score? { all.first { $0.id == id } }

  /// The ids nearest to a word that is none.
  public static func near(_ word: String) -> [String] {
    nearestNames(to: word, among: all.map(\.id))
  }
}

/// The formulas as plain functions of numbers, in the units that their parameters name.
///
/// They do not clamp, convert or round; what does so says so where it does.
public enum Formula {}
