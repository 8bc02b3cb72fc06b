public import Quantities

/// Patients side by side: for each thing that is known a column of numbers, NaN where it is unknown.
///
/// This is the form in which many patients are scored at once (``ColumnScoring``).
public struct PatientColumns: Sendable {
  /// What a column holds.
  public enum Column: Hashable, Sendable {
    /// A quantity in a unit.
    case number(Variable, Unit)
    /// The place of the answer among the choices, from 0 on; 1 for yes and 0 for no.
    case rank(Variable)
    /// 1 where one of these answers is among those that hold, else 0.
    case any(Variable, of: [String])

    /// The variable.
    public var variable: Variable {
      switch self {
      case .number(let variable, _), .rank(let variable), .any(let variable, _): variable
      }
    }
  }

  /// What the columns hold, each once.
  public let columns: [Column]
  /// How many patients there is room for.
  public let capacity: Int
  /// How many patients there are.
  public private(set) var count: Int

  // One after the other, each as long as the capacity.
  private var storage: [Double]

  /// Columns with room for a number of patients, none of whom is there yet.
  public init(_ columns: [Column], capacity: Int) {
    self.columns = columns
    self.capacity = capacity
    count = 0
    storage = Array(repeating: .nan, count: columns.count * capacity)
  }

  /// Columns of the same length.
  ///
  /// - Precondition: Every column has as many numbers as the first.
  public init(_ columns: KeyValuePairs<Column, [Double]>) {
    self.init(columns.map(\.key), capacity: columns.first?.value.count ?? 0)
    count = capacity
    for (place, column) in columns.enumerated() {
      precondition(column.value.count == count, "columns of different lengths")
      storage.replaceSubrange(place * capacity..<(place + 1) * capacity, with: column.value)
    }
  }

  /// The number of a patient in the column at a place.
  public subscript(row: Int, place: Int) -> Double { storage[place * capacity + row] }

  /// Fills the columns where they lie.
  ///
  /// - Parameter body: Takes the numbers, column after column, each as long as ``capacity``, and
  ///   answers how many patients there are now.
  public mutating func fill<Failure: Error>(
    _ body: (UnsafeMutableBufferPointer<Double>) throws(Failure) -> Int
  ) throws(Failure) {
    var filled = 0
    // The closure of the standard library throws what it likes, so the error goes around it.
    let outcome: Result<Void, Failure> = storage.withUnsafeMutableBufferPointer { numbers in
      do throws(Failure) {
        filled = try body(numbers)
        return .success(())
      } catch {
        return .failure(error)
      }
    }
    try outcome.get()
    precondition(filled <= capacity, "more patients than there is room for")
    count = filled
  }

  /// How many of the patients who have a value have a number outside of a range.
  public func count(
    outside range: ClosedRange<Double>, at place: Int, of values: ScoreColumn
  ) -> (below: Int, above: Int) {
    count(at: place, of: values) { number in
      (number < range.lowerBound ? 1 : 0, number > range.upperBound ? 1 : 0)
    }
  }

  /// How many of the patients who have a value have answered a question with yes, and not at all.
  public func count(answersAt place: Int, of values: ScoreColumn) -> (yes: Int, open: Int) {
    count(at: place, of: values) { answer in (answer == 1 ? 1 : 0, answer.isNaN ? 1 : 0) }
  }

  @inline(__always)
  private func count(
    at place: Int, of values: ScoreColumn, _ body: (Double) -> (Int, Int)
  ) -> (Int, Int) {
    withNumbers { numbers in
      values.values.withUnsafeBufferPointer { values in
        var sum = (0, 0)
        for row in 0..<min(count, values.count) where values[row] != ScoreColumn.none {
          let (first, second) = body(numbers[place * capacity + row])
          sum.0 &+= first
          sum.1 &+= second
        }
        return sum
      }
    }
  }

  /// Runs over the numbers where they lie: column after column, each as long as ``capacity``.
  func withNumbers<Result>(_ body: (UnsafeBufferPointer<Double>) -> Result) -> Result {
    storage.withUnsafeBufferPointer(body)
  }
}
