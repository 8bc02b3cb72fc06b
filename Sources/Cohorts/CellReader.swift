import Hepatology
import Quantities

/// Reads the cells of one variable as the form does, and knows which of them ``FastCells`` may read.
struct CellReader: Sendable {
  /// The variable and its unit.
  let header: ColumnHeader
  /// Where its numbers go: for each unit that a score takes one place.
  let targets: [Target]

  /// What is known of plain numbers; `nil` where none is read fast.
  let numbers: Numbers?
  /// The words that are read fast, with a number for each target.
  let words: [(text: String, codes: [Double])]

  /// A place among the columns of numbers, and how a number comes there.
  struct Target: Sendable {
    let place: Int
    let column: PatientColumns.Column
    /// The factor to the unit of the column, where it is another one than that of the file.
    let factor: StepScale?
  }

  /// What is known of the numbers of a quantity, in steps of 10⁻⁸ in the unit of the file.
  struct Numbers: Sendable {
    /// Within it a number is read fast.
    let accepted: ClosedRange<Int64>
    /// Within it a number needs no second look.
    let ordinary: ClosedRange<Int64>
    /// Outside of it a number is unusual.
    let plausible: ClosedRange<Int64>
    /// Where a number would be ordinary in another unit.
    let elsewhere: [ClosedRange<Int64>]
    let isWhole: Bool
  }

  /// What became of a cell.
  enum Outcome {
    /// It is in its columns, or empty.
    case taken
    /// It says something that no number holds, such as `< 40`.
    case bedside
    case refused(String)
  }

  /// Why a value asks for a second look.
  enum Oddity: Int, CaseIterable, Sendable {
    /// It is rare.
    case unusual
    /// It would be ordinary in another unit.
    case otherUnit
    /// A comma with three digits behind it was read as the decimal separator.
    case comma
    /// It was read with separators of thousands.
    case thousands
    /// It had more decimals than are kept.
    case rounded
  }

  /// - Parameter columns: The columns that are wanted of all variables.
  init(_ header: ColumnHeader, columns: [PatientColumns.Column]) {
    self.header = header
    let variable = header.variable
    let unit = header.unit ?? variable.measure?.canonical
    var targets: [Target] = []
    for (place, column) in columns.enumerated() where column.variable == variable {
      var factor: StepScale?
      if case .number(_, let wanted) = column, let unit, wanted != unit {
        // Where the units do not fit or the factor is too long, the form reads the cell.
        factor = (try? unit.scale(to: wanted, as: variable.measure?.substances ?? []))
          .flatMap { StepScale($0) }
      }
      targets.append(Target(place: place, column: column, factor: factor))
    }
    self.targets = targets
    let isFast = targets.allSatisfy { target in
      if case .number(_, let wanted) = target.column {
        wanted == unit || target.factor != nil
      } else {
        true
      }
    }
    numbers = isFast ? variable.measure.flatMap { Self.numbers($0, in: unit) } : nil
    words = Self.words(of: variable).map { text, value in
      (text, targets.map { Self.code(of: value, in: $0.column) })
    }
  }

  /// Counts why a number, in steps of 10⁻⁸, asks for a second look, by ``Oddity``.
  func count(_ steps: Int64, in counts: inout [Int]) {
    guard let numbers else { return }
    if numbers.elsewhere.contains(where: { $0.contains(steps) }) {
      counts[Oddity.otherUnit.rawValue] += 1
    }
    if !numbers.plausible.contains(steps) { counts[Oddity.unusual.rawValue] += 1 }
  }

  /// Reads a cell as the form does.
  ///
  /// - Parameters:
  ///   - oddities: Where reasons for a second look are counted, by ``Oddity``.
  ///   - write: Takes the number of each target.
  func read(
    _ text: String, _ oddities: inout [Int], _ write: (Int, Double) -> Void
  ) -> Outcome {
    if text.allSatisfy(\.isWhitespace) { return .taken }
    switch header.variable.read(text, in: header.unit, from: .file(decimal: nil)) {
    case .refused(let error): return .refused("\(error)")
    case .value(let value, let remarks):
      if case .quantity(_, let bound) = value, bound != .exact { return .bedside }
      for target in targets { write(target.place, Self.code(of: value, in: target.column)) }
      for remark in remarks {
        let oddity: Oddity =
          switch remark {
          case .ordinaryInOtherUnit: .otherUnit
          case .unusual: .unusual
          case .commaIsDecimal: .comma
          case .thousands: .thousands
          case .rounded: .rounded
          }
        oddities[oddity.rawValue] += 1
      }
      return .taken
    }
  }

  /// A value as a number of a column; NaN where it is none.
  private static func code(of value: Value, in column: PatientColumns.Column) -> Double {
    switch (column, value) {
    case (.number(let variable, let unit), .quantity):
      return value.number(of: variable, in: unit)?.number ?? .nan
    case (.rank(let variable), .choice(let id)):
      guard case .choice(let choices, _) = variable.kind,
        let rank = choices.firstIndex(where: { $0.id == id })
      else { return .nan }
      return Double(rank)
    case (.rank, .yesNo(let yes)): return yes ? 1 : 0
    case (.any(_, let answers), .choices(let ids)):
      return ids.isDisjoint(with: answers) ? 0 : 1
    default: return .nan
    }
  }

  /// The words that are read fast, with what they mean.
  private static func words(of variable: Variable) -> [(String, Value)] {
    switch variable.kind {
    case .choice(let choices, _): choices.map { ($0.id, .choice($0.id)) }
    case .choices(let choices): choices.map { ($0.id, .choices([$0.id])) }
    case .yesNo: [("yes", .yesNo(true)), ("no", .yesNo(false))]
    case .quantity, .event: []
    }
  }

  // MARK: Limits

  private static func numbers(_ measure: Measure, in unit: Unit?) -> Numbers? {
    guard let unit, let accepted = steps(measure.accepted, measure, unit) else { return nil }
    let plausible = steps(measure.plausible, measure, unit) ?? accepted
    let typical = steps(measure.typical, measure, unit) ?? accepted
    let elsewhere = measure.units.filter { $0 != unit }
      .compactMap { steps(measure.typical, measure, $0) }
    // What is typical here is never asked about; beyond it another unit may have been meant.
    let ordinary =
      elsewhere.isEmpty
      ? plausible
      : max(
        plausible.lowerBound, typical.lowerBound)...min(plausible.upperBound, typical.upperBound)
    return Numbers(
      accepted: accepted, ordinary: ordinary, plausible: plausible, elsewhere: elsewhere,
      isWhole: measure.isWhole)
  }

  /// A range of the canonical unit in steps of another one: the least and the greatest number that
  /// lies in it once it is converted; `nil` where there is none that is not negative.
  private static func steps(
    _ range: ClosedRange<FixedDecimal>, _ measure: Measure, _ unit: Unit
  ) -> ClosedRange<Int64>? {
    let most: Int64 = 999_999_999_999_999_999
    /// The least number for which a condition begins to hold; one beyond the most where it never does.
    func first(_ holds: (FixedDecimal) -> Bool) -> Int64 {
      var (low, high) = (Int64(0), most + 1)
      while low < high {
        let middle = low + (high - low) / 2
        let value = try? measure.canonical(Quantity(FixedDecimal(steps: middle), unit))
        // What is out of range is beyond everything.
        if value.map(holds) ?? true { high = middle } else { low = middle + 1 }
      }
      return low
    }
    let low = first { $0 >= range.lowerBound }
    let high = first { $0 > range.upperBound } - 1
    return low <= high && high <= most ? low...high : nil
  }
}
