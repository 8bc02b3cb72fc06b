import Hepatology
import Quantities

/// The rise of bilirubin a day, from two dated values.
enum DailyRise {
  /// The least distance between the two values: half a day, so that two samples of one morning do
  /// not make a rise of hundreds.
  static let shortest = 0.5
  /// The greatest distance: beyond two weeks a mean says nothing of a day.
  ///
  /// Both are an engineering proposal: the guidelines say "a day" and not between which samples.
  static let longest = 14.0

  /// The rise from the last value but one to the last, of those that are far enough apart.
  static func derived(from values: [DatedValue]) -> DatedValue? {
    let dated = values.compactMap { value in number(value).map { (value, $0) } }
      .sorted { ($0.0.holdsAt, $0.0.observation) < ($1.0.holdsAt, $1.0.observation) }
    guard let (last, end) = dated.last,
      let (first, start) = dated.dropLast().last(where: {
        last.holdsAt.days(since: $0.0.holdsAt) >= shortest
      })
    else { return nil }
    let days = last.holdsAt.days(since: first.holdsAt)
    guard days <= longest, let span = FixedDecimal(days),
      let rise = end.minus(start)?.divided(by: span),
      let measure = Variable.totalBilirubinDailyRise.measure
    else { return nil }
    return DatedValue(
      variable: .totalBilirubinDailyRise, typed: "\(rise.rounded(to: 2))",
      unit: measure.canonical, holdsAt: last.holdsAt, visit: last.visit,
      origin: .derived(from: first.holdsAt, to: last.holdsAt), observation: last.observation)
  }

  /// The value in the canonical unit; `nil` for a bound, which has no difference.
  private static func number(_ value: DatedValue) -> FixedDecimal? {
    guard case .value(.quantity(let quantity, .exact), _) = value.reading else { return nil }
    return try? value.variable.measure?.canonical(quantity)
  }
}
