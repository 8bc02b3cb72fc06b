/// How a score is computed for many patients side by side: a loop over columns around the same
/// function of ``Formula`` that the bedside calls.
///
/// A score that declares none is computed patient by patient, with the same result.
struct Kernel: Sendable {
  /// What it takes, in the order of ``Columns``.
  let inputs: [ScoreInput]
  /// Variables that may stand in for a missing one, so that the bedside must be asked.
  let substitutes: [Variable]
  /// Where the reported value is held.
  let range: ClosedRange<Double>
  /// Whether the value is rounded as it is, rather than as a decimal of eight places.
  let roundsWhole: Bool
  /// Computes the unrounded values of some rows; NaN where an input is, and where only the bedside
  /// knows.
  let compute: @Sendable (Columns, Range<Int>, UnsafeMutablePointer<Double>) -> Void

  init(
    _ inputs: [ScoreInput], substitutes: [Variable] = [],
    within range: ClosedRange<Double> = -.infinity...(.infinity), roundsWhole: Bool = false,
    compute: @escaping @Sendable (Columns, Range<Int>, UnsafeMutablePointer<Double>) -> Void
  ) {
    self.inputs = inputs
    self.substitutes = substitutes
    self.range = range
    self.roundsWhole = roundsWhole
    self.compute = compute
  }

  /// A column as a formula takes it: its logarithm where the input says so, and held.
  struct Column {
    let start: UnsafePointer<Double>
    let low: Double
    let high: Double

    @inline(__always)
    subscript(row: Int) -> Double {
      let number = start[row]
      // Not min and max, which lose a NaN.
      let raised = number < low ? low : number
      return raised > high ? high : raised
    }
  }

  /// The columns of ``inputs``.
  struct Columns {
    let columns: [Column]
    /// How near to the middle between two steps a value is too near to be rounded; zero where the
    /// logarithms are exact.
    let tolerance: Double

    subscript(place: Int) -> Column { columns[place] }

    /// The numbers of an input without bounds, as they are.
    func unbounded(_ place: Int) -> UnsafePointer<Double> {
      let column = columns[place]
      precondition(column.low == -.infinity && column.high == .infinity, "an input with bounds")
      return column.start
    }

    /// The nearest whole number, a half upwards; NaN where the value is too near to a half to tell.
    ///
    /// For values from zero on, for which this is how the bedside rounds.
    @inline(__always)
    func whole(_ value: Double) -> Double {
      let nearest = value.nearestWhole
      let rest = value - nearest
      let rounded = rest == 0.5 ? nearest + 1 : nearest
      return abs(rest) > 0.5 - tolerance ? .nan : rounded
    }
  }
}

extension Double {
  /// The nearest whole number, a half to the even one, for magnitudes below 2⁵¹: adding 1.5 × 2⁵²
  /// leaves no place for a fraction, and unlike `rounded()` it is one step for several numbers.
  @inline(__always)
  var nearestWhole: Double { (self + 0x1.8p52) - 0x1.8p52 }
}
