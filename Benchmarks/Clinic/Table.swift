/// What was measured of one thing, in seconds or bytes.
///
/// What else the machine does can only make a time longer, so that each thing is done several times
/// and the best of them counts; limits are held by the slowest thing of its kind.
struct Figure {
  enum Unit: String {
    case milliseconds = "ms"
    case microseconds = "µs"
    case bytes = "B"

    var scale: Double {
      switch self {
      case .milliseconds: 1e3
      case .microseconds: 1e6
      case .bytes: 1
      }
    }
  }

  let name: String
  let unit: Unit
  /// What the slowest must stay under.
  let limit: Double?
  private let values: [Double]

  init(_ name: String, _ values: [Double], _ unit: Unit, limit: Double? = nil) {
    self.name = name
    self.unit = unit
    self.limit = limit
    self.values = values.sorted()
  }

  private var median: Double { values[values.count / 2] * unit.scale }

  private var slowest: Double { values[values.count - 1] * unit.scale }

  var isKept: Bool { limit.map { slowest < $0 } ?? true }

  var text: String {
    let digits = unit == .bytes ? 0 : 2
    let middle = Self.rounded(median, digits)
    return values.count > 1 ? "\(middle) / \(Self.rounded(slowest, digits))" : middle
  }

  private static func rounded(_ value: Double, _ digits: Int) -> String {
    let places = value >= 100 ? 0 : value >= 10 ? min(1, digits) : digits
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    let number = (value * scale).rounded() / scale
    return places == 0 ? "\(Int(number))" : "\(number)"
  }
}

/// The figures of stores of several sizes, side by side.
struct Table {
  private var columns: [(size: Int, figures: [Figure])] = []

  mutating func add(_ figures: [Figure], of size: Int) { columns.append((size, figures)) }

  /// Whether every limit holds, at every size.
  var isKept: Bool { columns.allSatisfy { $0.figures.allSatisfy(\.isKept) } }

  var text: String {
    guard let first = columns.first?.figures else { return "" }
    var rows = [["patients"] + columns.map { "\($0.size)" } + ["", "target"]]
    for index in first.indices {
      let figures = columns.map { $0.figures[index] }
      let isKept = figures.allSatisfy(\.isKept)
      let target = first[index].limit.map { limit in
        "\(isKept ? "✓" : "✗") < \(Int(limit)) \(first[index].unit.rawValue)"
      }
      rows.append(
        [first[index].name] + figures.map(\.text) + [first[index].unit.rawValue, target ?? ""])
    }
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return
      "Median / slowest, of things each done three times or more, of which the best counts.\n\n"
      + rows.map { row in
        row.indices.map { column in
          let blanks = String(repeating: " ", count: widths[column] - row[column].count)
          return column == 0 || column > columns.count
            ? row[column] + blanks : blanks + row[column]
        }.joined(separator: "  ")
      }.joined(separator: "\n")
  }
}
