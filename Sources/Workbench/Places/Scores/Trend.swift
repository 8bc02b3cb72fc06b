import Clinic
import Hepatology
import Quantities
import Terminal

/// A score, or an input of one, over the visits of a patient.
///
/// A score of a visit is computed as the form does it, with the values that still stand from before.
/// It is whole where all of its values that age were entered at that visit; where some were not, it
/// says which; where none was, nothing is new and there is no value.
struct Trend: Sendable {
  /// What there is at a visit.
  struct Reading: Sendable {
    /// The number of the visit.
    let visit: Int
    /// The day that the value holds for; that of the visit where there is none.
    let date: Day
    /// The days since 1 March 1600, with a fraction where the time of day is known.
    let time: Double
    /// The value on the scale; `nil` where there is none.
    let value: Double?
    /// The value as it is read, with its unit.
    let text: String
    /// The band, or why there is no value.
    let remark: String
    /// The values in it that were not measured again, or where nothing is new, all of them.
    let older: [DatedValue]

    /// Whether there is a value, and nothing in it is from an earlier visit.
    var isWhole: Bool { value != nil && older.isEmpty }
  }

  /// What it is a trend of: `MELD 3.0`, `Total bilirubin`.
  let name: String
  /// A few letters for narrow places.
  let short: String
  /// The unit of the scale; empty for a score.
  let unit: String
  /// One a visit, in the order of the visits.
  let readings: [Reading]
  /// The time of the first visit, from which days are counted where two patients are shown.
  let begin: Double
  /// Where bands begin, or the ends of what is normal.
  let thresholds: [BrailleChart.Label]
  /// How many decimals the scale has at most.
  private let decimals: Int
  /// What stands at the scale in place of numbers, for grades and answers.
  private let names: [BrailleChart.Label]?

  /// How many visits have a value.
  var count: Int { readings.count { $0.value != nil } }

  // MARK: Scores

  /// A score over the visits.
  init(_ score: Score, _ variant: Score.Variant, _ visits: [Visit]) {
    name = score.name
    short = score.name
    decimals = score.decimals
    unit = ""
    begin = Self.begin(visits)
    readings = visits.map { Self.reading(score, variant, $0) }
    let bands = score.strata(of: variant).dropFirst().filter { $0.lower.isFinite }
    let isNamed = score.form == .grade || score.form == .definition
    thresholds = bands.map { .init($0.lower, isNamed ? "" : "\($0.name) ↑") }
    names =
      isNamed
      ? bands.map { .init($0.lower, $0.name) }
        + readings.compactMap { reading in reading.value.map { .init($0, reading.text) } }
      : nil
  }

  private static func begin(_ visits: [Visit]) -> Double {
    Double(visits.first?.date.number ?? 0)
  }

  private static func reading(
    _ score: Score, _ variant: Score.Variant, _ visit: Visit
  ) -> Reading {
    let result = score.result(for: visit.patient, variant: variant.id)
    func reading(_ value: ScoreValue?, _ remark: String, _ older: [DatedValue]) -> Reading {
      Reading(
        visit: visit.number, date: visit.date, time: Double(visit.date.number),
        value: value?.reported, text: value.map(score.text) ?? "–", remark: remark, older: older)
    }
    guard let value = result.value else {
      let remark = result.remark
      return reading(nil, result.missing.isEmpty ? remark : "lacks \(remark)", [])
    }
    let used = result.inputs.compactMap { visit[$0.variable] }
    let ageing = used.filter { $0.variable.freshFor != nil }
    let old = (ageing.isEmpty ? used : ageing).filter { $0.visit != visit.number }
    if old.count == (ageing.isEmpty ? used : ageing).count, !old.isEmpty {
      return reading(nil, "nothing measured again", [])
    }
    return reading(value, result.bandWords, ageing.isEmpty ? [] : old)
  }

  // MARK: Variables

  /// Whether a variable has a scale and was measured at any of the visits.
  static func canShow(_ variable: Variable, _ visits: [Visit]) -> Bool {
    switch variable.kind {
    case .quantity, .choice(_, ordered: true):
      visits.contains { $0[variable]?.visit == $0.number }
    default: false
    }
  }

  /// The unit in which a variable was entered last.
  static func unit(of variable: Variable, _ visits: [Visit]) -> Unit? {
    visits.reversed().lazy.compactMap { quantity($0, variable)?.unit }.first
  }

  /// A variable over the visits, in a unit; where none is given, in that in which it was entered last.
  init(_ variable: Variable, _ visits: [Visit], in unit: Unit? = nil) {
    let unit = unit ?? Self.unit(of: variable, visits)
    begin = Self.begin(visits)
    name = variable.label
    short = variable.shortInSentence
    decimals = variable.measure?.isWhole == true ? 0 : 4
    self.unit = unit?.symbol ?? ""
    readings = visits.map { Self.reading(variable, unit, $0) }
    if case .choice(let choices, _) = variable.kind {
      thresholds = []
      names = choices.enumerated().map { .init(Double($0.offset), $0.element.id) }
    } else {
      names = nil
      thresholds = Self.reference(variable, unit)
    }
  }

  private static func quantity(_ visit: Visit, _ variable: Variable) -> Quantity? {
    guard let value = visit[variable], value.visit == visit.number,
      case .value(.quantity(let quantity, _), _) = value.reading
    else { return nil }
    return quantity
  }

  /// The ends of what is normal, in a unit.
  private static func reference(_ variable: Variable, _ unit: Unit?) -> [BrailleChart.Label] {
    guard let measure = variable.measure, let range = measure.reference, let unit else { return [] }
    let ends = [(range.lowerBound, "normal ↑"), (range.upperBound, "normal ↓")]
    return ends.compactMap { number, text in
      let end = try? Quantity(number, measure.canonical).converted(to: unit, as: measure.substances)
      return end.map { .init($0.value.double, text) }
    }
  }

  private static func reading(_ variable: Variable, _ unit: Unit?, _ visit: Visit) -> Reading {
    func reading(_ value: Double?, _ text: String, _ remark: String, _ at: Moment?) -> Reading {
      let minute = Double(at?.minute ?? 0)
      return Reading(
        visit: visit.number, date: at?.day ?? visit.date,
        time: Double((at?.day ?? visit.date).number) + minute / 1440, value: value, text: text,
        remark: remark, older: [])
    }
    guard let value = visit[variable] else { return reading(nil, "–", "not known", nil) }
    guard value.visit == visit.number else {
      return reading(nil, "–", "not measured again", nil)
    }
    let isDerived = value.origin != .measured
    switch value.reading {
    case .value(.quantity(let quantity, let bound), _):
      let substances = variable.measure?.substances ?? []
      let shown = unit.flatMap { try? quantity.converted(to: $0, as: substances) } ?? quantity
      let symbol = shown.unit.symbol
      let places = min(4, max(2, quantity.value.significantPlaces))
      let number = "\(shown.value.rounded(to: places))"
      let text = symbol.isEmpty ? number : "\(number) \(symbol)"
      switch bound {
      case .exact:
        return reading(shown.value.double, text, isDerived ? "computed" : "", value.holdsAt)
      case .below, .atMost, .atLeast, .above:
        return reading(nil, "\(bound.sign) \(text)", "a bound, not drawn", value.holdsAt)
      }
    case .value(.choice(let id), _):
      guard case .choice(let choices, _) = variable.kind,
        let index = choices.firstIndex(where: { $0.id == id })
      else { return reading(nil, "–", "no scale", value.holdsAt) }
      return reading(Double(index), id, choices[index].label, value.holdsAt)
    default: return reading(nil, "–", "cannot be used", value.holdsAt)
    }
  }

  // MARK: Chart

  /// The points with their scale, for so many rows; `nil` where there is no value.
  ///
  /// A line joins whole values of visits that follow each other, and nothing else.
  ///
  /// - Parameters:
  ///   - origin: The time that counts as none.
  ///   - other: A trend that has the same scale.
  func series(
    rows: Int, hasThresholds: Bool, from origin: Double = 0, with other: Trend? = nil
  ) -> BrailleChart.Series? {
    var points: [BrailleChart.Point] = []
    var before: Reading?
    for reading in readings {
      if let value = reading.value {
        let isJoined =
          reading.isWhole && before.map { $0.isWhole && $0.time <= reading.time } ?? false
        points.append(
          .init(x: reading.time - origin, y: value, isHollow: !reading.isWhole, isJoined: isJoined))
      }
      before = reading
    }
    guard !points.isEmpty else { return nil }
    let values = points.map(\.y) + (other?.readings.compactMap(\.value) ?? [])
    guard let range = range(of: values, hasThresholds: hasThresholds) else { return nil }
    return .init(points: points, range: range, labels: labels(range, rows: rows, hasThresholds))
  }

  /// From the threshold below the values to the one above, with a margin.
  private func range(of values: [Double], hasThresholds: Bool) -> ClosedRange<Double>? {
    guard var low = values.min(), var high = values.max() else { return nil }
    if hasThresholds {
      let places = thresholds.map(\.place)
      let spread = max(high - low, 0.25 * max(abs(low), abs(high)))
      // One that is far away would press the curve flat.
      let (below, above) = (places.filter { $0 <= low }.max(), places.filter { $0 > high }.min())
      if let below, low - below <= 2 * spread { low = below }
      if let above, above - high <= 2 * spread { high = above }
    }
    let margin = high > low ? (high - low) * 0.08 : max(1, abs(high) * 0.1)
    return low - margin...high + margin
  }

  private func labels(
    _ range: ClosedRange<Double>, rows: Int, _ hasThresholds: Bool
  ) -> [BrailleChart.Label] {
    if let names { return names.filter { range.contains($0.place) } }
    let steps = BrailleChart.steps(in: range, atMost: max(4, rows / 3))
    let decimals = min(steps.decimals, decimals)
    let numbers = steps.numbers.filter { number in
      steps.decimals <= decimals || number == number.rounded()
    }
    let lines = hasThresholds ? thresholds.map(\.place).filter(range.contains) : []
    return lines.map { .init($0, "\(FixedDecimal($0)?.rounded(to: 2) ?? 0)") }
      + numbers.map { .init($0, FixedDecimal($0)?.formatted(decimals: decimals) ?? "") }
  }
}
