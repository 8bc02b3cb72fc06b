internal import CLanes
import Glibc

/// Scores of many patients side by side, equal to those of the bedside in every digit.
///
/// The formulas run over approximate logarithms; where a value comes so near to the middle between
/// two reported ones that their error could matter, it is computed again with exact ones.
///
/// ```swift
/// let scoring = ColumnScoring(Score.main)
/// let results = scoring.results(of: patients)
/// results[0].reported(at: 17)
/// ```
public struct ColumnScoring: Sendable {
  /// The scores, in the order in which they were given, without those that have no kernel.
  public let scores: [Score]
  /// What the patients' columns must hold.
  public let columns: [PatientColumns.Column]

  private let plans: [Plan]
  /// The columns of which a logarithm is taken, as places in ``columns``.
  private let logarithms: [Int]

  /// How near to the middle between two steps of the reported value the approximation is not
  /// trusted; far above its error, 2 × 10⁻¹¹ times the sum of the coefficients of any formula, and
  /// above that of a decimal of eight places.
  fileprivate static let tolerance = 1e-6

  /// A score with the places of its inputs.
  private struct Plan: Sendable {
    let kernel: Kernel
    let decimals: Int
    let inputs: [Input]
  }

  /// An input by its places: nothing in it is counted, so that it costs nothing to look at.
  private struct Input: Sendable {
    let column: Int
    /// Among the logarithms; `nil` where the number itself is taken.
    let logarithm: Int?
    /// The column of the question that replaces it where it is answered with yes.
    let replacement: Int?
    let isOptional: Bool
    /// The range of the number.
    let range: ClosedRange<Double>
    /// The range of what the formula takes.
    let low: Double
    let high: Double
  }

  /// The scoring of those scores that can be computed side by side.
  public init(_ scores: [Score]) {
    let able = scores.filter { $0.kernel != nil }
    let inputs = able.flatMap { $0.kernel?.inputs ?? [] }
    var columns: [PatientColumns.Column] = []
    func add(_ column: PatientColumns.Column) {
      if !columns.contains(column) { columns.append(column) }
    }
    for input in inputs {
      add(input.column)
      if let replacement = input.replacement { add(.rank(replacement)) }
    }
    let logarithms = columns.indices.filter { place in
      inputs.contains { $0.isLogarithm && $0.column == columns[place] }
    }
    self.scores = able
    self.columns = columns
    self.logarithms = logarithms
    plans = able.compactMap { score in
      guard let kernel = score.kernel else { return nil }
      let inputs = kernel.inputs.map { input in
        let column = columns.firstIndex(of: input.column) ?? 0
        let bound = { (end: Double) in
          // Logarithms keep the order, so that what is held is the same before and after.
          !input.isLogarithm ? end : end > 0 ? log(end) : -.infinity
        }
        return Input(
          column: column,
          logarithm: input.isLogarithm ? logarithms.firstIndex(of: column) : nil,
          replacement: input.replacement.flatMap { columns.firstIndex(of: .rank($0)) },
          isOptional: input.isOptional, range: input.range,
          low: bound(input.range.lowerBound), high: bound(input.range.upperBound))
      }
      return Plan(kernel: kernel, decimals: score.decimals, inputs: inputs)
    }
  }

  /// The scores of patients, in the order of ``scores``.
  ///
  /// - Precondition: The patients' columns are ``columns``.
  public func results(of patients: PatientColumns) -> [ScoreColumn] {
    var results: [ScoreColumn] = []
    var room = Room()
    write(patients, to: &results, in: &room)
    return results
  }

  /// Writes the scores of patients over those of others, so that the memory is used again.
  ///
  /// - Parameters:
  ///   - patients: The patients.
  ///   - results: What ``results(of:)`` answers; whatever it was before.
  ///   - room: For what is computed on the way.
  /// - Precondition: The patients' columns are ``columns``.
  public func write(
    _ patients: PatientColumns, to results: inout [ScoreColumn], in room: inout Room
  ) {
    precondition(patients.columns == columns, "the columns of other scores")
    let (count, stride) = (patients.count, patients.capacity)
    if results.count != plans.count || results.contains(where: { $0.values.count != count }) {
      results = plans.map { ScoreColumn(count: count, decimals: $0.decimals) }
    }
    guard count > 0, let lanes = lanes_available(0)?.pointee else { return }
    patients.withNumbers { numbers in
      room.withNumbers((logarithms.count + plans.count + 1) * count) { scratch in
        guard let raw = numbers.baseAddress, let room = scratch.baseAddress else { return }
        let result = room + (logarithms.count + plans.count) * count
        let works = plans.enumerated().map { index, plan in
          work(plan, raw, stride, room, room + (logarithms.count + index) * count, count)
        }
        // Few rows at a time, so that what one step writes is at hand for the next; enough of them for
        // memory to be read in long runs.
        for first in Swift.stride(from: 0, to: count, by: Self.tile) {
          let rows = first..<min(first + Self.tile, count)
          for (place, column) in logarithms.enumerated() {
            lanes.logarithms(
              raw + column * stride + first, room + place * count + first, rows.count)
          }
          for index in works.indices {
            works[index].replacement?.write(rows)
            plans[index].kernel.compute(works[index].columns, rows, result)
            let isOpen = results[index].round(result, rows, plans[index].kernel.range, lanes)
            if isOpen { settle(&results[index], rows, plans[index], patients) }
          }
        }
      }
    }
  }

  /// Memory for what is computed on the way to the scores, to be used again.
  public struct Room: Sendable {
    private var numbers: [Double] = []

    /// No memory yet.
    public init() {}

    fileprivate mutating func withNumbers(
      _ count: Int, _ body: (UnsafeMutableBufferPointer<Double>) -> Void
    ) {
      if numbers.count < count {
        numbers = Array(unsafeUninitializedCapacity: count) { $1 = count }
      }
      numbers.withUnsafeMutableBufferPointer { body($0) }
    }
  }

  /// How many rows go through all steps at a time.
  private static let tile = 2048

  /// A score with its columns where they lie.
  private struct Work {
    let columns: Kernel.Columns
    let replacement: Replacement?
  }

  /// An input that an answer replaces.
  private struct Replacement {
    let column: Kernel.Column
    let answers: UnsafePointer<Double>
    let room: UnsafeMutablePointer<Double>

    func write(_ rows: Range<Int>) {
      for row in rows {
        // Read in any case, so that there is nothing to branch around.
        let (held, answer) = (column[row], answers[row])
        room[row] = answer == 1 ? column.high : held
      }
    }
  }

  /// - Parameter room: For the input that is replaced; a score has one at the most.
  private func work(
    _ plan: Plan, _ raw: UnsafePointer<Double>, _ stride: Int,
    _ logarithms: UnsafeMutablePointer<Double>, _ room: UnsafeMutablePointer<Double>, _ count: Int
  ) -> Work {
    var replacement: Replacement?
    let columns = plan.inputs.map { input in
      let start =
        input.logarithm.map { UnsafePointer(logarithms + $0 * count) }
        ?? raw + input.column * stride
      let column = Kernel.Column(start: start, low: input.low, high: input.high)
      guard let answers = input.replacement else { return column }
      replacement = Replacement(column: column, answers: raw + answers * stride, room: room)
      return Kernel.Column(start: room, low: column.low, high: column.high)
    }
    return Work(
      columns: Kernel.Columns(columns: columns, tolerance: Self.tolerance),
      replacement: replacement)
  }

  // MARK: Near the middle between two values

  /// Computes with exact logarithms what is open though every input is known.
  private func settle(
    _ values: inout ScoreColumn, _ rows: Range<Int>, _ plan: Plan, _ patients: PatientColumns
  ) {
    for row in rows where values.values[row] == ScoreColumn.none {
      let isReplaced = { (input: Input) in
        input.replacement.map { patients[row, $0] == 1 } ?? false
      }
      let isKnown = plan.inputs.allSatisfy {
        $0.isOptional || !patients[row, $0.column].isNaN || isReplaced($0)
      }
      guard isKnown else { continue }
      let exact = plan.inputs.map { input in
        let number = patients[row, input.column]
        let raised = number < input.range.lowerBound ? input.range.lowerBound : number
        let held =
          isReplaced(input) || raised > input.range.upperBound ? input.range.upperBound : raised
        return input.logarithm == nil ? held : held > 0 ? log(held) : .nan
      }
      let value = exact.withUnsafeBufferPointer { numbers in
        var value = Double.nan
        guard let start = numbers.baseAddress else { return value }
        let columns = numbers.indices.map {
          Kernel.Column(start: start + $0, low: -.infinity, high: .infinity)
        }
        withUnsafeMutablePointer(to: &value) {
          plan.kernel.compute(Kernel.Columns(columns: columns, tolerance: 0), 0..<1, $0)
        }
        return value
      }
      guard !value.isNaN else { continue }
      let rounded =
        plan.kernel.roundsWhole ? value.rounded() : Working.rounded(value, to: plan.decimals)
      let held = min(max(rounded, plan.kernel.range.lowerBound), plan.kernel.range.upperBound)
      values.set(held, at: row)
    }
  }
}

/// The reported values of a score, patient by patient.
public struct ScoreColumn: Sendable {
  /// The values in steps of the last reported decimal, ``none`` where there is no value: 27 for 27,
  /// 762 for 7.62.
  public private(set) var values: [Int32]
  /// What stands where there is no value: an input is missing, or the score is not for this patient.
  public static let none = Int32.min

  private let decimals: Int

  fileprivate init(count: Int, decimals: Int) {
    values = Array(unsafeUninitializedCapacity: count) { $1 = count }
    self.decimals = decimals
  }

  /// The value of a patient; `nil` where there is none.
  public func reported(at row: Int) -> Double? {
    values[row] == Self.none ? nil : Double(values[row]) / Self.steps(decimals)
  }

  /// Rounds some rows of unrounded values, and says whether one is open.
  fileprivate mutating func round(
    _ unrounded: UnsafePointer<Double>, _ rows: Range<Int>, _ range: ClosedRange<Double>,
    _ lanes: lanes
  ) -> Bool {
    let steps = Self.steps(decimals)
    let how = lanes_rounding(
      steps: steps, low: range.lowerBound * steps, high: range.upperBound * steps,
      limit: 0.5 - ColumnScoring.tolerance, none: Self.none)
    return values.withUnsafeMutableBufferPointer { values in
      guard let start = values.baseAddress else { return false }
      return lanes.round(unrounded + rows.lowerBound, start + rows.lowerBound, rows.count, how) != 0
    }
  }

  fileprivate mutating func set(_ value: Double, at row: Int) {
    values[row] = Int32((value * Self.steps(decimals)).rounded())
  }

  private static func steps(_ decimals: Int) -> Double {
    (0..<decimals).reduce(1) { steps, _ in steps * 10 }
  }
}
