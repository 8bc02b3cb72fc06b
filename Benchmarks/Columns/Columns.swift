import Cohorts
import Hepatology
import Quantities

/// Measures how long four scores of ten million patients in memory take, with all cores.
@main
struct Columns {
  private static let blocks = 4883
  private static let blockSize = 2048
  /// Nanoseconds a patient at the most.
  private static let target = 8.0

  static func main() async {
    for ids in [
      ["meld", "meldNa", "meld3", "childPugh"], ["meld", "meldNa", "childPugh", "cosshACLF2"],
    ] {
      let scoring = ColumnScoring(ids.compactMap(Score.find))
      let patients = await makePatients(scoring.columns)
      var best = Duration.seconds(1000)
      var sums: [Int] = []
      var results: [[ScoreColumn]] = []
      for _ in 0..<15 {
        let clock = ContinuousClock()
        let begin = clock.now
        scoring.write(patients, to: &results)
        best = min(best, clock.now - begin)
        sums = ids.indices.map { score in
          results.reduce(0) { sum, block in
            sum + block[score].values.reduce(0) { $0 + Int($1 == ScoreColumn.none ? 0 : $1) }
          }
        }
      }
      let count = blocks * blockSize
      let nanoseconds =
        Double(best.components.attoseconds) / 1e9 / Double(count)
        + Double(best.components.seconds) * 1e9 / Double(count)
      print(
        "  \(ids.joined(separator: ", ")) of \(count) patients: "
          + "\((nanoseconds * 100).rounded() / 100) ns a patient  "
          + (nanoseconds > target ? "✗" : "✓") + " ≤ \(Int(target)) ns"
          + "  (sums \(sums.map(String.init).joined(separator: ", ")))")
    }
  }

  /// Made up patients, other ones in each block.
  private static func makePatients(_ columns: [PatientColumns.Column]) async -> [PatientColumns] {
    await withTaskGroup(of: (Int, PatientColumns).self) { group in
      for number in 0..<blocks { group.addTask { (number, block(columns, number)) } }
      var all = [PatientColumns](repeating: PatientColumns([], capacity: 0), count: blocks)
      for await (number, block) in group { all[number] = block }
      return all
    }
  }

  private static func block(_ columns: [PatientColumns.Column], _ number: Int) -> PatientColumns {
    var state = UInt64(number + 1) &* 0x9E37_79B9_7F4A_7C15
    func chance() -> Double {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Double(state >> 11) * 0x1p-53
    }
    var patients = PatientColumns(columns, capacity: blockSize)
    patients.fill { numbers in
      for (place, column) in columns.enumerated() {
        let (base, span, isSquared) = spread(column)
        let isMolar = if case .number(_, let unit) = column { unit.code == "umol/L" } else { false }
        let isAnswer = if case .number = column { false } else { true }
        for row in 0..<blockSize {
          let draw = chance()
          let value = (base + span * (isSquared ? draw * draw : draw)) * (isMolar ? 17.1 : 1)
          numbers[place * blockSize + row] = isAnswer ? value.rounded(.down) : value
        }
      }
      return blockSize
    }
    return patients
  }

  /// How the numbers of a column are spread: a base, a span and a power of a chance.
  private static func spread(_ column: PatientColumns.Column) -> (Double, Double, squared: Bool) {
    switch column.variable.id {
    case "totalBilirubin": (0.3, 30, true)
    case "inr": (0.9, 3, false)
    case "creatinine": (0.4, 5, true)
    case "sodium": (118, 30, false)
    case "albumin": (1.5, 3.5, false)
    case "age": (18, 70, false)
    case "urea": (1, 25, true)
    case "neutrophils": (0.5, 15, false)
    case "encephalopathyGrade": (0, 5, true)
    case "ascites": (0, 4, false)
    default: (0, 2, false)
    }
  }
}
