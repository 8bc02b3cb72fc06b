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

  private let kernels: [Kernel]
  /// The columns of which a logarithm is taken, as places in ``columns``.
  private let logarithms: [Int]

  /// How near to the middle between two steps of the reported value the approximation is not
  /// trusted; far above its error, which ``FastLogarithm/error`` times the sum of the coefficients
  /// of any formula bounds, and above that of a decimal of eight places.
  fileprivate static let tolerance = 1e-6

  /// The scoring of those scores that can be computed side by side.
  public init(_ scores: [Score]) {
    let able = scores.filter { $0.kernel != nil }
    let kernels = able.compactMap(\.kernel)
    self.scores = able
    self.kernels = kernels
    var columns: [PatientColumns.Column] = []
    func add(_ column: PatientColumns.Column) {
      if !columns.contains(column) { columns.append(column) }
    }
    for input in kernels.flatMap(\.inputs) {
      add(input.column)
      if let replacement = input.replacement { add(.rank(replacement)) }
    }
    self.columns = columns
    logarithms = columns.indices.filter { place in
      kernels.contains { $0.inputs.contains { $0.isLogarithm && $0.column == columns[place] } }
    }
  }

  /// The scores of patients, in the order of ``scores``.
  ///
  /// - Precondition: The patients' columns are ``columns``.
  public func results(of patients: PatientColumns) -> [ScoreColumn] {
    precondition(patients.columns == columns, "the columns of other scores")
    let (count, stride) = (patients.count, patients.capacity)
    return patients.withNumbers { numbers in
      withUnsafeTemporaryAllocation(
        of: Double.self, capacity: max(1, (logarithms.count + 2) * count)
      ) { scratch in
        guard let raw = numbers.baseAddress, let room = scratch.baseAddress, count > 0 else {
          return kernels.map { _ in ScoreColumn(values: []) }
        }
        for (place, column) in logarithms.enumerated() {
          FastLogarithm.write(of: raw + column * stride, count: count, to: room + place * count)
        }
        let replaced = room + logarithms.count * count
        let result = UnsafeMutableBufferPointer(start: replaced + count, count: count)
        return zip(scores, kernels).map { score, kernel in
          let inputs = kernel.inputs.map { input in
            let start: UnsafePointer<Double> =
              input.isLogarithm
              ? UnsafePointer(room + place(ofLogarithm: input) * count)
              : raw + place(of: input.column) * stride
            return taken(input, start, raw, stride, count, replaced)
          }
          kernel.compute(Kernel.Columns(columns: inputs, tolerance: Self.tolerance), result)
          var values = ScoreColumn(rounding: result, to: score.decimals, of: kernel)
          settle(&values, score, kernel, patients)
          return values
        }
      }
    }
  }

  private func place(of column: PatientColumns.Column) -> Int {
    columns.firstIndex(of: column) ?? 0
  }

  private func place(ofLogarithm input: ScoreInput) -> Int {
    let place = place(of: input.column)
    return logarithms.firstIndex(of: place) ?? 0
  }

  /// An input as the formula takes it; where another variable may replace it, written to `room`.
  private func taken(
    _ input: ScoreInput, _ start: UnsafePointer<Double>, _ raw: UnsafePointer<Double>,
    _ stride: Int, _ count: Int, _ room: UnsafeMutablePointer<Double>
  ) -> Kernel.Column {
    let bound = { (end: Double) in
      // Logarithms keep the order, so that what is held is the same before and after.
      !input.isLogarithm ? end : end > 0 ? log(end) : -.infinity
    }
    let column = Kernel.Column(
      start: start, low: bound(input.range.lowerBound), high: bound(input.range.upperBound))
    guard let replacement = input.replacement else { return column }
    let answers = raw + place(of: .rank(replacement)) * stride
    for row in 0..<count { room[row] = answers[row] == 1 ? column.high : column[row] }
    return Kernel.Column(start: room, low: column.low, high: column.high)
  }

  // MARK: Near the middle between two values

  /// Computes with exact logarithms what is open though every input is known.
  private func settle(
    _ column: inout ScoreColumn, _ score: Score, _ kernel: Kernel, _ patients: PatientColumns
  ) {
    let places = kernel.inputs.map { input in
      (
        input: input, column: place(of: input.column),
        replacement: input.replacement.map { place(of: .rank($0)) }
      )
    }
    for row in column.values.indices where column.values[row] == ScoreColumn.none {
      let isKnown = places.allSatisfy { place in
        place.input.isOptional || !patients[row, place.column].isNaN
          || place.replacement.map { patients[row, $0] == 1 } ?? false
      }
      guard isKnown else { continue }
      let exact = places.map { place in
        if let replacement = place.replacement, patients[row, replacement] == 1 {
          return place.input.isLogarithm
            ? log(place.input.range.upperBound) : place.input.range.upperBound
        }
        let held = place.input.held(patients[row, place.column])
        return place.input.isLogarithm ? held > 0 ? log(held) : .nan : held
      }
      var value = Double.nan
      exact.withUnsafeBufferPointer { numbers in
        guard let start = numbers.baseAddress else { return }
        let columns = exact.indices.map {
          Kernel.Column(start: start + $0, low: -.infinity, high: .infinity)
        }
        withUnsafeMutablePointer(to: &value) {
          kernel.compute(
            Kernel.Columns(columns: columns, tolerance: 0),
            UnsafeMutableBufferPointer(start: $0, count: 1))
        }
      }
      guard !value.isNaN else { continue }
      let rounded =
        kernel.roundsWhole ? value.rounded() : Working.rounded(value, to: score.decimals)
      let held = min(max(rounded, kernel.range.lowerBound), kernel.range.upperBound)
      column.set(held, at: row)
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

  init(values: [Int32], decimals: Int = 0) {
    self.values = values
    self.decimals = decimals
  }

  /// The value of a patient; `nil` where there is none.
  public func reported(at row: Int) -> Double? {
    values[row] == Self.none ? nil : Double(values[row]) / Self.steps(decimals)
  }

  fileprivate init(
    rounding unrounded: UnsafeMutableBufferPointer<Double>, to decimals: Int, of kernel: Kernel
  ) {
    self.decimals = decimals
    let steps = Self.steps(decimals)
    let (low, high) = (kernel.range.lowerBound * steps, kernel.range.upperBound * steps)
    let limit = 0.5 - ColumnScoring.tolerance
    values = Array(unsafeUninitializedCapacity: unrounded.count) { values, count in
      for row in 0..<unrounded.count {
        let value = unrounded[row] * steps
        let nearest = value.nearestWhole
        let isOpen = !(abs(value - nearest) <= limit)
        let raised = nearest < low ? low : nearest
        let held = raised > high ? high : raised
        // The whole number stands in the low bits.
        let whole = Int32(truncatingIfNeeded: (held + 0x1.8p52).bitPattern)
        values[row] = isOpen ? Self.none : whole
      }
      count = unrounded.count
    }
  }

  fileprivate mutating func set(_ value: Double, at row: Int) {
    values[row] = Int32((value * Self.steps(decimals)).rounded())
  }

  private static func steps(_ decimals: Int) -> Double {
    (0..<decimals).reduce(1) { steps, _ in steps * 10 }
  }
}
