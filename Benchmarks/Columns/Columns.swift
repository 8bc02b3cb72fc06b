import Cohorts
import Glibc
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
    var isSlow = false
    for ids in [
      ["meld", "meldNa", "meld3", "childPugh"], ["meld", "meldNa", "childPugh", "cosshACLF2"],
    ] {
      let scoring = ColumnScoring(ids.compactMap(Score.find))
      let patients = await makePatients(scoring.columns)
      var best = Duration.seconds(1000)
      var sums: [Int] = []
      for _ in 0..<7 {
        var results: [[ScoreColumn]] = []
        let clock = ContinuousClock()
        let begin = clock.now
        results = await scoring.results(of: patients)
        best = min(best, clock.now - begin)
        sums = ids.indices.map { score in
          results.reduce(0) { sum, block in
            sum + block[score].values.reduce(0) { $0 + Int($1 == ScoreColumn.none ? 0 : $1) }
          }
        }
      }
      let count = blocks * blockSize
      let nanoseconds = Double(best.components.attoseconds) / 1e9 / Double(count)
        + Double(best.components.seconds) * 1e9 / Double(count)
      isSlow = isSlow || nanoseconds > target
      print(
        "  \(ids.joined(separator: ", ")) of \(count) patients: "
          + "\((nanoseconds * 100).rounded() / 100) ns a patient  "
          + (nanoseconds > target ? "✗" : "✓") + " ≤ \(Int(target)) ns"
          + "  (sums \(sums.map(String.init).joined(separator: ", ")))")
    }
    if isSlow { exit(1) }
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
        for row in 0..<blockSize {
          numbers[place * blockSize + row] = value(of: column, chance())
        }
      }
      return blockSize
    }
    return patients
  }

  private static func value(of column: PatientColumns.Column, _ chance: Double) -> Double {
    switch (column.variable.id, column) {
    case ("totalBilirubin", .number(_, let unit)):
      (0.3 + 30 * chance * chance) * (unit.code == "umol/L" ? 17.1 : 1)
    case ("inr", _): 0.9 + 3 * chance
    case ("creatinine", _): 0.4 + 5 * chance * chance
    case ("sodium", _): 118 + 30 * chance
    case ("albumin", _): 1.5 + 3.5 * chance
    case ("age", _): 18 + 70 * chance
    case ("urea", _): 1 + 25 * chance
    case ("neutrophils", _): 0.5 + 15 * chance
    case ("encephalopathyGrade", _): (5 * chance * chance).rounded(.down)
    case ("ascites", _): (4 * chance).rounded(.down)
    default: (2 * chance).rounded(.down)
    }
  }
}
